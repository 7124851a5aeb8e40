/** Draws the report from the data that stands beside it. Text goes in as text nodes: nothing a user named is read as markup. */
import { h } from './dom.js';
import { number, share } from './format.js';
import { frontierCard } from './report-frontier.js';
import { ReplayChart } from './report-replay.js';
import { MomentTrail } from './report-trail.js';

const COLUMNS = [
  ['Policy', 'The rules that chose the replicas'],
  ['Replica-hours', 'What was paid for'],
  ['Violation minutes', 'Minutes in which demand exceeded ready capacity'],
  ['Unserved', 'Requests above ready capacity, over all requests'],
  ['Wait p95', 'Nine and a half of ten requests wait no longer'],
  ['Scale actions', 'Changes of the replicas asked for'],
  ['Peak', 'Most ready replicas'],
  ['Cost', 'Replica-hours and missing ones in one figure, by the ratio of the specification'],
  ['Regret', "Cost over the oracle's cost, minus 1"],
];

function report(data) {
  const trail = new MomentTrail(data);
  const chart = new ReplayChart(data, (seconds) => trail.look(seconds));
  document.body.classList.add('report');
  document.head.append(h('style', {}, looks(data.policies)));
  document.querySelector('#view').append(
    head(data),
    data.advice.length === 0 ? '' : adviceCard(data.advice),
    scoreCard(data),
    h('div.pair', {}, frontierCard(data), equalCard(data)),
    chart.element,
    trail.element,
    data.specText === null ? '' : specCard(data.specText),
    h('section.card', { 'aria-labelledby': 'again-title' },
      h('h2', { id: 'again-title' }, 'Run it again'), h('pre.wrapped', {}, data.command),
      h('p.note', {}, 'The same trace, options and seed give the same result, to the last bit.')));
  chart.draw();
}

/** The colour of each policy, in both schemes. */
function looks(policies) {
  const rules = (of) => policies.map((look, index) => `[data-policy="${CSS.escape(look.name)}"]{--own:${of(look)}}`).join('');
  return `${rules(({ color }) => color)}@media (prefers-color-scheme: dark){${rules(({ dark }) => dark)}}`;
}

function head({ trace, facts, notes }) {
  return h('div.page-head', {},
    h('h1', {}, trace),
    h('dl.facts-line', {}, facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    notes.length === 0 ? null : h('ul.spec-faults', {}, notes.map((note) => h('li', {}, note))));
}

function adviceCard(advice) {
  return h('section.card', { 'aria-label': 'Advice' }, h('ul.advice', {}, advice.map((sentence) => h('li', {}, sentence))));
}

function table(label, columns, rows) {
  return h('div.scroll', { tabindex: '0', role: 'group', 'aria-label': label },
    h('table.scores', {},
      h('thead', {}, h('tr', {}, columns.map(([title, meaning]) => h('th', { scope: 'col', title: meaning }, title)))),
      h('tbody', {}, rows)));
}

function row({ name, title }, cells) {
  return h('tr', { class: name === 'prescale' ? 'ours' : null, 'data-policy': name },
    h('th', { scope: 'row' }, h('span.swatch', { 'aria-hidden': 'true' }), title), cells.map((cell) => h('td', {}, cell)));
}

function scoreCard({ policies, scorecard }) {
  const waits = scorecard.some(({ waitP95 }) => waitP95 !== null);
  const isShown = (index) => waits || COLUMNS[index][0] !== 'Wait p95';
  const rows = scorecard.map((score, policy) => row(policies[policy], [
    number(score.replicaHours, 1),
    number(score.violationMinutes, 0),
    share(score.unservedShare, 3),
    score.waitP95 === null ? '–' : `${number(score.waitP95, 2)} s`,
    number(score.scaleActions, 0),
    number(score.peakReplicas, 0),
    number(score.cost, 1),
    share(score.regret, 0),
  ].filter((_, index) => isShown(index + 1))));
  return h('section.card', { 'aria-labelledby': 'score-title' },
    h('h2', { id: 'score-title' }, 'Score sheet'),
    h('p.note', {}, 'The same traffic under different rules. The oracle knows the future; target tracking alone is what an HPA does.'),
    table('Score sheet', COLUMNS.filter((_, index) => isShown(index)), rows));
}

function equalCard({ policies, equalService }) {
  const ours = equalService.find(([policy]) => policies[policy].name === 'prescale');
  const rows = equalService.map(([policy, minutes, hours]) => row(policies[policy], [
    hours === null ? 'not reached' : number(hours, 1),
    number(minutes, 0),
    hours === null || ours === undefined || ours[2] === 0 ? '–' : signed(hours / ours[2] - 1),
  ]));
  return h('section.card', { 'aria-labelledby': 'equal-title' },
    h('h2', { id: 'equal-title' }, 'At equal violation minutes'),
    h('p.note', {}, rows.length === 0
      ? 'Nothing is compared: Prescale is not among the policies.'
      : 'Each policy with its one headroom knob moved until its violation minutes are those of Prescale.'),
    rows.length === 0 ? null : table('At equal violation minutes', [['Policy'], ['Replica-hours'], ['Violation minutes'], ['To Prescale']], rows));
}

function signed(fraction) {
  return `${fraction > 0 ? '+' : ''}${share(fraction, 1)}`;
}

function specCard(text) {
  return h('details.card', {}, h('summary', {}, 'Specification'), h('pre', {}, text));
}

report(JSON.parse(document.querySelector('#data').textContent));
