/** The specification editor: text with its faults as they are made, and what it would have done to the last week. */
import { getSpecification, validateSpecification } from './backtest-calls.js';
import { CodeEditor } from './code-editor.js';
import { h, setAttribute, setText } from './dom.js';
import { field } from './fields.js';
import { plural } from './format.js';
import { save } from './save.js';
import { draft } from './specification-draft.js';
import { EXAMPLES } from './specification-examples.js';
import { SpecificationPreview } from './specification-preview.js';

const QUIET_MILLIS = 300;
const RETRY_MILLIS = 5_000;

export class SpecificationView {
  #editor = new CodeEditor('Specification as YAML', (text) => this.#changed(text));
  #summary = h('p.verdict', { role: 'status', 'aria-live': 'polite', 'data-state': 'checking' }, 'Checking…');
  #faults = h('ol.fault-links');
  #names = h('datalist', { id: 'specification-endpoints' });
  #endpoint = h('input', { type: 'text', list: 'specification-endpoints', autocomplete: 'off', spellcheck: 'false', placeholder: 'namespace/name' });
  #loadState = h('p.note', { role: 'status' });
  #preview = new SpecificationPreview(() => this.#editor.text);
  #known = null;
  #timer;
  #check = null;
  #loading = null;

  /** @param {URLSearchParams} query `endpoint` whose specification is begun with */
  constructor(parent, query) {
    parent.replaceChildren(
      h('div.page-head', {},
        h('h1', {}, 'Specification'),
        h('p.soft', {}, 'Write one, see what is wrong with it at once, and what it would have done to the last week. ',
          h('strong', {}, 'This page changes nothing'), ': files and the cluster are the source of truth. Take the text with you, then ',
          h('code', {}, 'kubectl apply -f'), ' it or put it into the folder of specifications.')),
      h('div.editor-columns', {},
        h('section.card.editor-card', { 'aria-label': 'Editor' }, this.#bar(), this.#loadState, this.#editor.element, this.#end()),
        h('section.card', { 'aria-labelledby': 'faults-title' }, h('h2', { id: 'faults-title' }, 'Check'), this.#summary, this.#faults)),
      this.#preview.element);
    const endpoint = query.get('endpoint');
    if (endpoint !== null && (draft.endpoint !== endpoint || draft.text === '')) {
      this.#endpoint.value = endpoint;
      this.#tell('unknown', 'Once the text is here.', []);
      this.#load(endpoint);
    } else {
      this.#endpoint.value = draft.endpoint ?? '';
      this.#begin(draft.text === '' ? EXAMPLES[0].text : draft.text);
    }
  }

  draw({ fleet }) {
    this.#preview.at(fleet?.at ?? null);
    const names = fleet?.endpoints.map(({ key }) => key) ?? null;
    if (names === null || names.join() === this.#known?.join()) {
      return;
    }
    this.#known = names;
    this.#names.replaceChildren(...names.map((name) => h('option', { value: name })));
    this.#preview.offer(fleet.endpoints);
    if (names.length === 0 && this.#loadState.textContent === '') {
      setText(this.#loadState, 'No endpoint runs here: begin with an example.');
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#endLoading();
    this.#check?.abort();
    this.#preview.close();
  }

  #bar() {
    const example = h('select', {}, EXAMPLES.map(({ name, title }) => h('option', { value: name }, title)));
    const load = () => this.#load(this.#endpoint.value.trim());
    this.#endpoint.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        load();
      }
    });
    return h('div.editor-bar', {}, this.#names,
      h('div.bar-part', {}, field('In force', this.#endpoint), h('button.button', { type: 'button', onclick: load }, 'Load')),
      h('div.bar-part', {}, field('Example', example), h('button.button', { type: 'button', onclick: () => {
        this.#endLoading();
        this.#editor.replace(EXAMPLES.find(({ name }) => name === example.value).text);
        draft.endpoint = null;
        setText(this.#loadState, 'An example; undo brings back what was there.');
      } }, 'Use')));
  }

  #end() {
    const copied = h('span.soft.note', { role: 'status' });
    return h('div.form-end', {},
      h('button.button', { type: 'button', onclick: async () => {
        try {
          await navigator.clipboard.writeText(this.#editor.text);
          setText(copied, 'Copied.');
        } catch {
          setText(copied, 'This browser does not let the page copy: select the text and copy it.');
        }
      } }, 'Copy'),
      h('button.button', { type: 'button', onclick: () => save(new Blob([this.#editor.text], { type: 'application/yaml' }), this.#fileName()) }, 'Download'),
      copied);
  }

  #fileName() {
    return `${(this.#preview.endpoint ?? 'specification').replace('/', '-')}.yaml`;
  }

  #begin(text) {
    this.#editor.begin(text);
    this.#changed(text);
  }

  /** Nobody edits meanwhile what is about to be replaced. */
  async #load(endpoint) {
    if (!/^[^/]+\/[^/]+$/.test(endpoint)) {
      setText(this.#loadState, 'Name an endpoint as namespace/name.');
      return;
    }
    this.#endLoading();
    const loading = new AbortController();
    this.#loading = loading;
    this.#editor.isLocked = true;
    setText(this.#loadState, `Loading the specification of ${endpoint}…`);
    try {
      const text = await getSpecification(endpoint, loading.signal);
      loading.signal.throwIfAborted();
      this.#endLoading();
      this.#editor.replace(text);
      draft.endpoint = endpoint;
      setText(this.#loadState, `As it is in force for ${endpoint}. Edit it; nothing changes there.`);
    } catch (fault) {
      if (loading.signal.aborted) {
        return;
      }
      this.#endLoading();
      setText(this.#loadState, fault.status === 404 ? `There is no endpoint ${endpoint}.` : `It cannot be loaded: ${fault.message}`);
      if (this.#editor.text === '') {
        this.#begin(EXAMPLES[0].text);
      }
    }
  }

  #endLoading() {
    this.#loading?.abort();
    this.#loading = null;
    this.#editor.isLocked = false;
  }

  #changed(text) {
    draft.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#validate(text), QUIET_MILLIS);
  }

  /** An answer about a text that is not there any more is dropped. */
  async #validate(text) {
    this.#check?.abort();
    const check = new AbortController();
    this.#check = check;
    if (new Blob([text]).size > 256 * 1024) {
      this.#tell('faulty', 'The text is larger than 256 KiB.', []);
      return;
    }
    try {
      const verdict = await validateSpecification(text, check.signal);
      if (!check.signal.aborted) {
        this.#show(verdict);
      }
    } catch (fault) {
      if (!check.signal.aborted) {
        this.#tell('unknown', `It cannot be checked at present: ${fault.message}`, []);
        this.#timer = setTimeout(() => this.#validate(text), fault.retryAfter ?? RETRY_MILLIS);
      }
    }
  }

  #show({ valid, faults, endpoint }) {
    this.#tell(valid ? 'valid' : 'faulty',
      valid ? `Valid${endpoint === null ? '' : `: ${endpoint}`}.` : `${plural(faults.length, 'fault')}.`, faults);
    this.#preview.text(valid ? endpoint : null, valid);
  }

  #tell(state, sentence, faults) {
    setAttribute(this.#summary, 'data-state', state);
    setText(this.#summary, sentence);
    if (state !== 'valid') {
      this.#preview.text(null, false);
    }
    const byLine = new Map();
    faults.forEach(({ line, path, message }) => {
      if (line !== null) {
        byLine.set(line, [byLine.get(line), `${path} ${message}`.trim()].filter(Boolean).join('\n'));
      }
    });
    this.#editor.mark(byLine);
    this.#faults.replaceChildren(...faults.map((fault) => this.#faultItem(fault)));
  }

  #faultItem({ line, path, value, message }) {
    const was = value === null || value === undefined ? '' : `, was ${value}`;
    const sentence = h('span', {}, path === '' ? null : h('code', {}, path), path === '' ? '' : ' ', `${message}${was}`);
    return h('li', {}, line === null
      ? sentence
      : h('button.fault-link', { type: 'button', onclick: () => this.#editor.goTo(line) }, h('span.fault-line', {}, `Line ${line}`), sentence));
  }
}
