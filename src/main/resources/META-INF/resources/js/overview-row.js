/** One endpoint's row. The link in its first cell covers all of it, so the row is one target for pointer and keyboard. */
import { h, setAttribute, setText } from './dom.js';
import { UNKNOWN, count, duration, fullTime, mode, rate } from './format.js';
import { drawSparkline } from './sparkline.js';

/** Rows above the first one, for screen readers: the head. */
const HEAD_ROWS = 1;

export class OverviewRow {
  #link;
  #mode = h('span.mode');
  #paused = h('span.badge.small', { hidden: true }, 'paused');
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
  #sparks;
  #drawn = null;
  #endpoint;
  #isInSight = false;
  #takeBack = null;

  /** @param {import('./sparkline-reads.js').SparklineReads} sparks */
  constructor(endpoint, sparks) {
    this.#endpoint = endpoint;
    this.#sparks = sparks;
    this.#link = h('a.row-link', {
      href: `#/${encodeURIComponent(endpoint.namespace)}/${encodeURIComponent(endpoint.name)}`,
    }, endpoint.name);
    this.#spark.setAttribute('class', 'spark');
    this.#spark.setAttribute('aria-hidden', 'true');
    this.element = h('tr', {},
      h('th.cell-name', { scope: 'row' }, this.#link,
        h('p.soft', {}, `${endpoint.namespace} · `, this.#mode, ' ', this.#paused), this.#warning),
      h('td.cell-rate', { 'data-title': 'Request rate' }, this.#rate, ' ', this.#rateUnit),
      h('td.cell-spark', {}, this.#spark),
      h('td.cell-replicas', { 'data-title': 'Replicas' }, h('p', {}, this.#current, this.#wanted), this.#ready),
      h('td.cell-peak', { 'data-title': 'Next peak' }, h('p', {}, this.#peakRate, ' ', this.#peakUnit), this.#peakWhen),
      h('td.cell-gate', { 'data-title': 'Forecast' }, this.#gate));
  }

  /** @param {number} index among all rows, those that are not in the document included */
  draw(endpoint, index) {
    this.#endpoint = endpoint;
    setAttribute(this.element, 'aria-rowindex', String(index + 1 + HEAD_ROWS));
    setText(this.#mode, mode(endpoint.mode));
    this.#paused.hidden = !endpoint.paused;
    setText(this.#rate, rate(endpoint.requestRate));
    this.#rateUnit.hidden = endpoint.requestRate === null;
    setText(this.#rateUnit, endpoint.unit);
    const wanted = endpoint.recommendedReplicas;
    const changes = wanted !== null && wanted !== endpoint.currentReplicas;
    setText(this.#current, count(endpoint.currentReplicas));
    setText(this.#wanted, changes ? ` → ${count(wanted)}` : '');
    setText(this.#ready, `${count(endpoint.readyReplicas)} ready`);
    this.#drawPeak(endpoint);
    const gate = endpoint.gate?.state ?? null;
    setAttribute(this.#gate, 'data-state', gate ?? 'unknown');
    setText(this.#gate, gate ?? UNKNOWN);
    this.#warning.hidden = endpoint.warnings.length === 0;
    setText(this.#warning, warningOf(endpoint.warnings));
    setAttribute(this.#warning, 'title', endpoint.warnings.join('\n'));
    this.#drawSpark();
  }

  /** Only rows that can be seen read their history: there may be a thousand of them. */
  setInSight(isInSight) {
    this.#isInSight = isInSight;
    if (isInSight) {
      this.#drawSpark();
    } else {
      this.#letGo();
    }
  }

  close() {
    this.#letGo();
  }

  #letGo() {
    this.#takeBack?.();
    this.#takeBack = null;
  }

  #drawPeak({ at, nextPeak, unit }) {
    this.#peakUnit.hidden = nextPeak === null;
    setText(this.#peakUnit, unit);
    setText(this.#peakRate, rate(nextPeak?.rate));
    setAttribute(this.#peakWhen, 'title', nextPeak ? fullTime(nextPeak.at) : null);
    setText(this.#peakWhen, nextPeak ? peakWhen(at, nextPeak) : 'no forecast yet');
  }

  #drawSpark() {
    const curves = this.#sparks.curvesOf(this.#endpoint);
    if (curves !== undefined && curves !== this.#drawn) {
      this.#drawn = curves;
      drawSparkline(this.#spark, curves.window, curves.history, curves.forecast);
    }
    if (this.#isInSight && this.#takeBack === null) {
      this.#takeBack = this.#sparks.refresh(this.#endpoint, () => this.#drawSpark(), () => {
        this.#takeBack = null;
      });
    }
  }
}

function peakWhen(at, nextPeak) {
  const ahead = nextPeak.at - at;
  return ahead < 60_000 ? 'now' : `in ${duration(ahead)}`;
}

function warningOf(warnings) {
  return warnings.length < 2 ? (warnings[0] ?? '') : `${warnings[0]} (and ${warnings.length - 1} more)`;
}
