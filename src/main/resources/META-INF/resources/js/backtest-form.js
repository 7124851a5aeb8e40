/** A new backtest: traffic, policies, the simulated world and the specification. */
import { startBacktest } from './backtest-calls.js';
import { h } from './dom.js';
import { FaultList, faultsOf, field, markInvalid } from './fields.js';
import { DEFAULT_POLICIES, POLICIES } from './policies.js';
import { draft } from './specification-draft.js';
import { TraceSource } from './trace-source.js';

const WARM_UP = 'warmUp';
const LENGTH = /^(\d{1,9}(ms|s|m|h|d)|P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)$/;

const REPLAYED = [
  ['P7D', 'the last 7 days'], ['P14D', 'the last 14 days'], ['P28D', 'the last 28 days'], [WARM_UP, 'all after a warm-up'],
];

export class BacktestForm {
  #source = new TraceSource();
  #onStarted;
  #policies = POLICIES.map(({ name, title, meaning }) => h('label.choice', {},
    h('input', { type: 'checkbox', name: 'policy', value: name, checked: DEFAULT_POLICIES.includes(name) }),
    h('strong', {}, title), h('span.soft', {}, meaning)));
  #replayed = h('select', { onchange: () => this.#showWarmUp() }, REPLAYED.map(([value, title]) => h('option', { value }, title)));
  #warmUp = h('input', { type: 'text', value: '14d', maxlength: '64', spellcheck: 'false' });
  #warmUpField = field('Warm-up', this.#warmUp, 'Begin that is history only: 14d, 36h');
  #median = h('input', { type: 'text', value: '3m', maxlength: '64', spellcheck: 'false' });
  #p90 = h('input', { type: 'text', value: '', maxlength: '64', spellcheck: 'false' });
  #seed = h('input', { type: 'number', value: '1', min: '0', max: '2147483647', step: '1' });
  #specification = h('textarea.spec-text', { spellcheck: 'false', autocapitalize: 'off', maxlength: String(256 * 1024) });
  #start = h('button.button.primary', { type: 'submit' }, 'Start the backtest');
  #faults = new FaultList();
  element;

  /** @param {(started: {id: string}) => void} onStarted */
  constructor(onStarted) {
    this.#onStarted = onStarted;
    this.element = h('form.card.backtest-form.stack', { novalidate: true, 'aria-labelledby': 'new-backtest', onsubmit: (event) => this.#submit(event) },
      h('h2', { id: 'new-backtest' }, 'New backtest'),
      this.#source.element,
      h('fieldset', {}, h('legend', {}, 'Policies'), h('div.choices', {}, this.#policies),
        h('p.note', {}, h('button.tool', { type: 'button', onclick: () => this.#check(POLICIES.map(({ name }) => name)) }, 'All'), ' ',
          h('button.tool', { type: 'button', onclick: () => this.#check(DEFAULT_POLICIES) }, 'Usual'), ' With Prescale among them, each is also compared at the same service.')),
      h('fieldset', {}, h('legend', {}, 'The simulated world'), h('div.form-grid', {},
        field('Replayed', this.#replayed, 'At most half of the traffic; what lies before is learned from.'),
        this.#warmUpField,
        field('Start time, median', this.#median, 'From the order of a replica until it serves: 90s, 3m'),
        field('Start time, 90 %', this.#p90, 'Nine of ten take no longer; empty: all take the median'),
        field('Seed', this.#seed, 'Of everything that chance does. The same seed gives the same result.'))),
      h('details', {}, h('summary', {}, 'Specification'),
        h('p.note', {}, 'Empty: that of the dataset or the endpoint; a CSV gets one made for it. A whole specification as YAML otherwise, see the ',
          h('a', { href: '#/specification' }, 'editor'), '.'),
        field('Specification as YAML', this.#specification),
        h('p.note', {}, h('button.tool', { type: 'button', hidden: draft.text === '', onclick: () => {
          this.#specification.value = draft.text;
        } }, 'Take the text of the editor'))),
      this.#faults.element,
      h('div.form-end', {}, this.#start, h('span.soft.note', {}, 'One runs at a time, eight wait. A month under the usual four takes a minute or two.')));
    this.#showWarmUp();
  }

  offer(endpoints) {
    this.#source.offer(endpoints?.map(({ key }) => key) ?? null);
  }

  close() {
    this.#source.close();
  }

  #check(names) {
    this.#policies.forEach((choice) => {
      const box = choice.querySelector('input');
      box.checked = names.includes(box.value);
    });
  }

  #showWarmUp() {
    this.#warmUpField.hidden = this.#replayed.value !== WARM_UP;
  }

  async #submit(event) {
    event.preventDefault();
    const { trace, fault } = this.#source.read();
    const policies = this.#policies.map((choice) => choice.querySelector('input')).filter(({ checked }) => checked).map(({ value }) => value);
    const faults = [
      ...(fault === undefined ? [] : [fault]),
      ...(policies.length === 0 ? ['Choose a policy.'] : []),
      ...this.#lengthFaults(),
    ];
    this.#faults.show(faults);
    if (faults.length > 0) {
      return;
    }
    this.#start.disabled = true;
    try {
      this.#onStarted(await startBacktest(this.#body(trace, policies)));
    } catch (failed) {
      this.#faults.show(faultsOf(failed));
    } finally {
      this.#start.disabled = false;
    }
  }

  #lengthFaults() {
    const lengths = [[this.#median, 'Start time, median', false], [this.#p90, 'Start time, 90 %', true]];
    if (this.#replayed.value === WARM_UP) {
      lengths.push([this.#warmUp, 'Warm-up', false]);
    }
    return lengths.flatMap(([input, title, mayBeEmpty]) => {
      const text = input.value.trim();
      const isWrong = !(text === '' ? mayBeEmpty : LENGTH.test(text));
      markInvalid(input, isWrong);
      return isWrong ? [`${title} must be a length of time such as 90s, 3m, 14d or PT3M.`] : [];
    });
  }

  #body(trace, policies) {
    const p90 = this.#p90.value.trim();
    const isWarmUp = this.#replayed.value === WARM_UP;
    const specification = this.#specification.value;
    return {
      trace: isWarmUp ? trace : { ...trace, replay: this.#replayed.value },
      policies,
      ...(specification.trim() === '' ? {} : { specification }),
      simulation: {
        seed: Number(this.#seed.value),
        startTime: { median: this.#median.value.trim(), ...(p90 === '' ? {} : { p90 }) },
        ...(isWarmUp ? { warmUp: this.#warmUp.value.trim() } : {}),
      },
    };
  }
}
