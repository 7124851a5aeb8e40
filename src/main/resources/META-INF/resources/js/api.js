/**
 * The service's answers, with instants and durations as milliseconds so that the rest of the page only calculates.
 * Addresses are relative to this file: the page works behind any path prefix.
 */
import { isoDuration, parseDuration, parseInstant } from './format.js';
import { currentToken, renewToken } from './session.js';

const ROOT = new URL('../api/v1/', import.meta.url);

/** The service answers on steps of at most an hour. */
const LONGEST_STEP = 3_600_000;
const DAY = 86_400_000;
const LEAST_HORIZON = 60_000;

/** The service said no, or could not be reached; the message is for the reader. */
export class RequestFailed extends Error {
  /**
   * @param {number | null} status null where there was no answer
   * @param {{path: string, value: string, message: string}[]} [violations] every fault of the input
   * @param {number | null} [retryAfter] milliseconds after which the service wants to be asked again
   */
  constructor(message, status, violations = [], retryAfter = null) {
    super(message);
    this.status = status;
    this.violations = violations;
    this.retryAfter = retryAfter;
  }
}

/**
 * One call of the API. Every other way to the service goes through here, so that a token is sent in one place. Where the service wants
 * a token, or another one, the reader is asked for it and the call is made again.
 *
 * @param {string} path below `api/v1/`
 * @param {{method?: string, parameters?: object, body?: string, type?: string, accept?: string, headers?: object, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>} an answer that is not a fault
 */
export async function request(path, options = {}) {
  const sent = currentToken();
  const response = await send(path, sent, options);
  if (response.ok) {
    return response;
  }
  const fault = await failureOf(response);
  const isRefused = fault.status === 401 || fault.status === 403;
  if (isRefused && await renewToken({ sent, status: fault.status, detail: fault.message })) {
    return request(path, options);
  }
  throw fault;
}

async function send(path, token, { method = 'GET', parameters = {}, body, type, accept = 'application/json', headers = {}, signal }) {
  const url = new URL(path, ROOT);
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  const sent = { Accept: accept, ...headers };
  if (type !== undefined) {
    sent['Content-Type'] = type;
  }
  if (token !== null) {
    sent.Authorization = `Bearer ${token}`;
  }
  try {
    return await fetch(url, { method, headers: sent, body, signal, cache: 'no-cache' });
  } catch (failed) {
    if (failed.name === 'AbortError') {
      throw failed;
    }
    throw new RequestFailed('The service cannot be reached.', null);
  }
}

async function get(path, parameters = {}, signal = undefined) {
  const response = await request(path, { parameters, signal });
  return response.status === 204 ? null : response.json();
}

/** The `detail` and the faults of an RFC 9457 problem, or the status where the answer is something else. */
async function failureOf(response) {
  const { status } = response;
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  const retryAfter = Number.isFinite(seconds) ? 1_000 * seconds : null;
  try {
    const { detail, title, violations } = await response.json();
    return new RequestFailed(detail ?? title ?? `The service answered ${status}.`, status, violations, retryAfter);
  } catch {
    return new RequestFailed(`The service answered ${status}.`, status, [], retryAfter);
  }
}

