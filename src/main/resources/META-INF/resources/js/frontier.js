/** What each policy costs against what goes wrong, as it is and with its headroom moved. */
import { h } from './dom.js';
import { count, number, plural } from './format.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';
/** Drawn narrower on a phone, so that its letters stay readable. */
const WIDTH = innerWidth < 640 ? 340 : 560;
const HEIGHT = innerWidth < 640 ? 330 : 380;
const LEFT = 62;
const RIGHT = 20;
const TOP = 16;
const BOTTOM = 46;
const LABEL_HEIGHT = 15;

/** Both are drawn by their logarithms; no violation minute at all is at the lower end. */
const bent = (minutes) => Math.log10(1 + minutes);

/**
 * @param {object} data
 * @param {{name: string, title: string}[]} data.policies
 * @param {{replicaHours: number, violationMinutes: number}[]} data.scorecard a row per policy
 * @param {[number, number, number, number][]} data.frontier place of the policy, headroom, replica-hours, violation minutes
 */
export function frontierChart({ policies, scorecard, frontier }) {
  const asIs = scorecard.map((score, policy) => ({
    policy, headroom: 1, hours: score.replicaHours, minutes: score.violationMinutes,
  }));
  const moved = frontier.map(([policy, headroom, hours, minutes]) => ({ policy, headroom, hours, minutes }));
  const shown = within([...asIs, ...moved], asIs);
  const most = Math.max(...shown.map(({ hours }) => hours));
  const least = Math.min(...shown.map(({ hours }) => hours));
  const [begin, end] = [Math.log(Math.max(least, 0.01)) - 0.05, Math.log(Math.max(most, 0.01)) + 0.05];
  const scale = {
    x: (hours) => LEFT + ((Math.log(Math.max(hours, 0.01)) - begin) / (end - begin)) * (WIDTH - LEFT - RIGHT),
    y: (minutes) => HEIGHT - BOTTOM - (bent(minutes) / bent(Math.max(9, ...shown.map((point) => point.minutes)))) * (HEIGHT - TOP - BOTTOM),
  };
  const element = svg('svg', { class: 'frontier', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img',
    'aria-label': 'Replica-hours against violation minutes of every policy; the score sheet has the figures' });
  element.append(...grid(scale, least, most, shown), ...policies.map((look, policy) => curve(look, shown.filter((point) => point.policy === policy), scale)));
  const dots = shown.map((point) => dot(policies[point.policy], point, scale));
  element.append(...dots, ...labels(policies, asIs.filter((point) => shown.includes(point)), scale));
  return element;
}

/** A search begins far out: what costs far more or goes far more wrong than any policy as it is would squeeze the rest. */
function within(points, asIs) {
  const hours = Math.max(...asIs.map((point) => point.hours)) * 1.15;
  const minutes = Math.max(30, ...asIs.map((point) => point.minutes)) * 3;
  return points.filter((point) => point.hours <= hours && point.minutes <= minutes);
}

function grid(scale, least, most, shown) {
  const lines = [];
  const top = Math.max(9, ...shown.map(({ minutes }) => minutes));
  for (const minutes of [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 100_000].filter((value) => value <= top)) {
    const y = scale.y(minutes);
    lines.push(svg('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y }), text(LEFT - 8, y + 4, count(minutes), 'end'));
  }
  for (const hours of roundSteps(least, most)) {
    const x = scale.x(hours);
    lines.push(svg('line', { class: 'grid', x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM }), text(x, HEIGHT - BOTTOM + 17, count(hours), 'middle'));
  }
  lines.push(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, 'replica-hours', 'middle'));
  const side = text(14, (TOP + HEIGHT - BOTTOM) / 2, 'violation minutes', 'middle');
  side.setAttribute('transform', `rotate(-90 14 ${(TOP + HEIGHT - BOTTOM) / 2})`);
  return [...lines, side];
}

/** Round figures that lie far enough apart on a logarithmic axis. */
function roundSteps(least, most) {
  const steps = [];
  for (let power = 10 ** Math.floor(Math.log10(Math.max(least, 0.01))); power <= most; power *= 10) {
    steps.push(...[1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].map((factor) => factor * power).filter((value) => value >= least && value <= most));
  }
  if (steps.length < 2) {
    return [least, most].filter((value, index, both) => both.indexOf(value) === index);
  }
  const every = Math.max(1, Math.ceil(steps.length / (WIDTH / 90)));
  return steps.filter((_, index) => index % every === 0);
}

function curve({ name }, points, scale) {
  const inOrder = [...points].sort((a, b) => a.headroom - b.headroom);
  const path = inOrder.map(({ hours, minutes }, index) => `${index === 0 ? 'M' : 'L'}${scale.x(hours).toFixed(1)} ${scale.y(minutes).toFixed(1)}`);
  return svg('path', { d: path.join(''), 'data-policy': name });
}

function dot({ name, title }, { hours, minutes, headroom }, scale) {
  const element = svg('circle', {
    cx: scale.x(hours), cy: scale.y(minutes), r: headroom === 1 ? 5.5 : 3, class: headroom === 1 ? null : 'moved', 'data-policy': name,
  });
  const what = headroom === 1 ? title : `${title}, headroom × ${number(headroom, 2)}`;
  element.append(svg('title', {}, `${what}: ${number(hours, 1)} replica-hours, ${plural(Math.round(minutes), 'violation minute')}`));
  return element;
}

/** Beside its dot, moved up or down where it would stand on another. */
function labels(policies, points, scale) {
  const taken = [];
  return points.map(({ policy, hours, minutes }) => {
    const x = scale.x(hours);
    const isRight = x > WIDTH * 0.65;
    const isFree = (y) => y >= 12 && y < HEIGHT - BOTTOM + 8 && !taken.some((other) => Math.abs(other.y - y) < LABEL_HEIGHT && Math.abs(other.x - x) < 140);
    const near = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5].map((lines) => scale.y(minutes) + 4 + lines * LABEL_HEIGHT);
    const y = near.find(isFree) ?? near[0];
    taken.push({ x, y });
    const label = text(x + (isRight ? -10 : 10), y, policies[policy].title, isRight ? 'end' : 'start');
    label.setAttribute('class', 'point-name');
    label.dataset.policy = policies[policy].name;
    return label;
  });
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children);
  return element;
}

function text(x, y, content, anchor) {
  return svg('text', { x, y, 'text-anchor': anchor }, content);
}

export function frontierCard(data) {
  return h('section.card', { 'aria-labelledby': 'frontier-title' },
    h('h2', { id: 'frontier-title' }, 'Cost and violations'),
    h('p.note', {}, 'Full dots are the policies as they are; rings are the same with more or less headroom. Lower left is better; both axes are logarithmic.'),
    frontierChart(data));
}
