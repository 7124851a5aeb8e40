/** The values at one moment, as text above the charts: under the cursor, or now where there is none. */
import { UNKNOWN, count, rate, weekdayTime } from './format.js';
import { h, setText } from './dom.js';

/**
 * @param {import('./charts.js').Scene} scene
 * @param {number | null} time null for now
 */
export function readAt({ at, requestRate, history, forecast, replicas, tracking }, time) {
  const moment = time ?? at;
  const levels = stepAt(forecast, moment);
  const isPast = moment <= at;
  const had = isPast ? replicas.findLast((point) => point.at <= moment) : undefined;
  return {
    when: time === null ? 'now' : weekdayTime(moment),
    observed: isPast ? (time === null ? requestRate : stepAt(history, moment)) : null,
    low: levels?.[0] ?? null,
    median: levels?.[2] ?? null,
    high: levels?.[4] ?? null,
    required: stepAt(forecast && { ...forecast, values: forecast.required ?? [] }, moment),
    decided: had?.decided ?? null,
    ready: had?.ready ?? null,
    tracking: isPast ? stepAt(tracking, moment) : null,
  };
}

function stepAt(grid, time) {
  return grid?.values[Math.floor((time - grid.start) / grid.step)] ?? null;
}

export function rateReadout(element, { when, observed, low, median, high }, unit) {
  write(element, [
    ['when', '', when],
    ['observed', 'Observed', observed === null ? UNKNOWN : `${rate(observed)} ${unit}`],
    ['forecast', 'Forecast', median === null ? UNKNOWN : `${rate(median)} ${unit} (${rate(low)} to ${rate(high)})`],
  ]);
}

export function replicaReadout(element, { decided, ready, required, tracking }) {
  write(element, [
    ['decided', 'Decided', count(decided)],
    ['ready', 'Ready', count(ready)],
    ['required', 'Forecast needs', count(required)],
    ['tracking', 'Target tracking alone', count(tracking)],
  ]);
}

function write(element, entries) {
  if (element.childElementCount === 0) {
    element.append(...entries.flatMap(([key, title]) => [
      h(`span.reading.reading-${key}`, {}, title === '' ? null : h('span.reading-title', {}, title), ' ', h('span.reading-value')), ' ',
    ]));
  }
  for (const [key, , text] of entries) {
    setText(element.querySelector(`.reading-${key} .reading-value`), text);
  }
}
