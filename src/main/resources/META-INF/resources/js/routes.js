/**
 * What the address shows: the part after `#`, so that the page works behind any path prefix and a reload comes back to it.
 * An endpoint has two segments, every other view one, and what it needs to know as a query: `#/backtests?id=1`.
 *
 * A view is `{ draw(state), close() }`: drawn whenever something has changed, closed when another one takes its place.
 */
import { openBacktests } from './backtests.js';
import { EndpointView } from './endpoint.js';
import { OverviewView } from './overview.js';
import { SpecificationView } from './specification.js';

const OVERVIEW = { title: '', section: 'endpoints', open: (parent) => new OverviewView(parent) };

/** By first segment. Each takes the query of the address. */
const SECTIONS = {
  backtests: (query) => ({ title: 'Backtests', section: 'backtests', open: (parent) => openBacktests(parent, query) }),
  specification: (query) => ({ title: 'Specification', section: 'specification', open: (parent) => new SpecificationView(parent, query) }),
};

/**
 * @param {string} hash of the address
 * @returns {{title: string, section: string, open: (parent: Element, shared: {traces: object}) => object}} the overview for what no view can be called
 */
export function routeOf(hash) {
  const endpoint = /^#\/([a-z0-9.-]+)\/([a-z0-9.-]+)$/.exec(hash);
  if (endpoint !== null) {
    const [, namespace, name] = endpoint;
    return {
      title: name,
      section: 'endpoints',
      open: (parent, { traces }) => new EndpointView(parent, { namespace, name }, traces),
    };
  }
  const other = /^#\/([a-z]+)(?:\?(.*))?$/.exec(hash);
  const section = other === null ? undefined : SECTIONS[other[1]];
  return section === undefined ? OVERVIEW : section(new URLSearchParams(other[2] ?? ''));
}