const pathOf = ({ namespace, name }) => `endpoints/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

export async function getFleet() {
  return fleetOf(await get('endpoints'));
}

/** A multiple of an endpoint's own step near the one wanted, in milliseconds. The service answers on divisors of a day. */
function stepOf({ step: own }, wanted) {
  let multiple = Math.max(1, Math.min(Math.round(wanted / own), Math.floor(LONGEST_STEP / own)));
  while (DAY % (multiple * own) !== 0) {
    multiple--;
  }
  return multiple * own;
}

function windowOf(endpoint, { from, to, step }) {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    step: isoDuration(stepOf(endpoint, step)),
  };
}

/**
 * Observed rates (req/s), null for a gap, on a multiple of the endpoint's own step near the one wanted.
 *
 * @param {{from: number, to: number, step: number}} window milliseconds
 */
export async function getHistory(endpoint, window, signal) {
  const json = await get(`${pathOf(endpoint)}/history`, windowOf(endpoint, window), signal);
  return gridOf(json.start, json.step, json.rates);
}

/**
 * Replicas at the beginning of each step: decided, ready, and what target tracking alone would have had.
 *
 * @param {{from: number, to: number, step: number}} window milliseconds
 */
export async function getReplicas(endpoint, window, signal) {
  const json = await get(`${pathOf(endpoint)}/replicas`, windowOf(endpoint, window), signal);
  return {
    start: parseInstant(json.start),
    step: parseDuration(json.step),
    decided: json.decided,
    ready: json.ready,
    tracking: json.targetTracking,
  };
}

/**
 * The forecast in force, on its own step, as far as the endpoint's goes.
 *
 * @param {{horizon: number, quantiles: number[]}} request milliseconds; levels in ascending order
 */
export async function getForecast(endpoint, { horizon, quantiles }, signal) {
  const parameters = {
    horizon: isoDuration(Math.min(Math.max(horizon, LEAST_HORIZON), endpoint.horizon)),
    quantiles: quantiles.join(','),
  };
  return forecastOf(await get(`${pathOf(endpoint)}/forecast`, parameters, signal));
}

/** Scores of what was issued; horizons in milliseconds. */
export async function getAccuracy(id) {
  const json = await get(`${pathOf(id)}/accuracy`);
  return {
    ...json,
    horizons: json.horizons.map((horizon) => ({ ...horizon, from: parseDuration(horizon.from), to: parseDuration(horizon.to) })),
  };
}

/** The decision of the last cycle, with its trail. */
export async function getLatestDecision(id) {
  return decisionOf(await get(`${pathOf(id)}/decisions/latest`));
}

/**
 * A page of decisions, newest first; `next` is the `to` of the page after it, null where there is none.
 *
 * @param {{from?: number, to?: number, limit: number, code?: string, changed?: boolean}} selection
 */
export async function getDecisions(id, { from, to, limit, code = '', changed = false }) {
  const parameters = { limit, changed };
  if (from !== undefined) {
    parameters.from = new Date(from).toISOString();
  }
  if (to !== undefined) {
    parameters.to = new Date(to).toISOString();
  }
  if (code !== '') {
    parameters.code = code;
  }
  const json = await get(`${pathOf(id)}/decisions`, parameters);
  return { decisions: json.decisions.map(decisionOf), next: parseInstant(json.next) };
}

/**
 * Holds an endpoint's replicas where they are, or lets decisions act again.
 *
 * @param {'pause' | 'resume'} action
 * @param {string} reason empty for none
 */
export async function postPausing(id, action, reason) {
  const body = reason === '' ? {} : { body: JSON.stringify({ reason }), type: 'application/json' };
  await request(`${pathOf(id)}/${action}`, { method: 'POST', ...body });
}

/** What the demo is up to; null where this is no demo. */
export async function getDemo() {
  try {
    return await get('demo');
  } catch (fault) {
    if (fault.status === 404) {
      return null;
    }
    throw fault;
  }
}

/** `GET /endpoints`, which is also what every event carries. Its time is that of the latest cycle, null where there was none. */
export function fleetOf(json) {
  const endpoints = json.endpoints.map(endpointOf);
  const at = endpoints.length === 0 ? null : Math.max(...endpoints.map((endpoint) => endpoint.at));
  return { at, endpoints, specificationFaults: json.specificationFaults };
}

function endpointOf(json) {
  return {
    ...json,
    key: `${json.namespace}/${json.name}`,
    at: parseInstant(json.at),
    paused: json.paused !== null,
    pause: json.paused && { ...json.paused, at: parseInstant(json.paused.at) },
    step: parseDuration(json.history.step),
    observedUntil: parseInstant(json.history.observedUntil),
    unit: json.loadUnit === 'busyReplicas' ? 'busy replicas' : 'req/s',
    leadTime: parseDuration(json.leadTime),
    horizon: parseDuration(json.horizon),
    nextPeak: json.nextPeak && { at: parseInstant(json.nextPeak.at), rate: json.nextPeak.rate },
    leadTimeDemand: json.leadTimeDemand && { ...json.leadTimeDemand, window: parseDuration(json.leadTimeDemand.window) },
    lastDecision: json.lastDecision && { ...json.lastDecision, at: parseInstant(json.lastDecision.at) },
  };
}

function decisionOf(json) {
  return { ...json, at: parseInstant(json.at) };
}

function gridOf(start, step, values) {
  return { start: parseInstant(start), step: parseDuration(step), values };
}

function forecastOf(json) {
  return {
    ...gridOf(json.start, json.step, json.rates),
    age: parseDuration(json.age),
    quantiles: json.quantiles,
    required: json.requiredReplicas,
    members: json.members,
    seasons: json.seasons.map(parseDuration),
    sizing: json.sizing,
  };
}
