/** The backtests that wait, run, or ended not long ago; progress comes as it is made. */
import { followBacktest, listBacktests, removeBacktest } from './backtest-calls.js';
import { h, setAttribute, setText, syncChildren } from './dom.js';
import { share } from './format.js';

/** Others may start one too. */
const ASKED_AGAIN_MILLIS = 15_000;

export class BacktestList {
  #closed = new AbortController();
  #backtests = null;
  #followed = null;
  #timer;
  #rows = h('ul.backtest-list');
  #state = h('p.soft', { role: 'status' }, 'Loading the backtests…');
  element = h('section.card', { 'aria-labelledby': 'backtest-list-title' },
    h('h2', { id: 'backtest-list-title' }, 'Of the last hour'), this.#state, this.#rows);

  constructor() {
    this.#read();
  }

  close() {
    clearTimeout(this.#timer);
    this.#closed.abort();
  }

  async #read() {
    clearTimeout(this.#timer);
    try {
      this.#accept(await listBacktests(this.#closed.signal));
    } catch (fault) {
      if (this.#closed.signal.aborted) {
        return;
      }
      setText(this.#state, `${this.#backtests === null ? 'The backtests cannot be listed' : 'The list may be old'}: ${fault.message}`);
      this.#state.hidden = false;
    }
    if (!this.#closed.signal.aborted) {
      this.#timer = setTimeout(() => this.#read(), ASKED_AGAIN_MILLIS);
    }
  }

  #accept(backtests) {
    this.#backtests = backtests;
    this.#draw();
    // the oldest that has not ended is the one that runs
    const running = backtests.findLast(({ status }) => status === 'Running');
    if (running !== undefined && running.id !== this.#followed) {
      this.#follow(running.id);
    }
  }

  async #follow(id) {
    this.#followed = id;
    try {
      await followBacktest(id, { onState: (state) => this.#progress(state), signal: this.#closed.signal });
    } catch {
      // it is gone, which the list tells
    }
    this.#followed = null;
    if (!this.#closed.signal.aborted) {
      this.#read();
    }
  }

  #progress({ id, status, progress }) {
    this.#backtests = this.#backtests.map((each) => (each.id === id ? { ...each, status, progress } : each));
    this.#draw();
  }

  #draw() {
    const isEmpty = this.#backtests.length === 0;
    this.#state.hidden = !isEmpty;
    setText(this.#state, isEmpty ? 'None yet: choose traffic and policies below. Results are kept for an hour.' : '');
    syncChildren(this.#rows, this.#backtests, ({ id }) => id, (backtest) => this.#row(backtest), refresh);
  }

  #row({ id, trace }) {
    const remove = h('button.tool', { type: 'button', onclick: () => this.#remove(id, remove) });
    return h('li', { 'data-trace': trace },
      h('a', { href: `#/backtests?id=${encodeURIComponent(id)}` }, trace),
      h('progress', { max: '1', 'aria-label': `Progress of ${trace}` }),
      h('span.badge.status'), remove);
  }

  async #remove(id, button) {
    button.disabled = true;
    try {
      await removeBacktest(id);
      this.#backtests = this.#backtests.filter((each) => each.id !== id);
      this.#draw();
    } catch (fault) {
      button.disabled = false;
      this.#state.hidden = false;
      setText(this.#state, `It could not be removed: ${fault.message}`);
    }
  }
}

function refresh(row, { trace, status, progress }) {
  const bar = row.querySelector('progress');
  bar.value = progress;
  bar.hidden = status !== 'Running';
  const badge = row.querySelector('.status');
  setAttribute(badge, 'data-state', status);
  setText(badge, status === 'Running' ? (progress > 0 ? share(progress) : 'waits') : status.toLowerCase());
  const button = row.querySelector('button');
  const what = status === 'Running' ? 'Cancel' : 'Forget';
  setText(button, what);
  setAttribute(button, 'aria-label', `${what} the backtest of ${trace}`);
}
