/** Why the replicas are what they are: the latest decision with its trail, and the ones before it. */
import { h, setText, syncChildren } from './dom.js';
import { clockTimeWithSeconds, count, fullTime, recentTime } from './format.js';

/** The reason codes of the service, in the order in which rules and limits speak. */
const CODES = [
  'TargetTracking', 'PresentLoad', 'ForecastPreScale', 'ForecastMissed', 'ForecastHold', 'Step', 'Schedule', 'WithinTolerance',
  'ScaleUpStabilized', 'ScaleDownStabilized', 'ScaleUpLimited', 'ScaleDownLimited', 'BelowMinimum', 'AboveMaximum', 'MaximumRaised',
  'RolloutHold', 'Cooldown', 'Paused', 'NoData', 'StaleData', 'HistoryFailed', 'ForecastDistrusted', 'ForecastUnavailable', 'Fallback',
  'AfterRestart', 'ScaleInNotUnanimous',
];

export class Decisions {
  #outcome = h('p.outcome');
  #when = h('time.soft');
  #trail = h('ol.trail');
  #asked = h('ul.proposals', { 'aria-label': 'What each rule asked for' });
  #earlier = h('ol.earlier', { 'aria-label': 'Earlier decisions, newest first' });
  #none = h('p.soft', {}, 'No decision yet.');
  #noEarlier = h('p.soft', { hidden: true });
  #more = h('button.button.small', { type: 'button', hidden: true }, 'Show earlier');
  #code = h('select', { id: 'code' }, h('option', { value: '' }, 'Any reason'), CODES.map((code) => h('option', { value: code }, code)));
  #changed = h('input', { type: 'checkbox', checked: true });
  #shownAt = null;
  element = h('section.card', { 'aria-labelledby': 'decisions-title' },
    h('div.card-head', {}, h('h2', { id: 'decisions-title' }, 'Latest decision'), this.#when),
    this.#none, this.#outcome, this.#trail, this.#asked,
    h('div.card-head.sub', {}, h('h2', {}, 'Earlier decisions'),
      h('div.filters', {}, h('label.unseen', { for: 'code' }, 'With reason'), this.#code,
        h('label.toggle', {}, this.#changed, h('span', {}, 'Changes only')))),
    this.#noEarlier, this.#earlier, this.#more);

  /**
   * @param {object} listeners
   * @param {() => void} listeners.onFilter other decisions are wanted: see `code` and `changedOnly`
   * @param {() => void} listeners.onMore a page further back is wanted
   */
  constructor({ onFilter, onMore }) {
    this.#code.addEventListener('change', onFilter);
    this.#changed.addEventListener('change', onFilter);
    this.#more.addEventListener('click', onMore);
  }

  get code() {
    return this.#code.value;
  }

  get changedOnly() {
    return this.#changed.checked;
  }

  /**
   * @param {object | null} latest the last cycle's
   * @param {import('./decision-pages.js').DecisionPages} pages
   */
  draw(latest, pages) {
    this.#drawLatest(latest);
    const { decisions, hasMore } = pages;
    this.#noEarlier.hidden = decisions.length > 0;
    setText(this.#noEarlier, this.code === '' && this.changedOnly
      ? 'No change of the replicas is journalled up to this time.'
      : 'No decision like that is journalled up to this time.');
    syncChildren(this.#earlier, decisions, ({ at }, index) => `${at}/${decisions[index - 1]?.at === at ? index : ''}`,
      (decision) => createEarlier(decision, latest?.at ?? decision.at));
    this.#more.hidden = !hasMore;
  }

  #drawLatest(decision) {
    this.#none.hidden = decision !== null;
    if (decision === null || decision.at === this.#shownAt) {
      return;
    }
    this.#shownAt = decision.at;
    setText(this.#when, clockTimeWithSeconds(decision.at));
    this.#when.dateTime = new Date(decision.at).toISOString();
    this.#when.title = fullTime(decision.at);
    setText(this.#outcome, outcomeOf(decision));
    this.#trail.replaceChildren(...decision.trail.map(reasonItem));
    this.#asked.replaceChildren(...decision.proposals.map(proposalItem));
  }
}

export function outcomeOf({ action, currentReplicas, replicas, acted, notActedReason }) {
  if (action !== 'ScaleTo') {
    return `Hold ${count(replicas)}`;
  }
  const change = `Scale from ${count(currentReplicas)} to ${count(replicas)}`;
  return acted === false && notActedReason ? `${change}, not carried out: ${notActedReason}` : change;
}

export function reasonItem({ code, from, to, message }) {
  return h('li', {},
    h('p', {}, message),
    h('p.reason-foot', {}, h('code', {}, code), from === to ? null : h('span.soft', {}, ` ${count(from)} → ${count(to)}`)));
}

export function proposalItem({ rule, replicas, reason }) {
  return h('li', {}, h('span.soft', {}, `${rule} `), replicas === null || replicas === undefined ? (reason ?? 'abstained') : count(replicas));
}

function createEarlier(decision, now) {
  // The reason that first moved the number; limits come after it.
  const leading = decision.trail.find(({ from, to }) => from !== to) ?? decision.trail.at(0);
  const { replicas, currentReplicas } = decision;
  const isChange = replicas !== currentReplicas;
  return h('li', {}, h('details', {},
    h('summary', {},
      h('time', { datetime: new Date(decision.at).toISOString(), title: fullTime(decision.at) }, recentTime(decision.at, now)),
      h('span.step', { 'data-way': isChange ? (replicas > currentReplicas ? 'up' : 'down') : 'none' },
        isChange ? `${count(currentReplicas)} → ${count(replicas)}` : `stays ${count(replicas)}`),
      h('span.why', {}, leading?.message ?? '')),
    h('ol.trail', {}, decision.trail.map(reasonItem))));
}
