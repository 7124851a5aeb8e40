/** The score sheets of a demo: how each policy did on the same traffic, at the end of each simulated day. */
import { h, setText, syncChildren } from './dom.js';
import { duration, number, parseInstant, plural, share, weekdayTime, zoneName } from './format.js';
import { titleOf } from './policies.js';

const COLUMNS = [
  ['Policy', 'The rules that chose the replicas'],
  ['Replica-hours', 'What was paid for'],
  ['Violation minutes', 'Minutes in which demand exceeded ready capacity'],
  ['Unserved', 'Requests above ready capacity, over all requests'],
  ['Cost', 'Replica-hours and violations in one figure'],
  ['Regret', "Cost over the oracle's cost, minus 1"],
];

export class ScoreSheets {
  #list = h('div.sheets');
  element = h('section', { hidden: true, 'aria-labelledby': 'score-title' },
    h('h2.section-title', { id: 'score-title' }, 'Score so far'),
    h('p.soft.score-note', {}, 'The same traffic under different rules. The oracle knows the future; target tracking alone is what an HPA does.'),
    this.#list);

  /** @param {object[]} results backtest results, one per trace */
  draw(results) {
    const scored = results.filter((result) => result.scorecard?.length > 0);
    this.element.hidden = scored.length === 0;
    syncChildren(this.#list, scored, (result) => result.trace, createSheet, drawSheet);
  }
}

function createSheet(result) {
  return h('article.card.sheet', {},
    h('h3', {}, result.trace), h('p.sheet-sentence'), h('p.soft.sheet-span'),
    h('div.scroll', { tabindex: '0', role: 'group', 'aria-label': `Score sheet of ${result.trace}` },
      h('table.scores', {},
        h('caption.unseen', {}, 'Score by policy'),
        h('thead', {}, h('tr', {}, COLUMNS.map(([title, meaning]) => h('th', { scope: 'col', title: meaning }, title)))),
        h('tbody'))));
}

function drawSheet(sheet, result) {
  setText(sheet.querySelector('.sheet-sentence'), sentenceOf(result.scorecard));
  const [from, to] = [parseInstant(result.from), parseInstant(result.to)];
  setText(sheet.querySelector('.sheet-span'),
    from === null || to === null ? '' : `${duration(to - from)}, ${weekdayTime(from)} to ${weekdayTime(to)} ${zoneName(to)}`);
  syncChildren(sheet.querySelector('tbody'), result.scorecard, (score) => score.policy, createScore, drawScore);
}

function createScore({ policy }) {
  return h('tr', { class: policy === 'prescale' ? 'ours' : null },
    h('th', { scope: 'row' }, titleOf(policy)), COLUMNS.slice(1).map(() => h('td')));
}

function drawScore(row, score) {
  const texts = [
    number(score.replicaHours, 1),
    number(score.violationMinutes, 0),
    share(score.unservedShare, 2),
    number(score.cost, 1),
    share(score.regret, 0),
  ];
  row.querySelectorAll('td').forEach((cell, index) => setText(cell, texts[index]));
}

/** What the sheet says of us beside the HPA's rules, whichever way it went. */
function sentenceOf(scorecard) {
  const of = (policy) => scorecard.find((score) => score.policy === policy);
  const [ours, theirs] = [of('prescale'), of('hpa')];
  if (ours === undefined || theirs === undefined) {
    return '';
  }
  const minutes = (score) => plural(Math.round(score.violationMinutes), 'minute');
  const spare = ours.replicaHours / theirs.replicaHours - 1;
  const price = !Number.isFinite(spare) || Math.abs(spare) < 0.005
    ? 'with as many replica-hours'
    : `with ${share(Math.abs(spare), spare < 0.1 ? 1 : 0)} ${spare > 0 ? 'more' : 'fewer'} replica-hours`;
  return `Prescale was short of capacity for ${minutes(ours)}, target tracking alone for ${minutes(theirs)}, ${price}.`;
}
