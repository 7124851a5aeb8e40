/**
 * Live connections: server-sent events over `fetch`, which unlike `EventSource` sends the token and tells why it was refused, with a
 * reconnect that backs off.
 */
import { fleetOf, request } from './api.js';
import { clockTimeWithSeconds } from './format.js';
import { SESSION_CHANGED } from './session.js';
import { EventParser } from './sse.js';

const FIRST_RETRY_MILLIS = 1_000;
const LONGEST_RETRY_MILLIS = 30_000;

/** The service sends a comment every 15 s: three of them missing is a connection that nobody has closed. */
const SILENT_AFTER_MILLIS = 50_000;

/** Answers that do not change by asking again. */
const FINAL = new Set([400, 404, 405, 410, 422]);

/** Real time without an event after which the figures are called stale: four control cycles of the default length. */
const STALE_AFTER_MILLIS = 60_000;
const STALE_CHECK_MILLIS = 5_000;

/**
 * Follows an event stream of the service until `signal` aborts it, across broken connections.
 *
 * @param {string} path below `api/v1/`
 * @param {object} options
 * @param {(event: {type: string, data: string, id: string}) => void} options.onEvent
 * @param {(state: 'connecting' | 'live' | 'reconnecting' | 'signedOut') => void} [options.onState]
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<void>} when it is over: aborted, or ended by the service with status 204
 * @throws {import('./api.js').RequestFailed} for an answer that does not change by asking again, such as 404
 */
export async function streamEvents(path, { onEvent, onState = () => {}, signal }) {
  let failures = 0;
  let lastId = '';
  let askedWait = FIRST_RETRY_MILLIS;
  onState('connecting');
  while (!signal?.aborted) {
    const parser = new EventParser((event) => {
      failures = 0;
      onEvent(event);
    });
    let wait = null;
    try {
      const isOver = await readStream(path, { parser, lastId, signal, onOpen: () => onState('live') });
      if (isOver) {
        return;
      }
    } catch (fault) {
      if (signal?.aborted) {
        return;
      }
      if (FINAL.has(fault.status)) {
        throw fault;
      }
      if (fault.status === 401 || fault.status === 403) {
        onState('signedOut');
        await sessionChange(signal);
        failures = 0;
        continue;
      }
      wait = fault.retryAfter ?? null;
    }
    lastId = parser.lastId || lastId;
    askedWait = parser.retryMillis ?? askedWait;
    onState('reconnecting');
    await pause(Math.max(wait ?? 0, backOff(failures++, askedWait)), signal);
  }
}

/** Reads one connection to its end; true where the service says that there is nothing to come back for. */
async function readStream(path, { parser, lastId, signal, onOpen }) {
  const silence = new AbortController();
  const both = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
  let timer = null;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENT_AFTER_MILLIS);
  };
  const headers = lastId === '' ? {} : { 'Last-Event-ID': lastId };
  try {
    const response = await request(path, { accept: 'text/event-stream', headers, signal: both });
    if (response.status === 204) {
      return true;
    }
    onOpen();
    heard();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      heard();
      parser.push(chunk.value);
    }
    return false;
  } finally {
    clearTimeout(timer);
    silence.abort(); // lets go of the connection where the parser gave up
  }
}

/** Doubles, to at most half a minute; between half and all of it, so that a thousand pages do not come back at once. */
function backOff(failures, first) {
  const full = Math.min(Math.max(first, FIRST_RETRY_MILLIS) * 2 ** Math.min(failures, 16), LONGEST_RETRY_MILLIS);
  return full / 2 + Math.random() * (full / 2);
}

function pause(millis, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal?.addEventListener('abort', done);
  });
}

/** Resolves when a token was given or taken away, or the signal aborts: until then asking again would only be refused again. */
function sessionChange(signal) {
  return new Promise((resolve) => {
    const done = () => {
      removeEventListener(SESSION_CHANGED, done);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    addEventListener(SESSION_CHANGED, done);
    signal?.addEventListener('abort', done);
  });
}

/**
 * @param {(fleet: object) => void} onFleet called with every state of the fleet
 * @param {(connection: {state: 'connecting' | 'live' | 'reconnecting' | 'stale' | 'signedOut', text: string}) => void} onConnection
 */
export async function connect(onFleet, onConnection) {
  let lastEventAt = null;
  let lastEventSeen = performance.now();
  let state = 'connecting';

  function report() {
    const isStale = performance.now() - lastEventSeen > STALE_AFTER_MILLIS;
    if (isStale && lastEventAt !== null) {
      onConnection({ state: 'stale', text: `stale since ${clockTimeWithSeconds(lastEventAt)}` });
    } else if (state !== 'live') {
      onConnection({ state, text: state === 'signedOut' ? 'signed out' : state });
    }
  }

  function onEvent({ type, data }) {
    if (type !== 'fleet') {
      return;
    }
    const fleet = fleetOf(JSON.parse(data));
    lastEventAt = fleet.at;
    lastEventSeen = performance.now();
    onConnection({ state: 'live', text: 'live' });
    onFleet(fleet);
  }

  function onState(next) {
    state = next;
    report();
  }

  setInterval(report, STALE_CHECK_MILLIS);
  while (true) {
    try {
      await streamEvents('events', { onEvent, onState });
    } catch {
      // Behind a proxy that is being set up even "not found" passes: the page keeps trying, as it says.
      onState('reconnecting');
    }
    await pause(LONGEST_RETRY_MILLIS);
  }
}
