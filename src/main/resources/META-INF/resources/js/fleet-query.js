/** Which endpoints the overview shows and in which order: pure functions of the fleet and of what is in the address. */
import { mode as modeInWords } from './format.js';

/** What each column is sorted by. Null is not known and comes last whichever way. */
const SORTS = {
  name: ({ key }) => key,
  rate: ({ requestRate }) => requestRate,
  replicas: ({ currentReplicas }) => currentReplicas,
  peak: ({ nextPeak }) => nextPeak?.at ?? null,
  gate: ({ gate }) => gate?.state ?? null,
  warnings: ({ warnings }) => warnings.length,
};

/** The larger first where a column is chosen: who looks for the busiest does not want the idlest. */
const LARGEST_FIRST = new Set(['rate', 'replicas', 'warnings']);

export const EVERYTHING = Object.freeze({ text: '', mode: '', distrusted: false, warned: false, sort: 'name', descending: false });

/** @param {URLSearchParams} parameters of the address; what it does not know counts as left out */
export function queryOf(parameters) {
  const sort = Object.hasOwn(SORTS, parameters.get('sort') ?? '') ? parameters.get('sort') : EVERYTHING.sort;
  const order = parameters.get('order');
  return {
    text: parameters.get('q') ?? '',
    mode: parameters.get('mode') ?? '',
    distrusted: parameters.get('gate') === 'distrusted',
    warned: parameters.get('warnings') === 'true',
    sort,
    descending: order === null ? LARGEST_FIRST.has(sort) : order === 'desc',
  };
}

export function parametersOf({ text, mode, distrusted, warned, sort, descending }) {
  const parameters = new URLSearchParams();
  const set = (name, value, isSet) => isSet && parameters.set(name, value);
  set('q', text, text !== '');
  set('mode', mode, mode !== '');
  set('gate', 'distrusted', distrusted);
  set('warnings', 'true', warned);
  set('sort', sort, sort !== EVERYTHING.sort);
  set('order', descending ? 'desc' : 'asc', descending !== LARGEST_FIRST.has(sort));
  return parameters;
}

/** The same query with a column chosen to sort by: the other way round where it is chosen already. */
export function sortedBy(query, sort) {
  return { ...query, sort, descending: query.sort === sort ? !query.descending : LARGEST_FIRST.has(sort) };
}

export const isFiltered = ({ text, mode, distrusted, warned }) => text.trim() !== '' || mode !== '' || distrusted || warned;

/** Endpoints that have every word somewhere in their name, namespace, mode or warnings, and pass the filters; sorted. */
export function selectEndpoints(endpoints, query) {
  const words = query.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const chosen = endpoints.filter((endpoint) =>
    (query.mode === '' || endpoint.mode === query.mode)
    && (!query.distrusted || endpoint.gate?.state === 'Distrusted')
    && (!query.warned || endpoint.warnings.length > 0)
    && hasAll(endpoint, words));
  const valueOf = SORTS[query.sort];
  const way = query.descending ? -1 : 1;
  return chosen.sort((one, other) => compare(valueOf(one), valueOf(other), way) || (one.key < other.key ? -1 : 1));
}

function hasAll({ key, mode, paused, warnings }, words) {
  if (words.length === 0) {
    return true;
  }
  const text = [key, mode, modeInWords(mode), paused ? 'paused' : '', ...warnings].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

function compare(one, other, way) {
  if (one === null || other === null) {
    return Number(one === null) - Number(other === null);
  }
  return one === other ? 0 : one < other ? -way : way;
}
