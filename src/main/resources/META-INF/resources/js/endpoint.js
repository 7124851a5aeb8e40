/** One endpoint: its figures, the charts, and why its replicas are what they are. */
import { Accuracy } from './accuracy.js';
import { getAccuracy, getForecast, getHistory, getLatestDecision } from './api.js';
import { EndpointCharts, LEVELS } from './charts.js';
import { Decisions } from './decisions.js';
import { h, setAttribute, setText, syncChildren } from './dom.js';
import { Facts } from './facts.js';
import { UNKNOWN, count, duration, fullTime, mode as modeInWords, rate, weekdayTime } from './format.js';
import { Journal } from './journal.js';
import { Pace } from './pace.js';
import { rateReadout, readAt, replicaReadout } from './readout.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LEAST_CURVES_MILLIS = 250;
const LEAST_DECISIONS_MILLIS = 1_000;

/** What the range picker offers: how far back, how far ahead, and a step with a few hundred points on the axis. */
const RANGES = [
  { title: '6 h', back: 6 * HOUR, ahead: 3 * HOUR, step: MINUTE },
  { title: '24 h', back: 24 * HOUR, ahead: 12 * HOUR, step: 5 * MINUTE },
  { title: '7 d', back: 168 * HOUR, ahead: 48 * HOUR, step: 30 * MINUTE },
];

