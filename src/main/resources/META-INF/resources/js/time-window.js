/**
 * Which time the charts of an endpoint show: pure functions. A window either follows now, by a preset, or stands where a reader put it.
 *
 * @typedef {{preset: string} | {from: number, to: number}} Window milliseconds
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far back and ahead of now. */
export const PRESETS = [
  { name: '6h', title: '6 h', back: 6 * HOUR, ahead: 3 * HOUR },
  { name: '24h', title: '24 h', back: DAY, ahead: 12 * HOUR },
  { name: '7d', title: '7 d', back: 7 * DAY, ahead: 2 * DAY },
  { name: '28d', title: '28 d', back: 28 * DAY, ahead: 2 * DAY },
];

export const DEFAULT_WINDOW = Object.freeze({ preset: '24h' });

/** Narrower shows single samples; wider than the service keeps is empty; no forecast goes further ahead. */
export const LEAST_SPAN = 10 * MINUTE;
export const MOST_BACK = 60 * DAY;
export const MOST_AHEAD = 2 * DAY;

/** Steps that a day is a multiple of, so that every grid begins at midnight. */
const STEPS = [10_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR];
const MOST_STEPS = 600;

export const presetOf = (window) => PRESETS.find(({ name }) => name === window.preset);

/** Left and right end at a time. */
export function spanOf(window, at) {
  const preset = presetOf(window);
  return preset === undefined ? { from: window.from, to: window.to } : { from: at - preset.back, to: at + preset.ahead };
}

/** A step with at most some hundred points over the span. */
export function stepOf({ from, to }) {
  return STEPS.find((step) => (to - from) / step <= MOST_STEPS) ?? STEPS.at(-1);
}

/** The span with another length, the instant `around` staying where it is; below 1 is nearer. */
export function zoomed({ from, to }, factor, around, at) {
  const length = clamp((to - from) * factor, LEAST_SPAN, MOST_BACK + MOST_AHEAD);
  const share = (around - from) / (to - from);
  const left = around - share * length;
  return within({ from: left, to: left + length }, at);
}

/** The span moved by a share of its length; above 0 is later. */
export function panned({ from, to }, share, at) {
  const by = share * (to - from);
  return within({ from: from + by, to: to + by }, at);
}

/** Moved back to where there can be something to see. */
function within({ from, to }, at) {
  const length = to - from;
  const left = clamp(from, at - MOST_BACK, Math.max(at - MOST_BACK, at + MOST_AHEAD - length));
  return { from: Math.round(left), to: Math.round(left + length) };
}

/** What is wrong with two ends that somebody typed, null where nothing is. */
export function faultOf(from, to, at) {
  if (from === null || to === null) {
    return 'Enter both times.';
  }
  if (to - from < LEAST_SPAN) {
    return 'The end must be at least 10 minutes after the beginning.';
  }
  if (from < at - MOST_BACK || to > at + MOST_AHEAD) {
    return 'Times from 60 days back to 2 days ahead can be shown.';
  }
  return null;
}

/** @param {URLSearchParams} parameters of the address; what makes no window counts as left out */
export function windowOf(parameters) {
  const from = Date.parse(parameters.get('from') ?? '');
  const to = Date.parse(parameters.get('to') ?? '');
  if (to - from >= LEAST_SPAN && to - from <= MOST_BACK + MOST_AHEAD) {
    return { from, to };
  }
  const preset = parameters.get('range');
  return PRESETS.some(({ name }) => name === preset) ? { preset } : DEFAULT_WINDOW;
}

export function parametersOf(window) {
  if (window.preset === DEFAULT_WINDOW.preset) {
    return new URLSearchParams();
  }
  const instant = (millis) => new Date(Math.round(millis / 1000) * 1000).toISOString().replace('.000', '');
  return new URLSearchParams(window.preset === undefined
    ? { from: instant(window.from), to: instant(window.to) }
    : { range: window.preset });
}

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
