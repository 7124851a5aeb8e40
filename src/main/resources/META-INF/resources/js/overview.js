/** Every endpoint on one page: what it serves, with how many replicas, and what comes next. */
import { keepInAddress } from './address.js';
import { h, setAttribute, setText, syncChildren } from './dom.js';
import { EVERYTHING, isFiltered, parametersOf, queryOf, selectEndpoints, sortedBy } from './fleet-query.js';
import { count, mode as modeInWords, plural } from './format.js';
import { OverviewRow } from './overview-row.js';
import { ScoreSheets } from './scoresheet.js';
import { SparklineReads } from './sparkline-reads.js';
import { faultState, noneState, tableSkeleton } from './states.js';
import { WindowedRows } from './windowed-rows.js';

/** Title and what it sorts by, null where there is no order. */
const COLUMNS = [
  ['Endpoint', 'name'],
  ['Request rate', 'rate'],
  ['Last 12 h and next 6 h', null],
  ['Replicas', 'replicas'],
  ['Next peak', 'peak'],
  ['Forecast', 'gate'],
];

export class OverviewView {
  #query;
  #fleet = null;
  #summary = h('p.soft', { id: 'summary' });
  #body = h('tbody');
  #state = h('div');
  #faults = h('ul.spec-faults', { hidden: true, 'aria-label': 'Specifications that are not in force' });
  #heads = COLUMNS.map(([title, sort]) => h('th', { scope: 'col' },
    sort === null ? title : h('button.column-sort', { type: 'button', onclick: () => this.#change(sortedBy(this.#query, sort), true) }, title)));
  #table = h('table.endpoints', {}, h('caption.unseen', {}, 'Endpoints'), h('thead', {}, h('tr', {}, this.#heads)), this.#body);
  #room = h('div.room', {}, this.#table);
  #card = h('div.card.flush', { hidden: true }, this.#room);
  #search = h('input', {
    type: 'search', id: 'search', placeholder: 'Name, namespace, mode, warning', autocomplete: 'off', spellcheck: 'false',
    'aria-keyshortcuts': '/', oninput: () => this.#change({ ...this.#query, text: this.#search.value }, false),
  });
  #modes = h('select', { id: 'mode', onchange: () => this.#change({ ...this.#query, mode: this.#modes.value }, true) });
  #order = h('select', { id: 'order', onchange: () => this.#change(queryOf(new URLSearchParams(this.#order.value)), true) });
  #distrusted = this.#toggle('Not trusted', 'distrusted');
  #warned = this.#toggle('With warnings', 'warned');
  #found = h('p.found', { role: 'status' });
  #clear = h('button.button', { type: 'button', onclick: () => this.#reset() }, 'Show all');
  #tools = h('search.overview-tools', { hidden: true },
    h('div.overview-tool.tool-search', {}, h('label.unseen', { for: 'search' }, 'Search'), this.#search, h('kbd', { 'aria-hidden': 'true' }, '/')),
    h('div.overview-tool', {}, h('label.unseen', { for: 'mode' }, 'Mode'), this.#modes),
    this.#distrusted.element, this.#warned.element,
    h('div.overview-tool.tool-order', {}, h('label.unseen', { for: 'order' }, 'Sort by'), this.#order),
    this.#found);
  #scores = new ScoreSheets();
  #sparks = new SparklineReads();
  #rowsInSight = new WeakMap();
  #sight = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
    this.#rowsInSight.get(target)?.setInSight(isIntersecting);
  }));
  #rows = new WindowedRows(this.#room, this.#body, (endpoint) => this.#createRow(endpoint));
  #onKey = (event) => this.#focusSearch(event);

