/**
 * What the address shows: the part after `#`, so that the page works behind any path prefix and a reload comes back to it.
 * An endpoint has two segments, every other view one, and what it needs to know as a query: `#/backtests?id=1`.
 *
 * A view is `{ draw(state), close() }`: drawn whenever something has changed, closed when another one takes its place. One that also
 * has `follow(parameters)` stays when only the query has changed, told apart by `key`.
 */
import { openBacktests } from './backtests.js';
import { EndpointView } from './endpoint.js';
import { OverviewView } from './overview.js';
import { SpecificationView } from './specification.js';

const overview = (parameters) => ({
  key: 'overview',
  title: '',
  section: 'endpoints',
  open: (parent) => new OverviewView(parent, parameters),
});

/** By first segment. Each takes the query of the address. */
const SECTIONS = {
  backtests: (query) => ({ title: 'Backtests', section: 'backtests', open: (parent) => openBacktests(parent, query) }),
  specification: (query) => ({ title: 'Specification', section: 'specification', open: (parent) => new SpecificationView(parent, query) }),
};

/**
 * @param {string} hash of the address
 * @returns {{title: string, section: string, key?: string, parameters: URLSearchParams, open: (parent: Element, shared: {traces: object}) => object}}
 *     the overview for what no view can be called
 */
export function routeOf(hash) {
  const [path, query = ''] = hash.split('?', 2);
  const parameters = new URLSearchParams(query);
  return { ...viewOf(path, parameters), parameters };
}

function viewOf(path, parameters) {
  const endpoint = /^#\/([a-z0-9.-]+)\/([a-z0-9.-]+)$/.exec(path);
  if (endpoint !== null) {
    const [, namespace, name] = endpoint;
    return {
      key: path,
      title: name,
      section: 'endpoints',
      open: (parent, { traces }) => new EndpointView(parent, { namespace, name }, traces, parameters),
    };
  }
  const other = /^#\/([a-z]+)$/.exec(path);
  const section = other === null ? undefined : SECTIONS[other[1]];
  return section === undefined ? overview(parameters) : section(parameters);
}
