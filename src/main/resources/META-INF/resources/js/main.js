/** The page: one live connection, and the view that the address names (`routes.js`). */
import { getDemo, getFleet } from './api.js';
import { setAttribute, setText } from './dom.js';
import { fullTime, number, plural } from './format.js';
import { connect } from './live.js';
import { Pace } from './pace.js';
import { ZONE_CHANGED } from './preferences.js';
import { ReplicaTraces } from './replica-trace.js';
import { routeOf } from './routes.js';
import { SESSION_CHANGED, currentToken } from './session.js';
import { createSettings } from './settings.js';

/** Four times a second is as fast as figures can be followed. */
const LEAST_REDRAW_MILLIS = 250;
const LEAST_DEMO_MILLIS = 2_000;

/** By the service's clock. The first score sheet comes at the end of a simulated day. */
const DEMO_ASKED_AGAIN_AFTER = 3_600_000;
const NO_DEMO_ASKED_AGAIN_AFTER = 6 * 3_600_000;

const main = document.getElementById('view');
const serverTime = document.getElementById('server-time');
const connection = document.getElementById('connection');
const staleNote = document.getElementById('stale');
const demoNote = document.getElementById('demo');

/** @type {{fleet: object | null, demo: object | null, fault: Error | null}} */
const state = { fleet: null, demo: null, fault: null };
const traces = new ReplicaTraces();
let view = null;
let shownKey = null;

let demoAskedAt = -Infinity;

const redraw = new Pace(draw, LEAST_REDRAW_MILLIS);
const demoPace = new Pace(followDemo, LEAST_DEMO_MILLIS);

/** Whether another view was opened; false where the one that is there follows the address. */
function route() {
  const { title, section, key, parameters, open } = routeOf(location.hash);
  if (key !== undefined && key === shownKey && view.follow !== undefined) {
    view.follow(parameters);
    return false;
  }
  view?.close();
  shownKey = key;
  view = open(main, { traces });
  document.title = title === '' ? 'Prescale' : `${title} · Prescale`;
  document.querySelectorAll('#sections a').forEach((link) =>
    setAttribute(link, 'aria-current', link.dataset.section === section ? 'page' : null));
  window.scrollTo(0, 0);
  draw();
  return true;
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
    setText(demoNote, `Demo · ${number(state.demo.day, 0)} of ${plural(state.demo.days, 'day')} done`);
  }
}

function showConnection({ state: name, text }) {
  setAttribute(connection, 'data-state', name);
  setText(connection, text);
  staleNote.hidden = name !== 'stale';
  setText(staleNote, name === 'stale' ? `Nothing has been heard of the service for a while: ${text}. The page keeps trying.` : '');
}

function acceptFleet(fleet) {
  state.fleet = fleet;
  traces.observe(fleet);
  state.fault = null;
  redraw.ask();
  demoPace.ask();
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

/** Asks for the score sheets as the service's time goes on: often in a demo, four times a day where none runs. */
async function followDemo() {
  const wait = state.demo === null ? NO_DEMO_ASKED_AGAIN_AFTER : DEMO_ASKED_AGAIN_AFTER;
  const at = state.fleet?.at ?? null;
  if (at === null || Math.abs(at - demoAskedAt) < wait) {
    return;
  }
  demoAskedAt = at;
  try {
    state.demo = await getDemo();
    draw();
  } catch {
    // The connection's state already tells that the service is away; the last score sheets stay.
  }
}

/** Whoever reads the page by ear or keyboard goes on where the new view begins. */
window.addEventListener('hashchange', () => {
  if (route()) {
    main.focus({ preventScroll: true });
  }
});

/** Not by the address, which names the view. */
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener(ZONE_CHANGED, () => {
  shownKey = null;
  route();
});
window.addEventListener(SESSION_CHANGED, () => {
  if (currentToken() !== null) {
    loadFleet();
  }
});
createSettings(document.getElementById('settings-button'), document.getElementById('settings'));
route();
loadFleet();
connect(acceptFleet, showConnection);
