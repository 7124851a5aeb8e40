/** The button that holds an endpoint's replicas, or lets decisions act again: only after it has said what will happen. */
import { postPausing } from './api.js';
import { h, setText } from './dom.js';
import { count, plural } from './format.js';

export class Pausing {
  #id;
  #endpoint = null;
  #action = 'pause';
  #button = h('button.button', { type: 'button', hidden: true, onclick: () => this.#ask() });
  #title = h('h2', { id: 'pausing-title' });
  #text = h('p', { id: 'pausing-text' });
  #reason = h('input', { id: 'pausing-reason', name: 'reason', maxlength: '200', autocomplete: 'off' });
  #reasonRow = h('div', {}, h('label', { for: 'pausing-reason' }, 'Reason, for the others (optional)'), this.#reason);
  #fault = h('p.form-error', { role: 'alert', hidden: true });
  #confirm = h('button.button.primary', { type: 'submit' });
  #spoken = h('span.unseen', { role: 'status' });
  #dialog = h('dialog.dialog', { 'aria-labelledby': 'pausing-title', 'aria-describedby': 'pausing-text' },
    h('form', { method: 'dialog', onsubmit: (event) => this.#submit(event) },
      this.#title, this.#text, this.#reasonRow, this.#fault,
      h('div.form-actions', {},
        h('button.button', { type: 'button', onclick: () => this.#dialog.close() }, 'Cancel'), this.#confirm)));
  element = h('div.pausing', {}, this.#button, this.#spoken, this.#dialog);

  constructor(id) {
    this.#id = id;
  }

  draw(endpoint) {
    this.#endpoint = endpoint;
    this.#button.hidden = false;
    setText(this.#button, endpoint.paused ? 'Resume…' : 'Pause…');
  }

  #ask() {
    const { name, paused } = this.#endpoint;
    this.#action = paused ? 'resume' : 'pause';
    setText(this.#title, `${paused ? 'Resume' : 'Pause'} ${name}?`);
    setText(this.#text, paused ? resumeText(this.#endpoint) : pauseText(this.#endpoint));
    setText(this.#confirm, paused ? 'Resume' : 'Pause');
    this.#reason.value = '';
    this.#showFault('');
    this.#dialog.showModal();
    (paused ? this.#confirm : this.#reason).focus();
  }

  async #submit(event) {
    event.preventDefault();
    this.#confirm.disabled = true;
    try {
      await postPausing(this.#id, this.#action, this.#reason.value.trim());
      this.#dialog.close();
      setText(this.#spoken, `${this.#action === 'pause' ? 'Paused' : 'Resumed'}; it shows after the next cycle.`);
    } catch (fault) {
      this.#showFault(fault.message);
    } finally {
      this.#confirm.disabled = false;
    }
  }

  #showFault(text) {
    setText(this.#fault, text);
    this.#fault.hidden = text === '';
  }
}

function pauseText({ mode, currentReplicas }) {
  const kept = currentReplicas === null ? 'The replicas there are stay' : `It keeps the ${plural(currentReplicas, 'replica')} it has`;
  const rest = 'Decisions go on being made and journalled, but nothing is carried out, up or down, until somebody resumes it.';
  switch (mode) {
    case 'Observe':
      return `It only observes, so nothing changes for its workload. ${rest}`;
    case 'HpaFloor':
      return `A raised minimum of the HPA is given back, and the HPA alone scales. ${rest}`;
    default:
      return `${kept}. ${rest}`;
  }
}

function resumeText({ currentReplicas, recommendedReplicas }) {
  const asked = recommendedReplicas === null
    ? ''
    : ` It has ${count(currentReplicas)} now; the rules ask for ${count(recommendedReplicas)}.`;
  return `Decisions are carried out again from the next cycle on.${asked}`;
}
