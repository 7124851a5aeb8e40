/**
 * How figures are written. Times are the service's own, in the time zone that the reader chose; null and undefined are "not known" and
 * drawn as a dash.
 */

export const UNKNOWN = '–';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredth = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

const isKnown = (value) => typeof value === 'number' && Number.isFinite(value);

/** A request rate in req/s, without the unit. */
export function rate(value) {
  if (!isKnown(value)) {
    return UNKNOWN;
  }
  if (value === 0) {
    return '0';
  }
  if (value < 1) {
    return hundredth.format(value);
  }
  if (value < 100) {
    return tenth.format(value);
  }
  return value < 1_000_000 ? whole.format(value) : compact.format(value);
}

export function count(value) {
  return isKnown(value) ? whole.format(value) : UNKNOWN;
}

export function number(value, digits) {
  return isKnown(value)
    ? new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
    : UNKNOWN;
}

/** A fraction as a percentage. */
export function share(fraction, digits = 0) {
  return isKnown(fraction) ? `${number(fraction * 100, digits)} %` : UNKNOWN;
}

/** In which zone times are shown, an IANA name; see `preferences.js`. */
let zone = 'UTC';
let times = formatsOf(zone);

export function showTimesIn(name) {
  zone = name;
  times = formatsOf(name);
}

export const timeZone = () => zone;

function formatsOf(timeZone) {
  const format = (options) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
  return {
    dayAndTime: format({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    timeOnly: format({ hour: '2-digit', minute: '2-digit' }),
    timeWithSeconds: format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    weekday: format({ weekday: 'short' }),
    dayOfMonth: format({ weekday: 'short', day: 'numeric', month: 'short' }),
    offset: new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }),
    field: format({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  };
}

/** How the zone is called beside a time: `UTC`, `GMT+2`. */
export function zoneName(millis) {
  return zone === 'UTC' ? 'UTC' : times.offset.formatToParts(millis).find(({ type }) => type === 'timeZoneName').value;
}

/** `Mon, 15 Jan, 14:20:05 UTC` */
export function fullTime(millis) {
  return isKnown(millis) ? `${times.dayAndTime.format(millis)} ${zoneName(millis)}` : UNKNOWN;
}

/** `2024-01-15T14:20`: what an input for date and time holds. */
export function fieldTime(millis) {
  const part = Object.fromEntries(times.field.formatToParts(millis).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/** The instant of what such an input holds, in milliseconds; null where it holds none. The first of two at the end of summer time. */
export function parseFieldTime(text) {
  const asUtc = Date.parse(`${text}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) || Number.isNaN(asUtc)) {
    return null;
  }
  const offsetAt = (millis) => Date.parse(`${fieldTime(millis)}Z`) - Math.floor(millis / 60_000) * 60_000;
  const candidate = asUtc - offsetAt(asUtc - offsetAt(asUtc));
  return candidate;
}

/** `14:20` */
export function clockTime(millis) {
  return isKnown(millis) ? times.timeOnly.format(millis) : UNKNOWN;
}

/** `14:20:05` */
export function clockTimeWithSeconds(millis) {
  return isKnown(millis) ? times.timeWithSeconds.format(millis) : UNKNOWN;
}

/** `Mon 14:20` */
export function weekdayTime(millis) {
  return isKnown(millis) ? `${times.weekday.format(millis)} ${times.timeOnly.format(millis)}` : UNKNOWN;
}

/** `Mon 14:20` within the last six days, else `Mon, 15 Jan, 14:20`. */
export function recentTime(millis, now) {
  return now - millis < 6 * DAY ? weekdayTime(millis) : `${day(millis)}, ${clockTime(millis)}`;
}

/** `Mon, 15 Jan` */
export function day(millis) {
  return isKnown(millis) ? times.dayOfMonth.format(millis) : UNKNOWN;
}

/** A length of time in at most two units: `2 h 10 min`, `45 s`. */
export function duration(millis) {
  if (!isKnown(millis)) {
    return UNKNOWN;
  }
  const units = [['d', DAY], ['h', HOUR], ['min', MINUTE], ['s', 1000]];
  let first = units.findIndex(([, length]) => millis >= length);
  if (first < 0) {
    first = units.length - 1;
  }
  const [name, length] = units[first];
  const amount = Math.floor(millis / length);
  const next = units[first + 1];
  const rest = next === undefined ? 0 : Math.floor((millis - amount * length) / next[1]);
  return rest > 0 ? `${amount} ${name} ${rest} ${next[0]}` : `${amount} ${name}`;
}

/** Milliseconds of an ISO-8601 duration without years and months; null for anything else. */
export function parseDuration(text) {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (match === null) {
    return null;
  }
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = match.map((part) => part ?? 0);
  return days * DAY + hours * HOUR + minutes * MINUTE + seconds * 1000;
}

/** Milliseconds since the epoch of an ISO-8601 instant; null where there is none. */
export function parseInstant(text) {
  const millis = Date.parse(text ?? '');
  return Number.isNaN(millis) ? null : millis;
}

/** `PT300S`: a duration as the service reads it. */
export function isoDuration(millis) {
  return `PT${Math.round(millis / 1000)}S`;
}

const MODES = {
  Observe: 'observes only',
  Scale: 'scales',
  HpaFloor: "raises the HPA's minimum",
  Keda: 'answers KEDA',
};

/** What an endpoint's decisions do, in words. */
export function mode(name) {
  return MODES[name] ?? name;
}

export function plural(amount, one, many = `${one}s`) {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}
