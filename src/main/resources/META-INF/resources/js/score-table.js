/** How policies did, as tables: the score sheet, which can be sorted, and the same at equal service. */
import { h, setAttribute } from './dom.js';
import { number, share, UNKNOWN } from './format.js';

/** `key` is what is sorted by; of every figure less is better. */
const SCORE_COLUMNS = [
  { title: 'Policy', meaning: 'The rules that chose the replicas', key: 'title' },
  { title: 'Replica-hours', meaning: 'What was paid for', key: 'replicaHours', text: (value) => number(value, 1) },
  { title: 'Violation minutes', meaning: 'Minutes in which demand exceeded ready capacity', key: 'violationMinutes', text: (value) => number(value, 0) },
  { title: 'Unserved', meaning: 'Requests above ready capacity, over all requests', key: 'unservedShare', text: (value) => share(value, 3) },
  { title: 'Wait p95', meaning: 'Nine and a half of ten requests wait no longer', key: 'waitP95', text: (value) => (value === null ? UNKNOWN : `${number(value, 2)} s`) },
  { title: 'Scale actions', meaning: 'Changes of the replicas asked for', key: 'scaleActions', text: (value) => number(value, 0) },
  { title: 'Peak', meaning: 'Most ready replicas', key: 'peakReplicas', text: (value) => number(value, 0) },
  { title: 'Cost', meaning: 'Replica-hours and missing ones in one figure, by the ratio of the specification', key: 'cost', text: (value) => number(value, 1) },
  { title: 'Regret', meaning: "Cost over the oracle's cost, minus 1", key: 'regret', text: (value) => share(value, 0) },
];

/** @param {{name: string, title: string, replicaHours: number, violationMinutes: number}[]} scores rows in the order of the result */
export function scoreCard(scores) {
  const columns = SCORE_COLUMNS.filter(({ key }) => key !== 'waitP95' || scores.some(({ waitP95 }) => waitP95 !== null));
  const body = h('tbody', {}, scores.map((score) => row(score, columns.slice(1).map(({ key, text }) => text(score[key])))));
  const rows = [...body.children];
  const heads = columns.map(({ title, meaning }) => h('th', { scope: 'col', title: meaning, 'aria-sort': 'none' },
    h('button.sort', { type: 'button' }, title)));
  heads.forEach((head, index) => head.firstChild.addEventListener('click', () => {
    const isDown = head.getAttribute('aria-sort') === 'ascending';
    heads.forEach((other) => setAttribute(other, 'aria-sort', other !== head ? 'none' : isDown ? 'descending' : 'ascending'));
    const order = rows.map((_, place) => place).sort((a, b) => compare(scores[a][columns[index].key], scores[b][columns[index].key]) * (isDown ? -1 : 1));
    body.append(...order.map((place) => rows[place]));
  }));
  return h('section.card', { 'aria-labelledby': 'score-title' },
    h('h2', { id: 'score-title' }, 'Score sheet'),
    h('p.note', {}, 'The same traffic under different rules. The oracle knows the future; target tracking alone is what an HPA does. A column\'s title sorts by it.'),
    scrolled('Score sheet', heads, body));
}

function compare(a, b) {
  if (typeof a === 'string') {
    return a.localeCompare(b);
  }
  return (a ?? Infinity) - (b ?? Infinity) || 0;
}

/** @param {{name: string, title: string, violationMinutes: number, replicaHours: number | null}[]} rows none without Prescale */
export function equalCard(rows) {
  const ours = rows.find(({ name }) => name === 'prescale');
  const body = h('tbody', {}, rows.map((each) => row(each, [
    each.replicaHours === null ? 'not reached' : number(each.replicaHours, 1),
    number(each.violationMinutes, 0),
    each.replicaHours === null || !(ours?.replicaHours > 0) ? UNKNOWN : signed(each.replicaHours / ours.replicaHours - 1),
  ])));
  return h('section.card', { 'aria-labelledby': 'equal-title' },
    h('h2', { id: 'equal-title' }, 'At equal violation minutes'),
    h('p.note', {}, rows.length === 0
      ? 'Nothing is compared: Prescale is not among the policies.'
      : 'Each policy with its one headroom knob moved until its violation minutes are those of Prescale.'),
    rows.length === 0 ? null : scrolled('At equal violation minutes',
      ['Policy', 'Replica-hours', 'Violation minutes', 'To Prescale'].map((title) => h('th', { scope: 'col' }, title)), body));
}

/** `+3.2 %` */
export function signed(fraction) {
  return `${fraction > 0 ? '+' : ''}${share(fraction, 1)}`;
}

function scrolled(label, heads, body) {
  return h('div.scroll', { tabindex: '0', role: 'group', 'aria-label': label },
    h('table.scores.sheet-table', {}, h('caption.unseen', {}, label), h('thead', {}, h('tr', {}, heads)), body));
}

function row({ name, title }, cells) {
  return h('tr', { class: name === 'prescale' ? 'ours' : null, 'data-policy': name },
    h('th', { scope: 'row' }, h('span.swatch', { 'aria-hidden': 'true' }), title), cells.map((cell) => h('td', {}, cell)));
}
