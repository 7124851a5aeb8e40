/** What sparklines are drawn from, read once for many live updates, and only for rows that can be seen. */
import { getForecast, getHistory } from './api.js';
import { BoundedReads } from './bounded-reads.js';

const HOUR = 3_600_000;
const BEFORE = 12 * HOUR;
const AFTER = 6 * HOUR;
const STEP = 600_000;

/** Read again after about this much of the service's time, and not more often than this in real time. */
const STALE_AFTER = 300_000;
const LEAST_MILLIS = 1_000;

/** Of the six connections that a browser opens to a host one is the live one, and one is left to who clicks. */
const MOST_AT_A_TIME = 4;

export class SparklineReads {
  #reads = new BoundedReads(MOST_AT_A_TIME);
  #curves = new Map();
  #triedAt = new Map();

  /** @returns {{window: object, history: object, forecast: object | null} | undefined} what was read last */
  curvesOf({ key }) {
    return this.#curves.get(key);
  }

  /**
   * Reads an endpoint's curves where they are not fresh.
   *
   * @param {() => void} onRead
   * @param {() => void} onEnd called in any case, when it is over and was not taken back
   * @returns {(() => void) | null} takes it back; null where nothing is to be read now
   */
  refresh(endpoint, onRead, onEnd) {
    const { key, at } = endpoint;
    const known = this.#curves.get(key);
    const isFresh = known !== undefined && Math.abs(at - known.window.at) < staleAfter(key);
    if (isFresh || performance.now() - (this.#triedAt.get(key) ?? -Infinity) < LEAST_MILLIS) {
      return null;
    }
    return this.#reads.start(async (signal) => {
      this.#triedAt.set(key, performance.now());
      try {
        this.#curves.set(key, await curvesOf(endpoint, signal));
        onRead();
      } finally {
        if (!signal.aborted) {
          onEnd();
        }
      }
    });
  }
}

/** Rows that were first read together are not read again together: each live update has a few of them. */
function staleAfter(key) {
  let hash = 0;
  for (let i = 0; i < key.length; i++) {
    hash = (31 * hash + key.charCodeAt(i)) % 65_521;
  }
  // multiples of the golden ratio are far apart also for names that differ in their last digit
  return STALE_AFTER * (0.6 + 0.8 * ((hash * 0.618_033_988_7) % 1));
}

async function curvesOf(endpoint, signal) {
  const { at, nextPeak } = endpoint;
  const window = { at, from: at - BEFORE, to: at + AFTER };
  const [history, forecast] = await Promise.all([
    getHistory(endpoint, { from: window.from, to: at, step: STEP }, signal),
    nextPeak === null ? null : getForecast(endpoint, { horizon: AFTER, quantiles: [0.5] }, signal),
  ]);
  return { window, history, forecast };
}
