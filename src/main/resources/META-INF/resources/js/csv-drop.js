/** A CSV file that is dropped or chosen: read beside the page, and shown before anything is sent. */
import { h, setAttribute, setText } from './dom.js';
import { FaultList, radioRow } from './fields.js';
import { count, duration, fullTime, plural, rate } from './format.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';
const DRAWN = 400;

export class CsvDrop {
  #worker = null;
  #file = null;
  #read = null;
  #unit = 'count';
  #input = h('input', { type: 'file', accept: '.csv,.gz,text/csv', id: 'csv-file', onchange: () => this.#take(this.#input.files[0]) });
  #state = h('p', { role: 'status' });
  #line = h('div');
  #faults = new FaultList();
  #drop = h('div.drop', {
    ondragover: (event) => this.#over(event, true),
    ondragleave: (event) => this.#over(event, false),
    ondrop: (event) => {
      this.#over(event, false);
      this.#take(event.dataTransfer.files[0]);
    },
  });
  element = h('div', {}, this.#drop, this.#faults.element);

  constructor() {
    this.#drop.append(
      h('label', { for: 'csv-file' }, 'Drop a CSV file here, or choose one'), this.#input,
      h('p.soft.note', {}, 'Header ', h('code', {}, 'timestamp,value'), ', a row per step, ISO-8601 times with their offset, oldest first; .csv or .csv.gz. A step without a row is a gap, never zero. Up to 100,000 steps of 10 s to 1 h.'),
      h('div', {}, h('span.soft.note', {}, 'Values are '), radioRow('unit', 'What a value is',
        [{ value: 'count', title: 'requests in the step' }, { value: 'rate', title: 'req/s' }], (unit) => {
          this.#unit = unit;
          this.#show();
        })),
      this.#state, this.#line);
  }

  close() {
    this.#worker?.terminate();
  }

  /** `trace` of the request, or why there is none. */
  read() {
    if (this.#read === null) {
      return { fault: this.#file === null ? 'Choose a CSV file.' : 'The file is still being read.' };
    }
    const { start, step, values, faults } = this.#read;
    return faults.length > 0
      ? { fault: 'The file has faults: they are named beside it.' }
      : { trace: { name: nameOf(this.#file), start: new Date(start * 1000).toISOString(), step: `PT${step}S`, unit: this.#unit, values } };
  }

  #over(event, isOver) {
    event.preventDefault();
    setAttribute(this.#drop, 'data-over', String(isOver));
  }

  #take(file) {
    if (file === undefined) {
      return;
    }
    this.close();
    this.#file = file;
    this.#read = null;
    this.#faults.show([]);
    this.#line.replaceChildren();
    setText(this.#state, `Reading ${file.name}…`);
    this.#worker = new Worker(new URL('csv-worker.js', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data: { rows, done } }) => {
      if (done === undefined) {
        setText(this.#state, `Reading ${file.name}: ${plural(rows, 'row')}…`);
        return;
      }
      this.close();
      this.#read = done;
      this.#show();
    };
    this.#worker.onerror = () => {
      this.#faults.show(['The file could not be read: this browser does not let the page work beside itself.']);
      setText(this.#state, '');
    };
    this.#worker.postMessage(file);
  }

  #show() {
    if (this.#read === null) {
      return;
    }
    const { start, step, values, gaps, faults, unnamed } = this.#read;
    if (faults.length > 0) {
      setText(this.#state, `${this.#file.name} cannot be replayed.`);
      this.#faults.show([
        ...faults.map(({ line, problem }) => (line === 0 ? problem : `Line ${line}: ${problem}.`)),
        ...(unnamed > 0 ? [`And ${count(unnamed)} more.`] : []),
      ]);
      return;
    }
    const perSecond = this.#unit === 'count' ? step : 1;
    const most = values.reduce((largest, value) => Math.max(largest, value ?? 0), 0) / perSecond;
    setText(this.#state, `${this.#file.name}: ${plural(values.length, 'step')} of ${duration(step * 1000)} (${duration(values.length * step * 1000)}) from ${fullTime(start * 1000)}, up to ${rate(most)} req/s${gaps === 0 ? '' : `, ${plural(gaps, 'step')} without a row`}.`);
    this.#line.replaceChildren(sketch(values));
  }
}

function nameOf(file) {
  return file.name.replace(/\.(csv|gz)/gi, '').slice(0, 100).trim() || 'trace';
}

/** The largest value of each part: enough to recognize one's own traffic. */
function sketch(values) {
  const part = Math.max(1, Math.ceil(values.length / DRAWN));
  const tops = [];
  for (let begin = 0; begin < values.length; begin += part) {
    tops.push(values.slice(begin, begin + part).reduce((top, value) => (value === null ? top : Math.max(top ?? 0, value)), null));
  }
  const most = Math.max(...tops.map((top) => top ?? 0), 1e-9);
  let path = '';
  tops.forEach((top, index) => {
    if (top !== null) {
      path += `${index === 0 || tops[index - 1] === null ? 'M' : 'L'}${index} ${(100 - (98 * top) / most).toFixed(1)}`;
    }
  });
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('class', 'preview-line');
  svg.setAttribute('viewBox', `0 0 ${Math.max(tops.length - 1, 1)} 100`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(NAMESPACE, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
