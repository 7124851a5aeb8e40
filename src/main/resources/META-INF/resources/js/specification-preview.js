/** What an edited specification would have done to the last week of its endpoint, beside the one in force: two replays of the same traffic. */
import { followBacktest, getBacktest, getReplay, removeBacktest, startBacktest } from './backtest-calls.js';
import { h, setText } from './dom.js';
import { FaultList, faultsOf } from './fields.js';
import { duration, fullTime, isoDuration, number, plural, share } from './format.js';
import { ReplayChart } from './replay-chart.js';
import { signed } from './score-table.js';

const WEEK = 'P7D';
const HISTORY_MILLIS = 35 * 86_400_000;
const LONGEST_START_MILLIS = 3_600_000;

const FIGURES = [
  ['Replica-hours', 'replicaHours', 1], ['Violation minutes', 'violationMinutes', 0], ['Peak', 'peakReplicas', 0],
  ['Scale actions', 'scaleActions', 0], ['Cost', 'cost', 1],
];

export class SpecificationPreview {
  #textOf;
  #endpoint = null;
  #isValid = false;
  #now = null;
  #leadTimes = new Map();
  #run = null;
  #chart = null;
  #start = h('button.button.primary', { type: 'button', onclick: () => this.#begin() }, 'Preview the last week');
  #why = h('p.note', { role: 'status' });
  #faults = new FaultList();
  #body = h('div.stack');
  element = h('section.preview.stack', { 'aria-labelledby': 'preview-title' },
    h('div.card', {}, h('h2', { id: 'preview-title' }, 'Effect on the last week'),
      h('p.note', {}, "Replays the endpoint's own last seven days (at most half of its history) under the specification in force and under the text above: same traffic, same chance; replicas take as long to start as the endpoint's lead time is now. Cost counts a missing replica by the ratio of each specification."),
      h('div.form-end', {}, this.#start, this.#why), this.#faults.element),
    this.#body);

  /** @param {() => string} textOf the editor's text */
  constructor(textOf) {
    this.#textOf = textOf;
    this.#refresh();
  }

  /** Of the text, where it is valid and of one endpoint. */
  get endpoint() {
    return this.#endpoint;
  }

  /** @param {number | null} now the time of the service */
  at(now) {
    this.#now = now;
  }

  /** @param {{key: string, leadTime: number}[]} endpoints that run */
  offer(endpoints) {
    this.#leadTimes = new Map(endpoints.map(({ key, leadTime }) => [key, leadTime]));
    this.#refresh();
  }

  text(endpoint, isValid) {
    this.#endpoint = endpoint;
    this.#isValid = isValid;
    this.#refresh();
  }

  close() {
    this.#cancel();
    this.#chart?.close();
  }

  #refresh() {
    const isRunning = this.#run !== null;
    const isKnown = this.#endpoint !== null && this.#leadTimes.has(this.#endpoint);
    this.#start.disabled = isRunning || !isKnown;
    setText(this.#why, isRunning || isKnown ? ''
      : !this.#isValid ? 'Once the text has no faults.'
        : this.#endpoint === null ? 'For a text with one specification.'
          : `For an endpoint that runs here; ${this.#endpoint} does not.`);
  }

  async #begin() {
    const run = { ids: [], stop: new AbortController() };
    this.#run = run;
    this.#refresh();
    this.#faults.show([]);
    this.#chart?.close();
    this.#chart = null;
    const bar = h('progress', { max: '1', 'aria-label': 'Progress of the preview' });
    const told = h('p', { role: 'status' }, 'The two replays wait for their turn, or have just begun.');
    this.#body.replaceChildren(h('div.card.running', {}, told, bar,
      h('button.button', { type: 'button', onclick: () => {
        this.#cancel();
        this.#body.replaceChildren();
      } }, 'Cancel')));
    try {
      const results = await this.#replay(run, (share) => {
        bar.value = share;
        setText(told, share < 0.5 ? 'Replaying the specification in force…' : 'Replaying the edited text…');
      });
      if (!run.stop.signal.aborted) {
        await this.#show(results, run);
      }
    } catch (fault) {
      if (!run.stop.signal.aborted) {
        this.#body.replaceChildren();
        this.#faults.show(faultsOf(fault));
        this.#forget(run);
      }
    }
    if (this.#run === run) {
      this.#run = null;
    }
    this.#refresh();
  }

  /** One after the other, as the service runs them; both of exactly the same traffic. */
  async #replay(run, onProgress) {
    const { signal } = run.stop;
    const to = this.#now ?? Date.now();
    const trace = { endpoint: this.#endpoint, from: new Date(to - HISTORY_MILLIS).toISOString(), to: new Date(to).toISOString(), replay: WEEK };
    const median = isoDuration(Math.min(this.#leadTimes.get(this.#endpoint) ?? LONGEST_START_MILLIS, LONGEST_START_MILLIS));
    const request = { trace, policies: ['prescale'], simulation: { startTime: { median } } };
    for (const body of [request, { ...request, specification: this.#textOf() }]) {
      const { id } = await startBacktest(body, signal);
      run.ids.push(id);
    }
    const results = [];
    for (const [index, id] of run.ids.entries()) {
      await followBacktest(id, { onState: ({ progress }) => onProgress((index + progress) / 2), signal });
      signal.throwIfAborted();
      const result = await getBacktest(id, signal);
      if (result.status !== 'Done') {
        throw new Error(result.detail ?? 'The replay failed.');
      }
      results.push(result);
    }
    return results;
  }

  #cancel() {
    const run = this.#run;
    this.#run = null;
    if (run !== null) {
      run.stop.abort();
      this.#forget(run);
    }
    this.#refresh();
  }

  /** Nobody looks at them any more; where this fails they are gone within the hour. */
  #forget({ ids }) {
    ids.forEach((id) => removeBacktest(id).catch(() => {}));
  }

  async #show([before, after], run) {
    const [inForce, edited] = [before.scores[0], after.scores[0]];
    const place = h('div', {}, h('p.state', { role: 'status' }, 'Loading the replays…'));
    this.#body.replaceChildren(
      h('div.card', {}, h('h2', {}, sentenceOf(inForce, edited)),
        h('p.note', {}, `${duration(after.to - after.from)} from ${fullTime(after.from)}. `,
          h('a', { href: `#/backtests?id=${before.id}` }, 'In force'), ' and ', h('a', { href: `#/backtests?id=${after.id}` }, 'edited'), ' in full.'),
        comparison(inForce, edited)),
      place);
    const [first, second] = await Promise.all(run.ids.map((id) => getReplay(id, {}, run.stop.signal)));
    if (run.stop.signal.aborted) {
      return;
    }
    this.#chart = new ReplayChart({
      title: 'Replicas of both',
      policies: [{ name: 'inForce', title: 'in force', shown: true }, { name: 'edited', title: 'edited', shown: true }],
      focus: 'edited',
      range: first.range,
      onRange: (from, to) => this.#refine(run, from, to),
    });
    place.replaceChildren(this.#chart.element);
    this.#chart.show(together(first.points, second.points));
  }

  async #refine(run, from, to) {
    const chart = this.#chart;
    try {
      const [first, second] = await Promise.all(run.ids.map((id) => getReplay(id, { from, to })));
      if (this.#chart === chart) {
        chart.show(together(first.points, second.points));
      }
    } catch {
      // what is drawn stays; it has every peak
    }
  }
}

