/**
 * The live connection: server-sent events, with a reconnect that backs off. A browser reconnects by itself, but silently
 * and at a fixed pace, and gives up for good on an error status; a page that shows figures has to say how old they are.
 */
import { eventsUrl, fleetOf } from './api.js';
import { clockTimeWithSeconds } from './format.js';

const FIRST_RETRY_MILLIS = 1_000;
const LONGEST_RETRY_MILLIS = 30_000;

/** Real time without an event after which the figures are called stale: four control cycles of the default length. */
const STALE_AFTER_MILLIS = 60_000;
const STALE_CHECK_MILLIS = 5_000;

/**
 * @param {(fleet: object) => void} onFleet called with every state of the fleet
 * @param {(connection: {state: 'connecting' | 'live' | 'reconnecting' | 'stale', text: string}) => void} onConnection
 */
export function connect(onFleet, onConnection) {
  let retryMillis = FIRST_RETRY_MILLIS;
  let lastEventAt = null;
  let lastEventSeen = performance.now();
  let isDown = false;

  function open() {
    const source = new EventSource(eventsUrl());
    source.addEventListener('fleet', (event) => {
      const fleet = fleetOf(JSON.parse(event.data));
      lastEventAt = fleet.at;
      lastEventSeen = performance.now();
      retryMillis = FIRST_RETRY_MILLIS;
      isDown = false;
      onConnection({ state: 'live', text: 'live' });
      onFleet(fleet);
    });
    source.onerror = () => {
      source.close();
      isDown = true;
      report();
      setTimeout(open, retryMillis);
      retryMillis = Math.min(2 * retryMillis, LONGEST_RETRY_MILLIS);
    };
  }

  function report() {
    const isStale = performance.now() - lastEventSeen > STALE_AFTER_MILLIS;
    if (isStale && lastEventAt !== null) {
      onConnection({ state: 'stale', text: `stale since ${clockTimeWithSeconds(lastEventAt)}` });
    } else if (isDown) {
      onConnection({ state: 'reconnecting', text: 'reconnecting' });
    }
  }

  open();
  setInterval(report, STALE_CHECK_MILLIS);
}