export class EndpointView {
  #id;
  #traces;
  #endpoint = null;
  #range = RANGES[1];
  #readAt = null;
  #history = null;
  #forecast = null;
  #journal;
  #scene = null;
  #cursorTime = null;
  #charts;
  #facts = new Facts();
  #accuracy = new Accuracy();
  #decisionList = new Decisions();
  #curvesPace = new Pace(() => this.#refreshCurves(), LEAST_CURVES_MILLIS);
  #decisionsPace = new Pace(() => this.#refreshDecisions(), LEAST_DECISIONS_MILLIS);
  #parts = {
    title: h('h1'),
    subtitle: h('p.soft'),
    gate: h('span.badge'),
    state: h('div'),
    body: h('div', { hidden: true }),
    warnings: h('ul.warnings', { 'aria-label': 'Warnings' }),
    figures: h('dl.figures'),
    rateReadout: h('p.readout'),
    replicaReadout: h('p.readout'),
    ratePlot: h('div.plot.plot-rate'),
    replicaPlot: h('div.plot.plot-replicas'),
    spoken: h('p.unseen', { 'aria-live': 'polite' }),
    fault: h('p.chart-fault', { role: 'alert', hidden: true }),
  };

  /** @param {import('./replica-trace.js').ReplicaTraces} traces */
  constructor(parent, id, traces) {
    this.#id = id;
    this.#journal = new Journal(id);
    this.#traces = traces;
    const parts = this.#parts;
    setText(parts.title, id.name);
    parts.body.append(parts.warnings, parts.figures, this.#chartCard(),
      h('div.columns', {}, this.#decisionList.element, this.#facts.element), this.#accuracy.element);
    parent.replaceChildren(
      h('nav.crumbs', { 'aria-label': 'Breadcrumb' }, h('a', { href: '#/' }, '← All endpoints')),
      h('div.page-head', {}, h('div.title-row', {}, parts.title, parts.gate), parts.subtitle),
      parts.state,
      parts.body,
    );
    this.#charts = new EndpointCharts(parts.ratePlot, parts.replicaPlot, (time) => {
      this.#cursorTime = time;
      this.#drawReadouts();
    });
  }

  draw({ fleet, fault }) {
    const endpoint = fleet?.endpoints.find(({ namespace, name }) => namespace === this.#id.namespace && name === this.#id.name);
    this.#drawState(fleet, fault, endpoint);
    this.#parts.body.hidden = endpoint === undefined;
    if (endpoint === undefined) {
      return;
    }
    const isNew = this.#endpoint === null || this.#endpoint.at !== endpoint.at;
    this.#endpoint = endpoint;
    this.#drawHead();
    this.#facts.draw(endpoint, this.#forecast);
    if (isNew) {
      this.#curvesPace.ask();
      this.#decisionsPace.ask();
    }
  }

  close() {
    this.#curvesPace.stop();
    this.#decisionsPace.stop();
    this.#charts.close();
  }

  #chartCard() {
    const parts = this.#parts;
    const keys = { ArrowLeft: -0.02, ArrowRight: 0.02, PageUp: -0.1, PageDown: 0.1 };
    const read = (event) => {
      if (event.key === 'Escape') {
        this.#charts.hideCursor();
      } else if (event.key in keys) {
        event.preventDefault();
        this.#charts.moveCursor(keys[event.key]);
        setText(parts.spoken, `${parts.rateReadout.textContent}. ${parts.replicaReadout.textContent}`);
      }
    };
    return h('section.card.charts', { 'aria-label': 'Charts' },
      h('div.card-head', {}, h('h2', {}, 'Request rate'), this.#rangePicker()),
      h('div.chart-area', {
        tabindex: '0', role: 'group', 'aria-label': 'Rate and replicas over time. The arrow keys read the values.', onkeydown: read,
      }, parts.rateReadout, parts.ratePlot, h('h2', {}, 'Replicas'), parts.replicaReadout, parts.replicaPlot),
      parts.spoken, parts.fault);
  }

  #rangePicker() {
    const choose = (range) => () => {
      this.#range = range;
      this.#curvesPace.ask();
      this.#decisionsPace.ask();
    };
    return h('fieldset.ranges', {}, h('legend.unseen', {}, 'Range'), RANGES.map((range) => h('label', {},
      h('input', { type: 'radio', name: 'range', checked: range === this.#range, onchange: choose(range) }),
      h('span', {}, range.title))));
  }

  async #refreshCurves() {
    const range = this.#range;
    const { at, nextPeak } = this.#endpoint;
    await this.#reading(async () => {
      [this.#history, this.#forecast] = await Promise.all([
        getHistory(this.#id, { from: at - range.back, to: at, step: range.step }),
        nextPeak === null ? null : getForecast(this.#id, { horizon: range.ahead, quantiles: LEVELS }),
      ]);
      this.#readAt = at;
    });
    this.#facts.draw(this.#endpoint, this.#forecast);
  }

  async #refreshDecisions() {
    const { at, lastDecision } = this.#endpoint;
    const from = at - this.#range.back;
    await this.#reading(async () => {
      const latest = lastDecision === null ? null : getLatestDecision(this.#id);
      await this.#journal.read(from, at);
      this.#decisionList.draw(await latest, this.#journal.decisions.filter((decision) => decision.at >= from));
      this.#accuracy.draw(await getAccuracy(this.#id));
    });
  }

  /** A failed read leaves the last curves in place and says so. */
  async #reading(read) {
    const { fault } = this.#parts;
    try {
      await read();
      fault.hidden = true;
    } catch (problem) {
      fault.hidden = false;
      setText(fault, `The charts are not up to date. ${problem.message}`);
    }
    this.#drawCharts();
  }

  #drawCharts() {
    if (this.#history === null) {
      return;
    }
    const { key, leadTime, requestRate } = this.#endpoint;
    const at = this.#readAt;
    const from = at - this.#range.back;
    this.#scene = {
      at, from, to: at + this.#range.ahead, leadTime, requestRate,
      history: this.#history,
      forecast: this.#forecast,
      replicas: this.#traces.of(key, this.#journal, from, at),
    };
    this.#charts.draw(this.#scene);
    this.#drawReadouts();
  }

  #drawReadouts() {
    if (this.#scene !== null) {
      const values = readAt(this.#scene, this.#cursorTime);
      rateReadout(this.#parts.rateReadout, values, this.#endpoint.unit);
      replicaReadout(this.#parts.replicaReadout, values);
    }
  }

  #drawHead() {
    const { namespace, mode, gate, warnings, at } = this.#endpoint;
    const { subtitle, gate: badge } = this.#parts;
    setText(subtitle, `${namespace} · ${modeInWords(mode)}`);
    setAttribute(badge, 'data-state', gate?.state ?? 'unknown');
    setText(badge, gate ? `Forecast ${gate.state.toLowerCase()}` : 'No forecast yet');
    setAttribute(subtitle, 'title', `As of ${fullTime(at)}`);
    this.#parts.warnings.hidden = warnings.length === 0;
    syncChildren(this.#parts.warnings, warnings, (text) => text, (text) => h('li', {}, text));
    syncChildren(this.#parts.figures, figuresOf(this.#endpoint), ({ title }) => title, createFigure, drawFigure);
  }

  #drawState(fleet, fault, endpoint) {
    const kind = endpoint !== undefined ? 'none' : fleet !== null ? 'unknown' : fault !== null ? 'fault' : 'loading';
    const { state } = this.#parts;
    if (state.dataset.kind === kind) {
      return;
    }
    state.dataset.kind = kind;
    const contents = {
      none: () => [],
      loading: () => [h('p.state', {}, 'Loading the endpoint…')],
      fault: () => [h('div.state.bad', { role: 'alert' }, h('h2', {}, 'The endpoint could not be read'), h('p', {}, fault.message),
        h('p.soft', {}, 'The page keeps trying.'))],
      unknown: () => [h('div.state', {}, h('h2', {}, 'This endpoint is not known'),
        h('p', {}, 'No endpoint of this name has been through a control cycle. ', h('a', { href: '#/' }, 'See those that have.')))],
    };
    state.replaceChildren(...contents[kind]());
  }
}

/** The figures at the top: a title, the number, its unit, and a note below. */
function figuresOf({ at, unit, requestRate, currentReplicas, readyReplicas, recommendedReplicas, nextPeak, leadTime, leadTimeDemand }) {
  const changes = recommendedReplicas !== null && recommendedReplicas !== currentReplicas;
  return [
    { title: 'Request rate', value: rate(requestRate), unit, note: requestRate === null ? 'no fresh sample' : 'newest full step' },
    {
      title: 'Replicas',
      value: changes ? `${count(currentReplicas)} → ${count(recommendedReplicas)}` : count(currentReplicas),
      unit: '',
      note: readyReplicas === null ? UNKNOWN : `${count(readyReplicas)} ready`,
    },
    {
      title: 'Next peak',
      value: rate(nextPeak?.rate),
      unit,
      note: nextPeak === null ? 'no forecast yet' : nextPeak.at - at < MINUTE ? 'now' : `in ${duration(nextPeak.at - at)}, ${weekdayTime(nextPeak.at)}`,
    },
    { title: 'Lead time', value: duration(leadTime), unit: '', note: leadTimeDemand === null ? 'from the decision to a ready replica' : `sized for ${rate(leadTimeDemand.rate)} ${unit} until ready` },
  ];
}

function createFigure({ title }) {
  return h('div.figure', {}, h('dt', {}, title), h('dd', {}, h('span.figure-value'), ' ', h('span.unit')), h('dd.soft.figure-note'));
}

function drawFigure(element, { value, unit, note }) {
  setText(element.querySelector('.figure-value'), value);
  setText(element.querySelector('.unit'), value === UNKNOWN ? '' : unit);
  setText(element.querySelector('.figure-note'), note);
}
