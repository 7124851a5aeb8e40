/** What a backtest replays: a bundled dataset, an endpoint's own history, or a file of one's own. */
import { getDatasets } from './backtest-calls.js';
import { CsvDrop } from './csv-drop.js';
import { h, setText } from './dom.js';
import { field, radioRow } from './fields.js';
import { day, duration } from './format.js';

const DATASET = 'dataset';
const ENDPOINT = 'endpoint';
const FILE = 'file';

export class TraceSource {
  #kind = DATASET;
  #datasets = h('div.choices', { role: 'radiogroup', 'aria-label': 'Dataset' });
  #datasetState = h('p.soft', { role: 'status' }, 'Loading the datasets…');
  #endpointNames = h('datalist', { id: 'endpoint-names' });
  #endpoint = h('input', { type: 'text', list: 'endpoint-names', autocomplete: 'off', spellcheck: 'false', placeholder: 'namespace/name' });
  #endpointState = h('p.soft', { role: 'status' }, '');
  #history = h('select', {}, [['P14D', '14 days'], ['P28D', '28 days'], ['P35D', '35 days'], ['P56D', '8 weeks']]
    .map(([value, title]) => h('option', { value, selected: value === 'P35D' }, title)));
  #known = null;
  #drop = new CsvDrop();
  #panels;
  element;

  constructor() {
    this.#panels = {
      [DATASET]: h('div', {}, this.#datasetState, this.#datasets),
      [ENDPOINT]: h('div', { hidden: true }, this.#endpointState, h('div.form-grid', {},
        field('Endpoint', this.#endpoint, 'Its own history, as the service reads it.'),
        field('History', this.#history, 'What it has of it; gaps stay gaps.')), this.#endpointNames),
      [FILE]: h('div', { hidden: true }, this.#drop.element),
    };
    const sources = [{ value: DATASET, title: 'Bundled dataset' }, { value: ENDPOINT, title: 'Endpoint' }, { value: FILE, title: 'CSV file' }];
    this.element = h('fieldset', {}, h('legend', {}, 'Traffic'),
      h('div.sources', {}, radioRow('source', 'Where the traffic comes from', sources, (kind) => this.#choose(kind))),
      Object.values(this.#panels));
    this.#load();
  }

  close() {
    this.#drop.close();
  }

  /** @param {string[] | null} names of the endpoints that run; null while they are not known */
  offer(names) {
    if (names === null || names.join() === this.#known?.join()) {
      return;
    }
    this.#known = names;
    this.#endpointNames.replaceChildren(...names.map((name) => h('option', { value: name })));
    setText(this.#endpointState, names.length === 0 ? 'No endpoint runs here: choose a dataset or a file.' : '');
    if (this.#endpoint.value === '' && names.length > 0) {
      this.#endpoint.value = names[0];
    }
  }

  /** `trace` of the request, or what has to be chosen first. */
  read() {
    if (this.#kind === FILE) {
      return this.#drop.read();
    }
    if (this.#kind === ENDPOINT) {
      const endpoint = this.#endpoint.value.trim();
      return endpoint === ''
        ? { fault: 'Choose the endpoint whose history is replayed.' }
        : { trace: { endpoint, from: `-${this.#history.value}` } };
    }
    const chosen = this.#datasets.querySelector('input:checked');
    return chosen === null ? { fault: 'Choose a dataset, an endpoint or a file.' } : { trace: { dataset: chosen.value } };
  }

  #choose(kind) {
    this.#kind = kind;
    Object.entries(this.#panels).forEach(([name, panel]) => {
      panel.hidden = name !== kind;
    });
  }

  async #load() {
    try {
      const datasets = await getDatasets();
      this.#datasets.replaceChildren(...datasets.map((dataset, index) => datasetChoice(dataset, index === 0)));
      setText(this.#datasetState, datasets.length === 0 ? 'There are none here: the service runs outside of a checkout. Choose an endpoint or a file.' : '');
      this.#datasetState.hidden = datasets.length > 0;
    } catch (fault) {
      setText(this.#datasetState, `The datasets cannot be listed: ${fault.message}`);
    }
  }
}

function datasetChoice({ name, description, start, step, values, timeZone }, isChosen) {
  return h('label.choice.choice-dataset', {},
    h('input', { type: 'radio', name: 'dataset', value: name, checked: isChosen }),
    h('strong', {}, name),
    h('span.soft', {}, `${description === '' ? '' : `${description}. `}${duration(values * step)} from ${day(start)}, ${timeZone}`));
}
