/** What a view shows in place of figures: nothing is ever blank. */
import { h } from './dom.js';

/** Gray rows where a table will be. */
export function tableSkeleton(text) {
  return skeleton(text, h('div.card.flush', {}, Array.from({ length: 6 }, () => h('div.skeleton-row', {},
    h('span.bone.wide'), h('span.bone'), h('span.bone.spark'), h('span.bone'), h('span.bone'), h('span.bone')))));
}

/** Gray cards where an endpoint's figures, charts and decisions will be. */
export function endpointSkeleton(text) {
  return skeleton(text,
    h('div.figures', {}, Array.from({ length: 4 }, () => h('div.figure', {}, h('span.bone'), h('span.bone.wide')))),
    h('div.card', {}, h('span.bone.chart')));
}

function skeleton(text, ...shapes) {
  return h('div.skeleton', { role: 'status' }, h('span.unseen', {}, `${text}…`), h('div', { 'aria-hidden': 'true' }, shapes));
}

/** What went wrong, and what to do. */
export function faultState(title, { message, status }) {
  return h('div.state.bad', { role: 'alert' }, h('h2', {}, title), h('p', {}, message), h('p.soft', {}, adviceOn(status)));
}

function adviceOn(status) {
  if (status === 401 || status === 403) {
    return 'Sign in by the settings at the top right.';
  }
  return status === null
    ? 'Is the service running, and is the network there? The page keeps trying.'
    : 'The page keeps trying. The log of the service says more.';
}

/** Nothing to show, and why that may be. */
export function noneState(title, ...contents) {
  return h('div.state', {}, h('h2', {}, title), h('p', {}, ...contents));
}
