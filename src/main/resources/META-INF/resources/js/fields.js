/** Parts of forms: every input has its label, its hint and its faults beside it, for eyes and for screen readers. */
import { h, setAttribute } from './dom.js';

let fields = 0;

/**
 * A labelled control.
 *
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [hint]
 */
export function field(label, control, hint) {
  const id = `field-${++fields}`;
  control.id = id;
  if (hint !== undefined) {
    control.setAttribute('aria-describedby', `${id}-hint`);
  }
  return h('div.field', {}, h('label', { for: id }, label), control,
    hint === undefined ? null : h('span.soft', { id: `${id}-hint` }, hint));
}

/** A row of radio buttons that look like tabs; `onchange` gets the value. */
export function radioRow(name, legend, options, onchange) {
  return h('fieldset.ranges', { role: 'radiogroup', 'aria-label': legend },
    options.map(({ value, title }, index) => h('label', {},
      h('input', { type: 'radio', name, value, checked: index === 0, onchange: () => onchange(value) }),
      h('span', {}, title))));
}

/** Faults in sentences, read out when they come. */
export class FaultList {
  #list = h('ul.faults');
  element = h('div', { role: 'alert', hidden: true }, this.#list);

  /** @param {(string | Element)[]} faults none hides it */
  show(faults) {
    this.element.hidden = faults.length === 0;
    this.#list.replaceChildren(...faults.map((fault) => h('li', {}, fault)));
  }
}

export function markInvalid(control, isInvalid) {
  setAttribute(control, 'aria-invalid', isInvalid ? 'true' : null);
}

/** What a call that failed is told as: every fault of the input, or why there was no answer. */
export function faultsOf({ message, violations, status, retryAfter }) {
  if (violations?.length > 0) {
    return violations.map(({ path, value, message: allowed }) =>
      `${path === '' ? 'The request' : path} ${allowed}${value === null || value === undefined ? '' : `, was ${value}`}`);
  }
  if (status === 429 || status === 503) {
    return [`${message} Try again in ${retryAfter ? `${Math.ceil(retryAfter / 1000)} s` : 'a moment'}.`];
  }
  return [message];
}
