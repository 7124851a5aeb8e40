/** Every endpoint on one page: what it serves, with how many replicas, and what comes next. */
import { getForecast, getHistory } from './api.js';
import { h, setAttribute, setText, syncChildren } from './dom.js';
import { UNKNOWN, count, duration, fullTime, mode, plural, rate } from './format.js';
import { Pace } from './pace.js';
import { ScoreSheets } from './scoresheet.js';
import { drawSparkline } from './sparkline.js';

const HOUR = 3_600_000;
const SPARK_BEFORE = 12 * HOUR;
const SPARK_AFTER = 6 * HOUR;
const SPARK_STEP = 600_000;

/** A sparkline is read again after this much of the service's time, and not more often than this in real time. */
const SPARK_STALE_AFTER = 300_000;
const LEAST_SPARK_MILLIS = 1_000;

export class OverviewView {
  #summary = h('p.soft', { id: 'summary' });
  #body = h('tbody');
  #state = h('div');
  #faults = h('ul.spec-faults', { hidden: true, 'aria-label': 'Specifications that are not in force' });
  #table = h(
    'table.endpoints',
    { hidden: true },
    h('caption.unseen', {}, 'Endpoints'),
    h('thead', {}, h('tr', {}, ...['Endpoint', 'Request rate', 'Last 12 h and next 6 h', 'Replicas', 'Next peak', 'Forecast']
      .map((title) => h('th', { scope: 'col' }, title)))),
    this.#body,
  );
  #scores = new ScoreSheets();
  #rows = new Map();
  #sight = new IntersectionObserver((entries) => entries.forEach((entry) => {
    this.#rows.get(entry.target)?.setInSight(entry.isIntersecting);
  }));

  constructor(parent) {
    parent.replaceChildren(
      h('div.page-head', {}, h('h1', {}, 'Endpoints'), this.#summary),
      this.#faults,
      this.#state,
      h('div.card.flush', {}, this.#table),
      this.#scores.element,
    );
  }

  draw({ fleet, fault, demo }) {
    this.#drawState(fleet, fault);
    this.#drawFaults(fleet?.specificationFaults ?? []);
    const endpoints = fleet?.endpoints ?? [];
    this.#table.parentElement.hidden = endpoints.length === 0;
    this.#table.hidden = endpoints.length === 0;
    setText(this.#summary, endpoints.length === 0 ? '' : summaryOf(endpoints));
    syncChildren(this.#body, endpoints, (endpoint) => endpoint.key, (endpoint) => this.#createRow(endpoint),
      (element, endpoint) => this.#rows.get(element).draw(endpoint));
    this.#scores.draw(demo?.traces ?? []);
  }

  close() {
    this.#sight.disconnect();
    this.#rows.forEach((row) => row.close());
  }

  #createRow(endpoint) {
    const row = new Row(endpoint);
    this.#rows.set(row.element, row);
    this.#sight.observe(row.element);
    return row.element;
  }

  #drawFaults(faults) {
    this.#faults.hidden = faults.length === 0;
    syncChildren(this.#faults, faults, (text) => text, (text) => h('li', {}, `Not in force: ${text}`), () => {});
  }

  #drawState(fleet, fault) {
    const kind = fleet === null ? (fault === null ? 'loading' : 'fault') : fleet.endpoints.length === 0 ? 'empty' : 'none';
    if (this.#state.dataset.kind !== kind) {
      this.#state.dataset.kind = kind;
      this.#state.replaceChildren(...stateOf(kind, fault));
    }
  }
}

function stateOf(kind, fault) {
  switch (kind) {
    case 'loading':
      return [h('p.state', {}, 'Loading the endpoints…')];
    case 'fault':
      return [h('div.state.bad', { role: 'alert' }, h('h2', {}, 'No endpoints could be read'), h('p', {}, fault.message),
        h('p.soft', {}, 'The page keeps trying.'))];
    case 'empty':
      return [h('div.state', {}, h('h2', {}, 'No endpoint has been through a cycle yet'),
        h('p', {}, 'Put a specification into the folder that ', h('code', {}, 'PRESCALE_ENDPOINTS'), ' names. It is picked up ',
          'without a restart and appears here after its first control cycle.'))];
    default:
      return [];
  }
}

function summaryOf(endpoints) {
  const ready = endpoints.reduce((sum, endpoint) => sum + (endpoint.readyReplicas ?? 0), 0);
  const distrusted = endpoints.filter((endpoint) => endpoint.gate?.state === 'Distrusted').length;
  const warned = endpoints.filter((endpoint) => endpoint.warnings.length > 0).length;
  return [
    plural(endpoints.length, 'endpoint'),
    `${plural(ready, 'replica')} ready`,
    distrusted > 0 ? `${plural(distrusted, 'forecast')} not trusted` : null,
    warned > 0 ? `${count(warned)} with warnings` : null,
  ].filter((part) => part !== null).join(' · ');
}

/** One endpoint's row. The link in its first cell covers all of it, so the row is one target for pointer and keyboard. */
class Row {
  #link;
  #warning = h('p.row-warning', { hidden: true });
  #rate = h('strong');
  #rateUnit = h('span.unit');
  #spark = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  #current = h('strong');
  #wanted = h('span.wanted');
  #ready = h('span.soft');
  #peakRate = h('strong');
  #peakUnit = h('span.unit');
  #peakWhen = h('span.soft');
  #gate = h('span.badge');
  #mode = h('span.mode');
  #endpoint;
  #isInSight = false;
  #sparkAt = -Infinity;
  #sparkPace = new Pace(() => this.#refreshSpark(), LEAST_SPARK_MILLIS);

  constructor(endpoint) {
    this.#endpoint = endpoint;
    this.#link = h('a.row-link', {
      href: `#/${encodeURIComponent(endpoint.namespace)}/${encodeURIComponent(endpoint.name)}`,
    }, endpoint.name);
    this.#spark.setAttribute('class', 'spark');
    this.#spark.setAttribute('aria-hidden', 'true');
    this.element = h('tr', {},
      h('th.cell-name', { scope: 'row' }, this.#link, h('p.soft', {}, endpoint.namespace, ' · ', this.#mode), this.#warning),
      h('td.cell-rate', { 'data-title': 'Request rate' }, this.#rate, ' ', this.#rateUnit),
      h('td.cell-spark', {}, this.#spark),
      h('td.cell-replicas', { 'data-title': 'Replicas' }, h('p', {}, this.#current, this.#wanted), this.#ready),
      h('td.cell-peak', { 'data-title': 'Next peak' }, h('p', {}, this.#peakRate, ' ', this.#peakUnit), this.#peakWhen),
      h('td.cell-gate', { 'data-title': 'Forecast' }, this.#gate));
  }

  draw(endpoint) {
    this.#endpoint = endpoint;
    setText(this.#mode, mode(endpoint.mode));
    setText(this.#rate, rate(endpoint.requestRate));
    this.#rateUnit.hidden = endpoint.requestRate === null;
    setText(this.#rateUnit, endpoint.unit);
    setText(this.#peakUnit, endpoint.unit);
    const wanted = endpoint.recommendedReplicas;
    const changes = wanted !== null && wanted !== endpoint.currentReplicas;
    setText(this.#current, count(endpoint.currentReplicas));
    setText(this.#wanted, changes ? ` → ${count(wanted)}` : '');
    setText(this.#ready, `${count(endpoint.readyReplicas)} ready`);
    this.#peakUnit.hidden = endpoint.nextPeak === null;
    setText(this.#peakRate, rate(endpoint.nextPeak?.rate));
    setAttribute(this.#peakWhen, 'title', endpoint.nextPeak ? fullTime(endpoint.nextPeak.at) : '');
    setText(this.#peakWhen, endpoint.nextPeak ? peakWhen(endpoint) : '');
    const gate = endpoint.gate?.state ?? null;
    setAttribute(this.#gate, 'data-state', gate ?? 'unknown');
    setText(this.#gate, gate ?? UNKNOWN);
    this.#warning.hidden = endpoint.warnings.length === 0;
    setText(this.#warning, warningOf(endpoint.warnings));
    this.#askForSpark();
  }

  /** Only rows that can be seen read their history: there may be a thousand of them. */
  setInSight(isInSight) {
    this.#isInSight = isInSight;
    this.#askForSpark();
  }

  close() {
    this.#sparkPace.stop();
  }

  #askForSpark() {
    if (this.#isInSight && Math.abs(this.#endpoint.at - this.#sparkAt) >= SPARK_STALE_AFTER) {
      this.#sparkPace.ask();
    }
  }

  async #refreshSpark() {
    const { at } = this.#endpoint;
    const window = { at, from: at - SPARK_BEFORE, to: at + SPARK_AFTER };
    try {
      const [history, forecast] = await Promise.all([
        getHistory(this.#endpoint, { from: window.from, to: at, step: SPARK_STEP }),
        this.#endpoint.nextPeak === null ? null : getForecast(this.#endpoint, { horizon: SPARK_AFTER, quantiles: [0.5] }),
      ]);
      this.#sparkAt = at;
      drawSparkline(this.#spark, window, history, forecast);
    } catch {
      // The last line stays; the row's figures and the connection's state tell what is wrong.
    }
  }
}

function peakWhen({ at, nextPeak }) {
  const ahead = nextPeak.at - at;
  return ahead < 60_000 ? 'now' : `in ${duration(ahead)}`;
}

function warningOf(warnings) {
  return warnings.length < 2 ? (warnings[0] ?? '') : `${warnings[0]} (and ${warnings.length - 1} more)`;
}
