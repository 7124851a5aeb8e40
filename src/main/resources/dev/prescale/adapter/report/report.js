/** Draws the report from the data that stands beside it. Text goes in as text nodes: nothing a user named is read as markup. */
import { h } from './dom.js';
import { frontierCard } from './frontier.js';
import { ReplayChart } from './replay-chart.js';
import { MomentTrail } from './report-trail.js';
import { equalCard, scoreCard } from './score-table.js';

function report(data) {
  const trail = new MomentTrail(data);
  const chart = new ReplayChart({
    policies: data.policies,
    focus: 'prescale',
    range: { from: data.from, to: data.from + data.demand.length * data.step },
    onMoment: (seconds) => trail.look(seconds),
  });
  document.body.classList.add('report');
  document.querySelector('#view').append(
    head(data),
    data.advice.length === 0 ? '' : adviceCard(data.advice),
    scoreCard(data.scorecard.map((score, policy) => ({ ...data.policies[policy], ...score }))),
    h('div.pair', {}, frontierCard(data), equalCard(equalRows(data))),
    chart.element,
    trail.element,
    data.specText === null ? '' : specCard(data.specText),
    h('section.card', { 'aria-labelledby': 'again-title' },
      h('h2', { id: 'again-title' }, 'Run it again'), h('pre.wrapped', {}, data.command),
      h('p.note', {}, 'The same trace, options and seed give the same result, to the last bit.')));
  chart.show(pointsOf(data));
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

/** The demand of the data and its lines, of which only the changes are told, as one value per point. */
function pointsOf({ from, step, demand, ready, sustained, resolution }) {
  const lines = ready.map((changes) => {
    const replicas = new Array(demand.length).fill(0);
    for (let change = 0; change < changes.length; change += 2) {
      replicas.fill(changes[change + 1], changes[change], changes[change + 2] ?? demand.length);
    }
    return { ready: replicas, sustained: replicas.map((value) => sustained[value] ?? null) };
  });
  return { start: from, step, demand, lines, resolution };
}

function equalRows({ policies, equalService }) {
  return equalService.map(([policy, violationMinutes, replicaHours]) => ({ ...policies[policy], violationMinutes, replicaHours }));
}

function specCard(text) {
  return h('details.card', {}, h('summary', {}, 'Specification'), h('pre', {}, text));
}

report(JSON.parse(document.querySelector('#data').textContent));
