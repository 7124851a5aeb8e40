/**
 * The service's answers, with instants and durations as milliseconds so that the rest of the page only calculates.
 * Addresses are relative to this file: the page works behind any path prefix.
 */
import { isoDuration, parseDuration, parseInstant } from './format.js';

const ROOT = new URL('../api/v1/', import.meta.url);

/** The service answers on steps of at most an hour. */
const LONGEST_STEP = 3_600_000;

/** The service said no, or could not be reached; the message is for the reader. */
export class RequestFailed extends Error {
  /**
   * @param {number | null} status null where there was no answer
   * @param {{path: string, value: string, message: string}[]} [violations] every fault of the input
   */
  constructor(message, status, violations = []) {
    super(message);
    this.status = status;
    this.violations = violations;
  }
}

/**
 * One call of the API. Every other way to the service goes through here, so that a token is sent in one place.
 *
 * @param {string} path below `api/v1/`
 * @param {{method?: string, parameters?: object, body?: string, type?: string, accept?: string, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>} an answer that is not a fault
 */
export async function request(path, { method = 'GET', parameters = {}, body, type, accept = 'application/json', signal } = {}) {
  const url = new URL(path, ROOT);
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  const headers = { Accept: accept };
  if (type !== undefined) {
    headers['Content-Type'] = type;
  }
  let response;
  try {
    response = await fetch(url, { method, headers, body, signal });
  } catch (failed) {
    if (failed.name === 'AbortError') {
      throw failed;
    }
    throw new RequestFailed('The service cannot be reached.', null);
  }
  if (!response.ok) {
    throw await failureOf(response);
  }
  return response;
}

async function get(path, parameters = {}) {
  const response = await request(path, { parameters });
  return response.status === 204 ? null : response.json();
}

/** The `detail` and the faults of an RFC 9457 problem, or the status where the answer is something else. */
async function failureOf(response) {
  const { status } = response;
  try {
    const { detail, title, violations } = await response.json();
    return new RequestFailed(detail ?? title ?? `The service answered ${status}.`, status, violations);
  } catch {
    return new RequestFailed(`The service answered ${status}.`, status);
  }
}

const pathOf = ({ namespace, name }) => `endpoints/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

export const eventsUrl = () => new URL('events', ROOT).href;

export async function getFleet() {
  return fleetOf(await get('endpoints'));
}

const nativeSteps = new Map();

/**
 * Observed rates (req/s), null for a gap, on the multiple of the endpoint's own step that is nearest to the one wanted.
 *
 * @param {{from: number, to: number, step: number}} window milliseconds
 */
export async function getHistory(id, { from, to, step }) {
  const native = await nativeStep(id, to);
  const multiple = Math.max(1, Math.min(Math.round(step / native), Math.floor(LONGEST_STEP / native)));
  const json = await get(`${pathOf(id)}/history`, {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    step: isoDuration(multiple * native),
  });
  return gridOf(json.start, json.step, json.rates);
}

async function nativeStep(id, to) {
  const path = pathOf(id);
  if (!nativeSteps.has(path)) {
    const json = await get(`${path}/history`, { from: new Date(to - LONGEST_STEP).toISOString(), to: new Date(to).toISOString() });
    nativeSteps.set(path, parseDuration(json.step));
  }
  return nativeSteps.get(path);
}

/**
 * The forecast in force, on its own step.
 *
 * @param {{horizon: number, quantiles: number[]}} request milliseconds; levels in ascending order
 */
export async function getForecast(id, { horizon, quantiles }) {
  return forecastOf(
    await get(`${pathOf(id)}/forecast`, { horizon: isoDuration(horizon), quantiles: quantiles.join(',') }),
  );
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

/** A page of decisions, newest first; `next` is the `to` of the page after it, null where there is none. */
export async function getDecisions(id, { from, to, limit }) {
  const json = await get(`${pathOf(id)}/decisions`, {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    limit,
  });
  return { decisions: json.decisions.map(decisionOf), next: parseInstant(json.next) };
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
    unit: json.loadUnit === 'busyReplicas' ? 'busy replicas' : 'req/s',
    leadTime: parseDuration(json.leadTime),
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