function together(first, second) {
  return { ...first, lines: [first.lines[0], second.lines[0]] };
}

function comparison(inForce, edited) {
  return h('div.scroll', { tabindex: '0', role: 'group', 'aria-label': 'In force and edited side by side' },
    h('table.scores', {}, h('caption.unseen', {}, 'In force and edited side by side'),
      h('thead', {}, h('tr', {}, ['Figure', 'In force', 'Edited', 'Change'].map((title) => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, FIGURES.map(([title, key, digits]) => h('tr', {},
        h('th', { scope: 'row' }, title),
        h('td', {}, number(inForce[key], digits)), h('td', {}, number(edited[key], digits)),
        h('td', {}, changeOf(inForce[key], edited[key], digits)))))));
}

function changeOf(before, after, digits) {
  const difference = after - before;
  const isSame = Math.abs(difference) < 0.5 * 10 ** -digits;
  return isSame ? 'same' : `${difference > 0 ? '+' : '−'}${number(Math.abs(difference), digits)}${before > 0 ? ` (${signed(after / before - 1)})` : ''}`;
}

/** Whichever way it went. */
function sentenceOf(inForce, edited) {
  const hours = edited.replicaHours / inForce.replicaHours - 1;
  const isSameCost = !Number.isFinite(hours) || Math.abs(hours) < 0.0005;
  const minutes = Math.round(edited.violationMinutes) - Math.round(inForce.violationMinutes);
  if (isSameCost && minutes === 0) {
    return 'As many replica-hours and violation minutes as in force.';
  }
  const spent = isSameCost ? 'As many' : `${share(Math.abs(hours), 1)} ${hours > 0 ? 'more' : 'fewer'}`;
  return minutes === 0
    ? `${spent} replica-hours than in force, and as many violation minutes.`
    : `${spent} replica-hours and ${plural(Math.abs(minutes), 'violation minute')} ${minutes > 0 ? 'more' : 'fewer'} than in force.`;
}
