/** The decision that was in force at one moment, and why. */
import { outcomeOf, proposalItem, reasonItem } from './decisions.js';
import { h, setText } from './dom.js';
import { count, duration, fullTime } from './format.js';

const NEXT_TO_NOTHING = 60_000;

export class Moment {
  #when = h('span.soft');
  #outcome = h('p.outcome');
  #trail = h('ol.trail');
  #asked = h('ul.proposals', { 'aria-label': 'What each rule asked for' });
  #change = h('p.note');
  element;

  /** @param {...Element} beside the title */
  constructor(...beside) {
    this.element = h('section.card', { 'aria-labelledby': 'moment-title' },
      h('div.card-head', {}, h('h2', { id: 'moment-title' }, 'Why then?'), ...beside),
      this.#when, this.#outcome, this.#trail, this.#asked, this.#change);
  }

  /**
   * @param {object} decision with `at` in milliseconds
   * @param {number} resolution milliseconds that a decision which was not kept may lie from one that was
   * @param {string} [change] a sentence about what went before
   */
  show(decision, resolution, change = '') {
    setText(this.#when, `Decided at ${fullTime(decision.at)}${resolution > NEXT_TO_NOTHING ? `, the last of its kind in ${duration(resolution)}` : ''}`);
    setText(this.#outcome, `${outcomeOf(decision)}${decision.recommended === decision.replicas ? '' : `, where the rules asked for ${count(decision.recommended)}`}`);
    this.#trail.replaceChildren(...decision.trail.map(reasonItem));
    this.#asked.replaceChildren(...decision.proposals.map(proposalItem));
    setText(this.#change, change);
  }

  /** Nothing to tell but a sentence. */
  say(sentence) {
    setText(this.#when, sentence);
    [this.#outcome, this.#trail, this.#asked, this.#change].forEach((element) => element.replaceChildren());
  }
}
