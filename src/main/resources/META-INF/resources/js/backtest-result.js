/** One backtest: its progress, or what came of it. The address can be shared for as long as the service keeps it. */
import { followBacktest, getBacktest, getBacktestFile, getReplay, getTrail, removeBacktest } from './backtest-calls.js';
import { h, setText } from './dom.js';
import { frontierCard } from './frontier.js';
import { duration, fullTime, share } from './format.js';
import { Moment } from './moment.js';
import { ReplayChart } from './replay-chart.js';
import { save } from './save.js';
import { equalCard, scoreCard } from './score-table.js';

const PRESCALE = 'prescale';
const DRAWN_AT_FIRST = [PRESCALE, 'hpa', 'oracle'];
const MOST_DRAWN_AT_FIRST = 5;

export class BacktestResultView {
  #id;
  #closed = new AbortController();
  #title = h('h1', {}, 'Backtest');
  #facts = h('dl.facts-line');
  #downloads = h('div.downloads');
  #body = h('div.stack');
  #chart = null;
  #moment = null;
  #moments = null;
  #parts = null;
  #running = null;

  constructor(parent, id) {
    this.#id = id;
    parent.replaceChildren(
      h('nav.crumbs', { 'aria-label': 'Breadcrumb' }, h('a', { href: '#/backtests' }, '← All backtests')),
      h('div.page-head', {}, h('div.head-row', {}, this.#title, this.#downloads), this.#facts),
      this.#body);
    this.#body.replaceChildren(h('p.state', { role: 'status' }, 'Loading the backtest…'));
    this.#open();
  }

  draw() {
    // nothing of it changes with the fleet
  }

  close() {
    this.#closed.abort();
    this.#moments?.abort();
    this.#parts?.abort();
    this.#chart?.close();
  }

  async #open() {
    const { signal } = this.#closed;
    try {
      const state = await getBacktest(this.#id, signal);
      this.#accept(state);
      if (state.status === 'Running') {
        await followBacktest(this.#id, {
          onState: (next) => this.#accept(next),
          onConnection: (name) => this.#running?.connection(name),
          signal,
        });
      }
    } catch (fault) {
      if (!signal.aborted) {
        this.#fail(fault);
      }
    }
  }

  #accept(state) {
    if (state.status === 'Running') {
      if (this.#running === null) {
        this.#running = new Running(() => this.#cancel());
        this.#body.replaceChildren(this.#running.element);
      }
      this.#running.draw(state.progress);
    } else if (state.status === 'Failed') {
      this.#running = null;
      this.#body.replaceChildren(h('div.state.bad', { role: 'alert' },
        h('h2', {}, 'The backtest failed'), h('p', {}, state.detail ?? ''), again()));
    } else {
      this.#running = null;
      this.#show(state);
    }
  }

  async #cancel() {
    try {
      await removeBacktest(this.#id);
      location.hash = '#/backtests';
    } catch (fault) {
      this.#running?.say(`It could not be canceled: ${fault.message}`);
    }
  }

  #fail({ status, message }) {
    this.#body.replaceChildren(status === 404
      ? h('div.state', {}, h('h2', {}, 'This backtest is not there any more'),
        h('p', {}, 'Results are kept for an hour, fifty at most, and are gone when the service starts again. The same request gives the same result.'), again())
      : h('div.state.bad', { role: 'alert' }, h('h2', {}, 'The backtest cannot be shown'), h('p', {}, message),
        h('button.button', { type: 'button', onclick: () => this.#open() }, 'Try again')));
  }

  #show(result) {
    setText(this.#title, result.trace);
    this.#facts.replaceChildren(...[
      ['Replayed', `${fullTime(result.from)} to ${fullTime(result.to)}`],
      ['Length', duration(result.to - result.from)],
      ['Lead time', duration(result.leadTime)],
      ['Seed', String(result.seed)],
    ].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
    const replay = h('div.stack', {}, h('p.state', { role: 'status' }, 'Loading the replay…'));
    const frontier = h('div');
    this.#body.replaceChildren(
      result.advice ? adviceCard(result.advice) : '',
      scoreCard(result.scores),
      h('div.pair', {}, frontier, equalCard(result.equal)),
      replay);
    this.#offerFiles(result);
    this.#showReplay(result, replay, frontier);
  }

  async #showReplay(result, place, frontier) {
    const { signal } = this.#closed;
    const policies = result.scores.map(({ name, title }) => ({
      name, title, shown: result.scores.length <= MOST_DRAWN_AT_FIRST || DRAWN_AT_FIRST.includes(name),
    }));
    let replay;
    try {
      replay = await getReplay(this.#id, {}, signal);
    } catch (fault) {
      if (!signal.aborted) {
        frontier.remove();
        place.replaceChildren(h('div.state', { role: 'status' },
          h('h2', {}, fault.status === 410 ? 'The replay is not kept any more' : 'The replay cannot be shown'), h('p', {}, fault.message)));
      }
      return;
    }
    const places = new Map(policies.map(({ name }, index) => [name, index]));
    frontier.replaceChildren(frontierCard({
      policies,
      scorecard: result.scores,
      frontier: replay.frontier.map(({ policy, headroom, replicaHours, violationMinutes }) => [places.get(policy), headroom, replicaHours, violationMinutes]),
    }));
    this.#chart = new ReplayChart({
      policies,
      focus: PRESCALE,
      range: replay.range,
      onMoment: (seconds) => this.#look(seconds),
      onRange: (from, to) => this.#refine(from, to),
    });
    this.#moment = places.has(PRESCALE) ? new Moment() : null;
    place.replaceChildren(this.#chart.element, ...(this.#moment === null ? [] : [this.#moment.element]));
    this.#moment?.say('Point at the chart, or move along it with the arrow keys.');
    this.#chart.show(replay.points);
  }

  /** Points of the part that is looked at. */
  async #refine(from, to) {
    this.#parts?.abort();
    this.#parts = new AbortController();
    const { signal } = this.#parts;
    try {
      const { points } = await getReplay(this.#id, { from, to }, signal);
      if (!signal.aborted && !this.#closed.signal.aborted) {
        this.#chart.show(points);
      }
    } catch {
      // what is drawn stays; it has every peak
    }
  }

  /** One question at a time, for the moment that is looked at last. */
  async #look(seconds) {
    if (this.#moment === null) {
      return;
    }
    this.#moments?.abort();
    const asked = new AbortController();
    this.#moments = asked;
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
    if (asked.signal.aborted || this.#closed.signal.aborted) {
      return;
    }
    try {
      const trail = await getTrail(this.#id, seconds, asked.signal);
      if (trail === null) {
        this.#moment.say(`Nothing had been decided at ${fullTime(seconds * 1000)}.`);
      } else {
        this.#moment.show(trail.decision, trail.resolution);
      }
    } catch (fault) {
      if (!asked.signal.aborted) {
        this.#moment.say(`The decision cannot be shown: ${fault.message}`);
      }
    }
  }

  #offerFiles({ trace }) {
    const name = trace.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
    const fault = h('span.faults', { role: 'alert', hidden: true });
    const button = (title, kind, ending) => h('button.button', { type: 'button', onclick: async ({ currentTarget }) => {
      const pressed = currentTarget;
      pressed.disabled = true;
      fault.hidden = true;
      try {
        save(await getBacktestFile(this.#id, kind), `backtest-${name}.${ending}`);
      } catch (failed) {
        fault.hidden = false;
        setText(fault, failed.message);
      }
      pressed.disabled = false;
    } }, title);
    this.#downloads.replaceChildren(
      button('Report', 'report', 'html'), button('Minutes (CSV)', 'decisions', 'csv'), button('Result (JSON)', 'result', 'json'), fault);
  }
}

