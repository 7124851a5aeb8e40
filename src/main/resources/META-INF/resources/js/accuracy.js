/** How good the issued forecasts were, per part of the horizon, beside what anybody could have forecast. */
import { h, setText, syncChildren } from './dom.js';
import { UNKNOWN, count, duration, rate, share } from './format.js';

const COLUMNS = [
  ['Ahead', 'How far ahead the forecast looked'],
  ['Mean error', 'Mean absolute error of the median'],
  ['vs last week', "Mean error over that of last week's rate at the same time: below 100 % the forecast is better"],
  ['vs yesterday', "Mean error over that of yesterday's rate at the same time: below 100 % the forecast is better"],
  ['vs last value', 'Mean error over that of the last value seen: below 100 % the forecast is better'],
  ['Within 95 %', 'Share of outcomes at or below the 95 % quantile: near 95 % it means what it says'],
  ['Judged', 'Outcomes so far'],
  ['Gate', 'Whether all quantiles together beat the best of the three'],
];

export class Accuracy {
  #body = h('tbody');
  element = h('section.card.accuracy', { hidden: true, 'aria-labelledby': 'accuracy-title' },
    h('h2', { id: 'accuracy-title' }, 'How good the forecasts were'),
    h('div.scroll', { tabindex: '0', role: 'group', 'aria-label': 'Accuracy by horizon' },
      h('table.scores', {},
        h('caption.unseen', {}, 'Accuracy by horizon'),
        h('thead', {}, h('tr', {}, COLUMNS.map(([title, meaning]) => h('th', { scope: 'col', title: meaning }, title)))),
        this.#body)));

  /** @param {object | null} accuracy of `GET .../accuracy` */
  draw(accuracy) {
    const horizons = accuracy?.horizons ?? [];
    this.element.hidden = horizons.length === 0;
    syncChildren(this.#body, horizons, ({ to }) => String(to),
      () => h('tr', {}, h('th', { scope: 'row' }), COLUMNS.slice(1).map(() => h('td'))), drawHorizon);
  }
}

function drawHorizon(row, horizon) {
  const relative = (name) => share(horizon.baselines.find((baseline) => baseline.name === name)?.relativeAbsoluteError);
  const texts = [
    horizon.from === 0 ? `up to ${duration(horizon.to)}` : `${duration(horizon.from)} to ${duration(horizon.to)}`,
    horizon.meanAbsoluteError === null ? UNKNOWN : `${rate(horizon.meanAbsoluteError)} req/s`,
    relative('weekNaive'),
    relative('dayNaive'),
    relative('persistence'),
    share(horizon.coverage, 1),
    count(horizon.outcomes),
    horizon.gate?.state ?? UNKNOWN,
  ];
  [...row.children].forEach((cell, index) => setText(cell, texts[index]));
}
