/** What a reader chose for this browser: the colour scheme and the time zone of all times. */
import { showTimesIn } from './format.js';

const ZONE_KEY = 'prescale.zone';

/** Fired on `window` when times are to be written anew. */
export const ZONE_CHANGED = 'prescale:zone';

export const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export const chosenScheme = () => globalThis.prescaleScheme.chosen();
export const chooseScheme = (choice) => globalThis.prescaleScheme.choose(choice);

/** 'utc' or 'local'. UTC unless chosen otherwise: it is what logs, and colleagues elsewhere, say. */
export function chosenZone() {
  try {
    return localStorage.getItem(ZONE_KEY) === 'local' ? 'local' : 'utc';
  } catch {
    return 'utc';
  }
}

export function chooseZone(choice) {
  try {
    localStorage.setItem(ZONE_KEY, choice);
  } catch {
    // kept until the page is closed
  }
  applyZone(choice);
  dispatchEvent(new Event(ZONE_CHANGED));
}

function applyZone(choice) {
  showTimesIn(choice === 'local' ? localZone() : 'UTC');
}

applyZone(chosenZone());
