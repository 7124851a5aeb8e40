/** Server-sent events over `fetch`, which can send a token; a browser's EventSource cannot. */
import { request } from './api.js';

const FIRST_RETRY_MILLIS = 1_000;
const LONGEST_RETRY_MILLIS = 15_000;

/**
 * Reads a stream until the signal aborts it, connecting again where it breaks. An answer that says no (a status of 4xx) ends it.
 *
 * @param {string} path below `api/v1/`
 * @param {object} listener
 * @param {(event: {type: string, data: string}) => void} listener.onEvent
 * @param {(state: 'live' | 'reconnecting') => void} [listener.onState]
 * @param {AbortSignal} listener.signal
 */
export async function streamEvents(path, { onEvent, onState = () => {}, signal }) {
  let wait = FIRST_RETRY_MILLIS;
  while (!signal.aborted) {
    try {
      const response = await request(path, { accept: 'text/event-stream', signal });
      onState('live');
      wait = FIRST_RETRY_MILLIS;
      await readEvents(response.body, onEvent);
    } catch (fault) {
      if (signal.aborted) {
        return;
      }
      if (fault.status >= 400 && fault.status < 500) {
        throw fault;
      }
    }
    if (!signal.aborted) {
      onState('reconnecting');
      await pause(wait, signal);
      wait = Math.min(2 * wait, LONGEST_RETRY_MILLIS);
    }
  }
}

async function readEvents(body, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let type = 'message';
  let data = [];
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const lines = (rest + chunk.value).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) {
          onEvent({ type, data: data.join('\n') });
        }
        type = 'message';
        data = [];
      } else if (line.startsWith('event:')) {
        type = line.slice(6).trim();
      } else if (line.startsWith('data:')) {
        data.push(line.slice(5).replace(/^ /, ''));
      }
    }
  }
}

function pause(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
