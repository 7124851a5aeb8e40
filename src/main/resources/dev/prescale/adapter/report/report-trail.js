/** The decision that was in force at any moment, and why. */
import { h } from './dom.js';
import { fullTime, plural } from './format.js';
import { Moment } from './moment.js';

export class MomentTrail {
  #data;
  #seconds = null;
  #shown = null;
  #moment;
  #select;
  element;

  constructor(data) {
    this.#data = data;
    this.#select = h('select', { 'aria-label': 'Policy', onchange: () => this.#draw() },
      data.trails.map(({ policy }) => h('option', { value: policy, selected: data.policies[policy].name === 'prescale' }, data.policies[policy].title)));
    this.#moment = new Moment(this.#select);
    this.element = this.#moment.element;
    this.element.hidden = data.trails.length === 0;
  }

  /** @param {number} seconds since the epoch */
  look(seconds) {
    if (seconds !== this.#seconds) {
      this.#seconds = seconds;
      this.#draw();
    }
  }

  #draw() {
    const trail = this.#data.trails.find(({ policy }) => policy === Number(this.#select.value));
    if (trail === undefined || this.#seconds === null) {
      return;
    }
    const index = lastAt(trail.entries, this.#seconds - this.#data.from);
    const entry = trail.entries[index];
    if (entry === this.#shown && entry !== undefined) {
      return;
    }
    this.#shown = entry;
    if (entry === undefined) {
      this.#moment.say(`Nothing had been decided at ${fullTime(this.#seconds * 1000)}.`);
      return;
    }
    const decision = this.#decision(entry);
    this.#moment.show(decision, trail.resolution * 1000, this.#changeBefore(trail.entries, index, decision));
  }

  /** For a decision that held, the last one that did not. */
  #changeBefore(entries, index, decision) {
    if (decision.action === 'ScaleTo') {
      return '';
    }
    for (let earlier = index - 1; earlier >= 0; earlier--) {
      const changed = this.#decision(entries[earlier]);
      if (changed.action === 'ScaleTo') {
        return `${plural(changed.replicas, 'replica')} since ${fullTime(changed.at)}: ${changed.trail.map(({ message }) => message).join('; ')}`;
      }
    }
    return '';
  }

  #decision([at, currentReplicas, replicas, recommended, proposals, trail]) {
    const { from, texts } = this.#data;
    return {
      at: (from + at) * 1000,
      action: replicas === currentReplicas ? 'Hold' : 'ScaleTo',
      currentReplicas,
      replicas,
      recommended,
      proposals: proposals.map(([rule, asked, reason]) => ({ rule: texts[rule], replicas: asked, reason: texts[reason] })),
      trail: trail.map(([code, fromReplicas, to, message]) => ({ code: texts[code], from: fromReplicas, to, message: texts[message] })),
    };
  }
}

/** Index of the last entry at or before a time, -1 where there is none. */
function lastAt(entries, seconds) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle][0] <= seconds) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}
