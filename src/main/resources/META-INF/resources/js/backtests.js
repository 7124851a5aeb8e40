/** Backtests: the list of them and the form for a new one, or the one that the address names. */
import { BacktestForm } from './backtest-form.js';
import { BacktestList } from './backtest-list.js';
import { BacktestResultView } from './backtest-result.js';
import { h } from './dom.js';

/** @param {URLSearchParams} query `id` of one that was asked for */
export function openBacktests(parent, query) {
  const id = query.get('id');
  return id === null ? new BacktestsView(parent) : new BacktestResultView(parent, id);
}

export const backtestAddress = (id) => `#/backtests?id=${encodeURIComponent(id)}`;

class BacktestsView {
  #list = new BacktestList();
  #form = new BacktestForm(({ id }) => {
    location.hash = backtestAddress(id);
  });

  constructor(parent) {
    parent.replaceChildren(
      h('div.page-head', {},
        h('h1', {}, 'Backtests'),
        h('p.soft', {}, 'Replay recorded traffic through the production control cycle and through other policies: what each would have cost, and what would have gone wrong. Nothing of it reaches an endpoint.')),
      h('div.stack', {}, this.#list.element, this.#form.element));
  }

  draw({ fleet }) {
    this.#form.offer(fleet?.endpoints ?? null);
  }

  close() {
    this.#list.close();
    this.#form.close();
  }
}
