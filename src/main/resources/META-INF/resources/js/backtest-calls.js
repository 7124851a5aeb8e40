/** What the backtest page and the specification editor ask of the service; instants and lengths of time as milliseconds. */
import { request } from './api.js';
import { streamEvents } from './live.js';
import { parseDuration, parseInstant } from './format.js';
import { titleOf } from './policies.js';

const pathOf = (id) => `backtests/${encodeURIComponent(id)}`;

async function json(path, options) {
  return (await request(path, options)).json();
}

/** The bundled datasets; none where the service has none. */
export async function getDatasets() {
  const { datasets } = await json('datasets');
  return datasets.map((dataset) => ({ ...dataset, start: parseInstant(dataset.start), step: parseDuration(dataset.step) }));
}

/** @param {object} body of `POST /api/v1/backtests` */
export async function startBacktest(body, signal) {
  return json('backtests', { method: 'POST', type: 'application/json', body: JSON.stringify(body), signal });
}

/** Those that wait, run, or ended in the last hour, the newest first. */
export async function listBacktests(signal) {
  return (await json('backtests', { signal })).backtests;
}

export async function getBacktest(id, signal) {
  return backtestOf(await json(pathOf(id), { signal }));
}

/** Stops one, or forgets the result of one that has ended; one that is not there any more is as good. */
export async function removeBacktest(id) {
  try {
    await request(pathOf(id), { method: 'DELETE' });
  } catch (fault) {
    if (fault.status !== 404) {
      throw fault;
    }
  }
}

/**
 * Tells the course of a backtest until it has ended; the last state told is the end.
 *
 * @param {{onState: (state: object) => void, onConnection?: (name: string) => void, signal: AbortSignal}} listener
 */
export async function followBacktest(id, { onState, onConnection = () => {}, signal }) {
  const ended = new AbortController();
  const onAbort = () => ended.abort();
  signal.addEventListener('abort', onAbort);
  try {
    await streamEvents(`${pathOf(id)}/events`, {
      onEvent: ({ type, data }) => {
        onState(backtestOf(JSON.parse(data)));
        if (type !== 'progress') {
          ended.abort();
        }
      },
      onState: onConnection,
      signal: ended.signal,
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * A part of a replay in points, as `ReplayChart` draws it; what is left out is all of it.
 *
 * @param {{from?: number, to?: number, points?: number}} part seconds since the epoch
 */
export async function getReplay(id, { from, to, points = 2000 } = {}, signal) {
  const parameters = { points };
  if (from !== undefined) {
    parameters.from = new Date(from * 1000).toISOString();
    parameters.to = new Date(to * 1000).toISOString();
  }
  return replayOf(await json(`${pathOf(id)}/replay`, { parameters, signal }));
}

/** The decision of Prescale in force at a moment (seconds); null where there was none. */
export async function getTrail(id, seconds, signal) {
  const at = new Date(seconds * 1000).toISOString();
  const { trail } = await json(`${pathOf(id)}/replay`, { parameters: { points: 2, trailAt: at }, signal });
  return trail === null ? null : { decision: { ...trail.decision, at: parseInstant(trail.at) }, resolution: parseDuration(trail.resolution) };
}

/** A file of a backtest: `report`, `decisions`, or its result as JSON. */
export async function getBacktestFile(id, kind) {
  const accepts = { report: 'text/html', decisions: 'text/csv', result: 'application/json' };
  return (await request(kind === 'result' ? pathOf(id) : `${pathOf(id)}/${kind}`, { accept: accepts[kind] })).blob();
}

/** What is wrong with a specification text: `{valid, faults, endpoint}`. */
export async function validateSpecification(text, signal) {
  return json('specifications/validation', { method: 'POST', type: 'application/yaml', body: text, signal });
}

/** The specification in force as YAML text. @param {string} key `namespace/name` */
export async function getSpecification(key, signal) {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return (await request(`endpoints/${path}/specification`, { accept: 'application/yaml', signal })).text();
}

function backtestOf(state) {
  if (state.status !== 'Done') {
    return state;
  }
  return {
    ...state,
    from: parseInstant(state.from),
    to: parseInstant(state.to),
    leadTime: parseDuration(state.leadTime),
    scores: state.scorecard.map((score) => ({ ...score, name: score.policy, title: titleOf(score.policy) })),
    equal: (state.equalService ?? []).map((row) => ({ ...row, name: row.policy, title: titleOf(row.policy) })),
  };
}

function replayOf(window) {
  return {
    trace: window.trace,
    range: { from: parseInstant(window.replayFrom) / 1000, to: parseInstant(window.replayTo) / 1000 },
    frontier: window.frontier,
    points: {
      start: parseInstant(window.start) / 1000,
      step: parseDuration(window.step) / 1000,
      demand: window.demand,
      lines: window.policies,
      resolution: window.minutesPerPiece === 1
        ? null
        : `Of every ${window.minutesPerPiece} minutes the least and the largest are drawn; zoom in for each minute.`,
    },
  };
}