  constructor(parent, parameters) {
    this.#query = queryOf(parameters);
    parent.replaceChildren(
      h('div.page-head', {}, h('h1', {}, 'Endpoints'), this.#summary),
      this.#faults, this.#tools, this.#state, this.#card, this.#scores.element,
    );
    this.#search.value = this.#query.text;
    addEventListener('keydown', this.#onKey);
  }

  draw({ fleet, fault, demo }) {
    this.#fleet = fleet;
    this.#drawFaults(fleet?.specificationFaults ?? []);
    const endpoints = fleet?.endpoints ?? [];
    setText(this.#summary, endpoints.length === 0 ? '' : summaryOf(endpoints));
    this.#tools.hidden = endpoints.length === 0;
    this.#drawTools(endpoints);
    this.#drawRows(endpoints, fault);
    this.#scores.draw(demo?.traces ?? []);
  }

  /** The address has changed: Back, or a link to another selection. */
  follow(parameters) {
    this.#query = queryOf(parameters);
    this.#search.value = this.#query.text;
    this.#redraw();
  }

  close() {
    removeEventListener('keydown', this.#onKey);
    this.#sight.disconnect();
    this.#rows.close();
  }

  #toggle(title, key) {
    const input = h('input', { type: 'checkbox', onchange: () => this.#change({ ...this.#query, [key]: input.checked }, true) });
    const amount = h('span.amount');
    return { element: h('label.toggle', {}, input, h('span', {}, title, ' ', amount)), input, amount };
  }

  #change(query, isStep) {
    this.#query = query;
    keepInAddress(parametersOf(query), { isStep });
    this.#redraw();
  }

  #reset() {
    const { sort, descending } = this.#query;
    this.#search.value = '';
    this.#change({ ...EVERYTHING, sort, descending }, true);
    this.#search.focus();
  }

  #redraw() {
    const endpoints = this.#fleet?.endpoints ?? [];
    this.#drawTools(endpoints);
    this.#drawRows(endpoints, null);
  }

  #drawRows(endpoints, fault) {
    const found = selectEndpoints(endpoints, this.#query);
    this.#card.hidden = found.length === 0;
    setAttribute(this.#table, 'aria-rowcount', String(found.length + 1));
    setText(this.#found, isFiltered(this.#query) ? `${count(found.length)} of ${count(endpoints.length)}` : '');
    this.#drawState(kindOf(this.#fleet, fault, found), fault);
    this.#rows.show(found);
  }

  #drawTools(endpoints) {
    const { sort, descending, mode, distrusted, warned } = this.#query;
    COLUMNS.forEach(([, column], index) =>
      setAttribute(this.#heads[index], 'aria-sort', column === sort ? (descending ? 'descending' : 'ascending') : null));
    const modes = [...new Set([...endpoints.map((endpoint) => endpoint.mode), mode])].filter((name) => name !== '').sort();
    drawOptions(this.#modes, [['', 'All modes'], ...modes.map((name) => [name, modeInWords(name)])], mode);
    drawOptions(this.#order, this.#orders(), parametersOf(this.#query).toString());
    drawToggle(this.#distrusted, distrusted, endpoints.filter(({ gate }) => gate?.state === 'Distrusted').length);
    drawToggle(this.#warned, warned, endpoints.filter(({ warnings }) => warnings.length > 0).length);
  }

  /** For narrow screens, where the table has no head: each column, and the one in force the other way round. */
  #orders() {
    const columns = [...COLUMNS.filter(([, sort]) => sort !== null), ['Warnings', 'warnings']];
    const byDefault = columns.map(([title, sort]) => [title, sortedBy({ ...this.#query, sort: '' }, sort)]);
    const other = byDefault.map(([title, query]) => [`${title}, reversed`, { ...query, descending: !query.descending }]);
    return [...byDefault, ...other].map(([title, query]) => [parametersOf(query).toString(), `By ${title.toLowerCase()}`]);
  }

  #createRow(endpoint) {
    const row = new OverviewRow(endpoint, this.#sparks);
    this.#rowsInSight.set(row.element, row);
    this.#sight.observe(row.element);
    return row;
  }

  /** `/` goes to the search, except where it is typed. */
  #focusSearch(event) {
    const isTyping = event.target.closest?.('input:not([type="checkbox"], [type="radio"]), select, textarea, dialog, [contenteditable]');
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !this.#tools.hidden) {
      event.preventDefault();
      this.#search.focus();
      this.#search.select();
    }
  }

  #drawFaults(faults) {
    this.#faults.hidden = faults.length === 0;
    syncChildren(this.#faults, faults, (text) => text, (text) => h('li', {}, `Not in force: ${text}`), () => {});
  }

  #drawState(kind, fault) {
    if (this.#state.dataset.kind !== kind) {
      this.#state.dataset.kind = kind;
      this.#state.replaceChildren(...this.#stateOf(kind, fault));
    }
  }

  #stateOf(kind, fault) {
    switch (kind) {
      case 'loading':
        return [tableSkeleton('Loading the endpoints')];
      case 'fault':
        return [faultState('No endpoints could be read', fault)];
      case 'empty':
        return [noneState('No endpoint has been through a cycle yet', 'Put a specification into the folder that ',
          h('code', {}, 'PRESCALE_ENDPOINTS'), ' names. It is picked up without a restart and appears here after its first control cycle.')];
      case 'notFound':
        return [noneState('No endpoint is like that', 'None matches the search and the filters. ', this.#clear)];
      default:
        return [];
    }
  }
}

function kindOf(fleet, fault, found) {
  if (fleet === null) {
    return fault === null ? 'loading' : 'fault';
  }
  return fleet.endpoints.length === 0 ? 'empty' : found.length === 0 ? 'notFound' : 'none';
}

function drawOptions(select, options, chosen) {
  syncChildren(select, options.map(([value, text]) => ({ value, text })), ({ value }) => value,
    ({ value }) => h('option', { value }), (element, { text }) => setText(element, text));
  if (select.value !== chosen) {
    select.value = chosen;
  }
}

function drawToggle({ element, input, amount }, isOn, number) {
  input.checked = isOn;
  element.hidden = number === 0 && !isOn;
  setText(amount, count(number));
}

function summaryOf(endpoints) {
  const ready = endpoints.reduce((sum, endpoint) => sum + (endpoint.readyReplicas ?? 0), 0);
  const distrusted = endpoints.filter((endpoint) => endpoint.gate?.state === 'Distrusted').length;
  const warned = endpoints.filter((endpoint) => endpoint.warnings.length > 0).length;
  return [
    plural(endpoints.length, 'endpoint'),
    `${plural(ready, 'replica')} ready`,
    distrusted > 0 ? `${plural(distrusted, 'forecast')} not trusted` : null,
    warned > 0 ? `${count(warned)} with warnings` : null,
  ].filter((part) => part !== null).join(' · ');
}
