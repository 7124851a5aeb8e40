/** The page: one live connection, and the view that the address names. `#/` is the overview, `#/ns/name` an endpoint. */
import { getDemo, getFleet } from './api.js';
import { setAttribute, setText } from './dom.js';
import { EndpointView } from './endpoint.js';
import { fullTime, number } from './format.js';
import { connect } from './live.js';
import { OverviewView } from './overview.js';
import { Pace } from './pace.js';
import { ReplicaTraces } from './replica-trace.js';

/** Four times a second is as fast as figures can be followed. */
const LEAST_REDRAW_MILLIS = 250;
const DEMO_EVERY_MILLIS = 2_000;

const main = document.getElementById('view');
const serverTime = document.getElementById('server-time');
const connection = document.getElementById('connection');
const demoNote = document.getElementById('demo');

/** @type {{fleet: object | null, demo: object | null, fault: Error | null}} */
const state = { fleet: null, demo: null, fault: null };
const traces = new ReplicaTraces();
let view = null;

const redraw = new Pace(draw, LEAST_REDRAW_MILLIS);

function route() {
  const [, namespace, name] = location.hash.split('/').map(decodeURIComponent);
  view?.close();
  view = namespace && name ? new EndpointView(main, { namespace, name }, traces) : new OverviewView(main);
  document.title = namespace && name ? `${name} · Prescale` : 'Prescale';
  window.scrollTo(0, 0);
  draw();
}

function draw() {
  if (state.fleet?.at) {
    setText(serverTime, fullTime(state.fleet.at));
    setAttribute(serverTime, 'datetime', new Date(state.fleet.at).toISOString());
  }
  drawDemo();
  view.draw(state);
}

function drawDemo() {
  demoNote.hidden = state.demo === null;
  if (state.demo !== null) {
    setText(demoNote, `Demo · day ${number(state.demo.day, 0)} · ${number(state.demo.speed, 0)} × real time`);
  }
}

function showConnection({ state: name, text }) {
  setAttribute(connection, 'data-state', name);
  setText(connection, text);
}

function acceptFleet(fleet) {
  state.fleet = fleet;
  traces.observe(fleet);
  state.fault = null;
  redraw.ask();
}

/** The events bring the fleet as well; asking once at the start shows it, or the fault, without waiting for a cycle. */
async function loadFleet() {
  try {
    acceptFleet(await getFleet());
  } catch (fault) {
    if (state.fleet === null) {
      state.fault = fault;
      redraw.ask();
    }
  }
}

/** Asked again only where the first answer was a demo. */
async function followDemo() {
  try {
    state.demo = await getDemo();
    redraw.ask();
    if (state.demo === null) {
      return;
    }
  } catch {
    // The connection's state already tells that the service is away; the last score sheet stays.
  }
  setTimeout(followDemo, DEMO_EVERY_MILLIS);
}

window.addEventListener('hashchange', () => {
  route();
  main.focus({ preventScroll: true });
});
route();
loadFleet();
followDemo();
connect(acceptFleet, showConnection);
