/** One endpoint: its figures, the charts, and why its replicas are what they are. */
import { Accuracy } from './accuracy.js';
import { keepInAddress } from './address.js';
import { getAccuracy, getForecast, getHistory, getLatestDecision, getReplicas } from './api.js';
import { ChartCard } from './chart-card.js';
import { LEVELS } from './charts.js';
import { DecisionPages } from './decision-pages.js';
import { Decisions } from './decisions.js';
import { h, setAttribute, setText, syncChildren } from './dom.js';
import { Facts, gateSentence } from './facts.js';
import { Figures } from './figures.js';
import { fullTime, mode as modeInWords } from './format.js';
import { Pace } from './pace.js';
import { Pausing } from './pausing.js';
import { endpointSkeleton, faultState, noneState } from './states.js';
import { parametersOf, spanOf, stepOf, windowOf } from './time-window.js';

const LEAST_CURVES_MILLIS = 250;
const LEAST_REPLICAS_MILLIS = 2_000;
const LEAST_DECISIONS_MILLIS = 1_000;

export class EndpointView {
  #id;
  #traces;
  #endpoint = null;
  #readAt = null;
  #history = null;
  /** The last one read; not drawn where only the past is shown. */
  #forecast = null;
  #isAhead = true;
  #replicas = null;
  #replicasReadFor = null;
  #wantsMore = false;
  #pages;
  #charts;
  #pausing;
  #facts = new Facts();
  #figures = new Figures();
  #accuracy = new Accuracy();
  #decisions = new Decisions({
    onFilter: () => this.#decisionsPace.ask(),
    onMore: () => {
      this.#wantsMore = true;
      this.#decisionsPace.ask();
    },
  });
  #curvesPace = new Pace(() => this.#refreshCurves(), LEAST_CURVES_MILLIS);
  #replicasPace = new Pace(() => this.#refreshReplicas(), LEAST_REPLICAS_MILLIS);
  #decisionsPace = new Pace(() => this.#refreshDecisions(), LEAST_DECISIONS_MILLIS);
  #parts = {
    title: h('h1'),
    subtitle: h('p.soft'),
    gate: h('span.badge'),
    paused: h('span.badge', { 'data-state': 'Paused', hidden: true }, 'Paused'),
    state: h('div'),
    body: h('div', { hidden: true }),
    notices: h('ul.notices', { 'aria-label': 'What is special now' }),
    warnings: h('ul.warnings', { 'aria-label': 'Warnings' }),
  };

  /** @param {import('./replica-trace.js').ReplicaTraces} traces */
  constructor(parent, id, traces, parameters) {
    this.#id = id;
    this.#pages = new DecisionPages(id);
    this.#traces = traces;
    this.#pausing = new Pausing(id);
    this.#charts = new ChartCard(windowOf(parameters), (window, how) => {
      keepInAddress(parametersOf(window), how);
      this.#refresh();
    });
    const parts = this.#parts;
    setText(parts.title, id.name);
    parts.body.append(parts.notices, parts.warnings, this.#figures.element, this.#charts.element,
      h('div.columns', {}, this.#decisions.element, this.#facts.element), this.#accuracy.element);
    parent.replaceChildren(
      h('nav.crumbs', { 'aria-label': 'Breadcrumb' }, h('a', { href: '#/' }, '← All endpoints')),
      h('div.page-head', {},
        h('div.title-row', {}, parts.title, parts.gate, parts.paused, this.#pausing.element), parts.subtitle),
      parts.state,
      parts.body,
    );
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
    this.#charts.moveTo(endpoint.at);
    if (isNew) {
      this.#refresh();
    }
  }

  /** The address has changed: Back, or a link to another time. */
  follow(parameters) {
    this.#charts.follow(windowOf(parameters));
    this.#refresh();
  }

  close() {
    [this.#curvesPace, this.#replicasPace, this.#decisionsPace].forEach((pace) => pace.stop());
    this.#charts.close();
  }

  #refresh() {
    if (this.#endpoint !== null) {
      [this.#curvesPace, this.#replicasPace, this.#decisionsPace].forEach((pace) => pace.ask());
    }
  }

  async #refreshCurves() {
    const endpoint = this.#endpoint;
    const { at, nextPeak } = endpoint;
    const span = spanOf(this.#charts.window, at);
    const step = stepOf(span);
    await this.#reading(async () => {
      const isAhead = span.to > at;
      const [history, forecast] = await Promise.allSettled([
        getHistory(endpoint, pastOf(span, at, step)),
        isAhead && nextPeak !== null ? getForecast(endpoint, { horizon: span.to - at, quantiles: LEVELS }) : null,
      ]);
      // Without a forecast there still is what was observed.
      this.#history = valueOf(history);
      this.#readAt = at;
      this.#isAhead = isAhead;
      this.#forecast = isAhead ? (forecast.value ?? null) : this.#forecast;
      valueOf(forecast);
    });
    this.#facts.draw(this.#endpoint, this.#forecast);
  }

  /** Not with every cycle: the past moves on a step at a time, and replaying it costs the service more than telling it. */
  async #refreshReplicas() {
    const endpoint = this.#endpoint;
    const span = spanOf(this.#charts.window, endpoint.at);
    const step = stepOf(span);
    const past = pastOf(span, endpoint.at, step);
    const wanted = [past.from, past.to].map((end) => Math.floor(end / step)).join();
    if (wanted === this.#replicasReadFor) {
      return;
    }
    await this.#reading(async () => {
      // The end is exclusive, and what is in force now counts.
      this.#replicas = await getReplicas(endpoint, { ...past, to: past.to + 1 });
      this.#replicasReadFor = wanted;
    });
  }

  async #refreshDecisions() {
    const { at, lastDecision } = this.#endpoint;
    const { to } = spanOf(this.#charts.window, at);
    await this.#reading(async () => {
      const latest = lastDecision === null ? null : getLatestDecision(this.#id);
      this.#pages.select({ code: this.#decisions.code, changed: this.#decisions.changedOnly, until: to < at ? to : null });
      await this.#pages.refresh(at);
      if (this.#wantsMore) {
        this.#wantsMore = false;
        await this.#pages.more();
      }
      this.#decisions.draw(await latest, this.#pages);
      this.#accuracy.draw(await getAccuracy(this.#id));
    });
  }

  /** A failed read leaves the last curves in place and says so. */
  async #reading(read) {
    try {
      await read();
      this.#charts.showFault(null);
    } catch (problem) {
      this.#charts.showFault(problem.message);
    }
    this.#drawCharts();
  }

  #drawCharts() {
    if (this.#history === null) {
      return;
    }
    const { key, leadTime, requestRate, unit } = this.#endpoint;
    const replicas = this.#replicas;
    this.#charts.draw({
      at: this.#readAt,
      leadTime,
      requestRate,
      history: this.#history,
      forecast: this.#isAhead ? this.#forecast : null,
      replicas: this.#traces.of(key, replicas, this.#readAt),
      tracking: replicas && { start: replicas.start, step: replicas.step, values: replicas.tracking },
    }, unit);
  }

  #drawHead() {
    const { namespace, mode, gate, warnings, paused, at } = this.#endpoint;
    const { subtitle, gate: badge } = this.#parts;
    setText(subtitle, `${namespace} · ${modeInWords(mode)}`);
    setAttribute(badge, 'data-state', gate?.state ?? 'unknown');
    setText(badge, gate ? `Forecast ${gate.state.toLowerCase()}` : 'No forecast yet');
    setAttribute(subtitle, 'title', `As of ${fullTime(at)}`);
    this.#parts.paused.hidden = !paused;
    this.#pausing.draw(this.#endpoint);
    const notices = noticesOf(this.#endpoint);
    this.#parts.notices.hidden = notices.length === 0;
    syncChildren(this.#parts.notices, notices, (text) => text, (text) => h('li', {}, text));
    this.#parts.warnings.hidden = warnings.length === 0;
    syncChildren(this.#parts.warnings, warnings, (text) => text, (text) => h('li', {}, text));
    this.#figures.draw(this.#endpoint);
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
      loading: () => [endpointSkeleton('Loading the endpoint')],
      fault: () => [faultState('The endpoint could not be read', fault)],
      unknown: () => [noneState('This endpoint is not known',
        'No endpoint of this name has been through a control cycle. A new one appears after its first, within half a minute; one whose ',
        'specification was taken away is gone. ', h('a', { href: '#/' }, 'See those there are.'))],
    };
    state.replaceChildren(...contents[kind]());
  }
}

/** @param {PromiseSettledResult<T>} result @returns {T} @template T */
function valueOf({ status, value, reason }) {
  if (status === 'rejected') {
    throw reason;
  }
  return value;
}

/** The part of a span that has been, at least a step of it. */
function pastOf({ from, to }, at, step) {
  const end = Math.min(to, at);
  return { from: Math.min(from, end - step), to: end, step };
}

/** What an operator has to know before any number: sentences. */
function noticesOf({ pause, scaleInPaused, gate, lastDecision }) {
  return [
    pause === null ? null : pauseSentence(pause),
    scaleInPaused ? 'Scale-in is paused: replicas are added, and none is taken away.' : null,
    gate?.state === 'Distrusted' ? `${gateSentence(gate)} Target tracking decides until it has been better for a while; there is nothing to do.` : null,
    lastDecision === null ? 'Nothing has been decided yet.' : null,
  ].filter((text) => text !== null);
}

/** Who, since when and why, as far as they said. */
function pauseSentence({ by, at, reason }) {
  const who = [by === null ? '' : ` by ${by}`, at === null ? '' : ` since ${fullTime(at)}`, reason === null ? '' : ` (${reason})`].join('');
  return `Paused${who}: decisions are made and journalled, and none is carried out.`;
}