/** A backtest on its way. */
class Running {
  #bar = h('progress', { max: '1', 'aria-label': 'Progress of the backtest' });
  #text = h('p', { role: 'status' });
  #note = h('p.soft.note', { hidden: true });
  element;

  constructor(onCancel) {
    this.element = h('section.card.running', { 'aria-label': 'Progress' }, this.#text, this.#bar, this.#note,
      h('button.button', { type: 'button', onclick: onCancel }, 'Cancel'));
  }

  draw(progress) {
    this.#bar.value = progress;
    // in steps of ten, so that a screen reader is not talked over
    setText(this.#text, progress === 0 ? 'It waits for its turn, or has just begun.' : `${share(Math.floor(progress * 10) / 10)} and more are done.`);
    this.#bar.title = share(progress, 1);
  }

  connection(name) {
    this.say(name === 'reconnecting' ? 'The connection is lost and being made again; the backtest goes on.' : '');
  }

  say(sentence) {
    this.#note.hidden = sentence === '';
    setText(this.#note, sentence);
  }
}

/** The first sentence is the one to read. */
function adviceCard(advice) {
  return h('section.card', { 'aria-label': 'Advice' },
    h('ul.advice', {}, advice.split(/(?<=\.) (?=[A-Z][^.]{20})/).map((sentence) => h('li', {}, sentence))));
}

function again() {
  return h('p', {}, h('a.button', { href: '#/backtests' }, 'New backtest'));
}
