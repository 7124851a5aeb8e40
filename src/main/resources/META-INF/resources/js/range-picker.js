/** Chooses which time the charts show: presets that follow now, two ends, and zoom by buttons. */
import { h, setText } from './dom.js';
import { fieldTime, parseFieldTime, zoneName } from './format.js';
import { PRESETS, faultOf } from './time-window.js';

export class RangePicker {
  #onWindow;
  #at = null;
  #presets = PRESETS.map(({ name, title }) => ({
    name,
    title,
    input: h('input', { type: 'radio', name: 'range', onchange: () => this.#onWindow({ preset: name }) }),
  }));
  #from = h('input', { type: 'datetime-local', id: 'from', 'aria-describedby': 'range-fault' });
  #to = h('input', { type: 'datetime-local', id: 'to', 'aria-describedby': 'range-fault' });
  #zone = h('span.soft');
  #fault = h('p.form-error', { id: 'range-fault', role: 'alert', hidden: true });
  #follow = h('button.button.small', { type: 'button', hidden: true }, 'Back to now');
  #own = h('form.own-range', { popover: 'auto', id: 'own-range', 'aria-label': 'Times to show', novalidate: true, onsubmit: (event) => this.#submit(event) },
    h('label', { for: 'from' }, 'From'), this.#from,
    h('label', { for: 'to' }, 'To'), this.#to,
    this.#fault,
    h('div.form-actions', {}, this.#zone, h('button.button.primary', { type: 'submit' }, 'Show')));

  /**
   * @param {(window: import('./time-window.js').Window) => void} onWindow
   * @param {{zoom: (factor: number) => void, reset: () => void}} gestures
   */
  constructor(onWindow, { zoom, reset }) {
    this.#onWindow = onWindow;
    this.#follow.addEventListener('click', reset);
    this.element = h('div.range-picker', {},
      this.#follow,
      h('fieldset.ranges', {}, h('legend.unseen', {}, 'Range'),
        this.#presets.map(({ title, input }) => h('label', {}, input, h('span', {}, title)))),
      h('button.button.small', { type: 'button', popovertarget: 'own-range' }, 'From, to'), this.#own,
      h('div.zoom-buttons', { role: 'group', 'aria-label': 'Zoom' },
        h('button.icon-button', { type: 'button', 'aria-label': 'Zoom out', onclick: () => zoom(2) }, '−'),
        h('button.icon-button', { type: 'button', 'aria-label': 'Zoom in', onclick: () => zoom(0.5) }, '+')));
    this.#own.addEventListener('toggle', ({ newState }) => newState === 'open' && this.#fill());
  }

  /**
   * @param {import('./time-window.js').Window} window
   * @param {{from: number, to: number}} span that it is now
   */
  draw(window, span, at) {
    this.#span = span;
    this.#at = at;
    this.#presets.forEach(({ name, input }) => {
      input.checked = name === window.preset;
    });
    this.#follow.hidden = window.preset !== undefined;
  }

  #span = null;

  #fill() {
    if (this.#span !== null) {
      this.#from.value = fieldTime(this.#span.from);
      this.#to.value = fieldTime(this.#span.to);
      setText(this.#zone, `Times in ${zoneName(this.#span.to)}`);
      this.#show(null);
    }
    this.#from.focus();
  }

  #submit(event) {
    event.preventDefault();
    const from = parseFieldTime(this.#from.value);
    const to = parseFieldTime(this.#to.value);
    const fault = faultOf(from, to, this.#at);
    this.#show(fault);
    if (fault === null) {
      this.#own.hidePopover();
      this.#onWindow({ from, to });
    }
  }

  #show(fault) {
    this.#fault.hidden = fault === null;
    setText(this.#fault, fault ?? '');
    [this.#from, this.#to].forEach((input) => input.setAttribute('aria-invalid', String(fault !== null)));
  }
}
