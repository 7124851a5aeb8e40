/** Why the replicas are what they are: the latest decision with its trail, and the ones before it. */
import { h, setText, syncChildren } from './dom.js';
import { clockTimeWithSeconds, count, fullTime, weekdayTime } from './format.js';

const SHOWN_AT_FIRST = 12;
const MOST_SHOWN = 200;

export class Decisions {
  #outcome = h('p.outcome');
  #when = h('time.soft');
  #trail = h('ol.trail');
  #asked = h('ul.proposals', { 'aria-label': 'What each rule asked for' });
  #earlier = h('ol.earlier');
  #none = h('p.soft', {}, 'No decision yet.');
  #noChange = h('p.soft', { hidden: true }, 'The replicas were not changed in this range.');
  #more = h('button.more', { type: 'button', hidden: true, onclick: () => this.#showAll() });
  #changes = [];
  #isShort = true;
  #shownAt = null;
  element = h('section.card', { 'aria-labelledby': 'decisions-title' },
    h('div.card-head', {}, h('h2', { id: 'decisions-title' }, 'Latest decision'), this.#when),
    this.#none, this.#outcome, this.#trail, this.#asked,
    h('h2.sub', {}, 'Changes in this range'), this.#noChange, this.#earlier, this.#more);

  /**
   * @param {object | null} latest the last cycle's
   * @param {object[]} journal newest first
   */
  draw(latest, journal) {
    this.#drawLatest(latest);
    this.#changes = journal.filter((decision) => decision.replicas !== decision.currentReplicas).slice(0, MOST_SHOWN);
    this.#noChange.hidden = this.#changes.length > 0;
    this.#drawChanges();
  }

  #drawChanges() {
    const shown = this.#isShort ? this.#changes.slice(0, SHOWN_AT_FIRST) : this.#changes;
    syncChildren(this.#earlier, shown, ({ at }) => String(at), createEarlier);
    this.#more.hidden = shown.length === this.#changes.length;
    setText(this.#more, `Show ${this.#changes.length - shown.length} more`);
  }

  #showAll() {
    this.#isShort = false;
    this.#drawChanges();
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

function createEarlier(decision) {
  // The reason that first moved the number; limits come after it.
  const leading = decision.trail.find(({ from, to }) => from !== to) ?? decision.trail.at(0);
  return h('li', {}, h('details', {},
    h('summary', {},
      h('time', { datetime: new Date(decision.at).toISOString(), title: fullTime(decision.at) }, weekdayTime(decision.at)),
      h('span.step', { 'data-way': decision.replicas > decision.currentReplicas ? 'up' : 'down' },
        `${count(decision.currentReplicas)} → ${count(decision.replicas)}`),
      h('span.why', {}, leading?.message ?? '')),
    h('ol.trail', {}, decision.trail.map(reasonItem))));
}
