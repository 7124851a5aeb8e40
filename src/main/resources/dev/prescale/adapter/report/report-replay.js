/** Demand and what the ready replicas of each policy sustain, over the whole replay. Drawn by uPlot, which is a script before this one. */
import { h } from './dom.js';
import { clockTime, count, day, fullTime, rate, UNKNOWN } from './format.js';
import { palette } from './chart-marks.js';

const AXIS_WIDTH = 56;
const DAY_SECONDS = 86_400;
const LEAST_SHOWN_SECONDS = 600;
const TOLERANCE = 1.001;

export class ReplayChart {
  #data;
  #onMoment;
  #times;
  #columns;
  #replicas;
  #chart;
  #focus;
  #plot = h('div.plot.plot-replay');
  #area = h('div.chart-area', {
    tabindex: '0', role: 'group', onkeydown: (event) => this.#key(event),
    'aria-label': 'Replay chart. Arrow keys move the time that is looked at, plus and minus zoom, 0 shows everything.',
  }, this.#plot);
  #readout = h('div.readout', { 'aria-live': 'off' });
  element;

  /** @param {(seconds: number) => void} onMoment called with the time that is looked at */
  constructor(data, onMoment) {
    this.#data = data;
    this.#onMoment = onMoment;
    this.#times = data.demand.map((_, index) => data.from + index * data.step);
    this.#replicas = data.ready.map((changes) => expand(changes, data.demand.length));
    this.#columns = this.#replicas.map((values) => values.map((value) => data.sustained[value] ?? null));
    this.#focus = Math.max(0, data.policies.findIndex(({ name }) => name === 'prescale'));
    this.element = h('section.card.charts', { 'aria-labelledby': 'replay-title' },
      h('h2', { id: 'replay-title' }, 'The replay'),
      h('p.note', {}, `Gray is demand, lines are what the ready replicas of each policy sustain, both in req/s. Red below: demand above the ready capacity of ${data.policies[this.#focus].title}. Drag over a part to zoom in.`),
      data.resolution === null ? null : h('p.note', {}, data.resolution),
      this.#toolbar(), this.#readout, this.#area);
  }

  /** Once it is in the document. */
  draw() {
    palette.refresh();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', () => {
      palette.refresh();
      this.#chart.redraw(false, true);
    });
    this.#chart = new uPlot(this.#options(), [this.#times, this.#data.demand, ...this.#columns], this.#plot);
    new ResizeObserver(() => this.#chart.setSize(this.#size())).observe(this.#plot);
  }

  /** Looks at where it went most wrong, once the chart has its scales. */
  #begin(chart) {
    this.#chart = chart;
    chart.setCursor({ left: chart.valToPos(this.#worst(), 'x'), top: 10 });
  }

  /** The minute in which the policy in focus is shortest of capacity, or nearest to that. */
  #worst() {
    const missing = (index) => (this.#data.demand[index] ?? -Infinity) - this.#columns[this.#focus][index];
    return this.#times[this.#times.reduce((worst, _, index) => (missing(index) > missing(worst) ? index : worst), 0)];
  }

  #isShort(index) {
    const value = this.#data.demand[index];
    return value !== null && value > this.#columns[this.#focus][index] * TOLERANCE;
  }

  #toolbar() {
    const boxes = this.#data.policies.map(({ name, title, shown }, index) => h('label', { 'data-policy': name },
      h('input', { type: 'checkbox', checked: shown, onchange: (event) => this.#chart.setSeries(index + 2, { show: event.target.checked }) }),
      h('span.swatch'), title));
    const button = (label, meaning, action) => h('button', { type: 'button', title: meaning, 'aria-label': meaning, onclick: action }, label);
    return h('div.toolbar', {}, ...boxes, h('span.zoom', {},
      button('←', 'Earlier', () => this.#pan(-0.5)), button('→', 'Later', () => this.#pan(0.5)),
      button('+', 'Zoom in', () => this.#zoom(0.5)), button('−', 'Zoom out', () => this.#zoom(2)),
      button('All', 'The whole replay', () => this.#reset())));
  }

  #key(event) {
    const width = this.#chart.over.clientWidth;
    const actions = {
      ArrowLeft: () => this.#move(event.shiftKey ? -width / 10 : -Math.max(1, this.#pixelsPerPoint())),
      ArrowRight: () => this.#move(event.shiftKey ? width / 10 : Math.max(1, this.#pixelsPerPoint())),
      '+': () => this.#zoom(0.5), '=': () => this.#zoom(0.5), '-': () => this.#zoom(2),
      0: () => this.#reset(), Home: () => this.#reset(), Escape: () => this.#reset(),
      PageUp: () => this.#pan(-0.5), PageDown: () => this.#pan(0.5),
    };
    if (actions[event.key] !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      actions[event.key]();
    }
  }

  #pixelsPerPoint() {
    const { min, max } = this.#chart.scales.x;
    return (this.#data.step / (max - min)) * this.#chart.over.clientWidth;
  }

  #move(pixels) {
    const width = this.#chart.over.clientWidth;
    const left = Math.max(this.#chart.cursor.left, 0) + pixels;
    if (left < 0 || left >= width) {
      this.#pan(left < 0 ? -0.5 : 0.5);
    }
    this.#chart.setCursor({ left: Math.min(Math.max(left, 0), width - 1), top: 10 });
    this.#tell();
  }

  /** About the time that is looked at. */
  #zoom(factor) {
    const { min, max } = this.#chart.scales.x;
    const left = this.#chart.cursor.left;
    const center = left >= 0 ? this.#chart.posToVal(left, 'x') : (min + max) / 2;
    const length = Math.max((max - min) * factor, LEAST_SHOWN_SECONDS);
    this.#show(center - ((center - min) / (max - min)) * length, length, center);
  }

  #pan(share) {
    const { min, max } = this.#chart.scales.x;
    this.#show(min + share * (max - min), max - min, null);
  }

  /** The time that is looked at stays looked at. */
  #reset() {
    const { left } = this.#chart.cursor;
    this.#show(-Infinity, Infinity, left >= 0 ? this.#chart.posToVal(left, 'x') : null);
  }

  #show(from, length, center) {
    const begin = this.#times[0];
    const end = this.#times.at(-1) + this.#data.step;
    const width = Math.min(length, end - begin);
    const min = Math.min(Math.max(from, begin), end - width);
    this.#chart.setScale('x', { min, max: min + width });
    if (center !== null) {
      // not by valToPos: the chart takes a new scale with its next frame
      this.#chart.setCursor({ left: ((center - min) / width) * this.#chart.over.clientWidth, top: 10 });
    }
  }

  #size() {
    return { width: this.#plot.clientWidth, height: this.#plot.clientHeight };
  }

  #options() {
    const colour = (look) => () => (matchMedia('(prefers-color-scheme: dark)').matches ? look.dark : look.color);
    const stepped = uPlot.paths.stepped({ align: 1 });
    return {
      ...this.#size(),
      padding: [12, 16, 0, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
      scales: { y: { range: (chart, least, largest) => [0, Math.max(largest ?? 0, 1e-3) * 1.06] } },
      axes: [
        { ...axis(), size: 40, space: 70, values: (chart, splits) => splits.map(timeLabel) },
        { ...axis(), size: AXIS_WIDTH, values: (chart, splits) => splits.map((value) => rate(value).replace(/\.0+$/, '')) },
      ],
      series: [
        {},
        { fill: () => lineStrong(), width: 0, points: { show: false } },
        ...this.#data.policies.map((look) => ({
          show: look.shown, stroke: colour(look), width: look.name === 'prescale' ? 2 : 1.4, paths: stepped, points: { show: false },
        })),
      ],
      hooks: { ready: [(chart) => this.#begin(chart)], draw: [(chart) => this.#markShort(chart)], setCursor: [() => this.#read()], setSelect: [() => this.#chart?.setSelect({ width: 0, height: 0 }, false)] },
    };
  }

  /** Red at the foot of the plot where the policy in focus is short of capacity. */
  #markShort(chart) {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--bad').trim();
    const height = 6 * devicePixelRatio;
    const [first, last] = chart.series[0].idxs ?? [0, this.#times.length - 1];
    for (let index = first; index <= last; index++) {
      if (this.#isShort(index)) {
        const left = Math.max(chart.valToPos(this.#times[index], 'x', true), bbox.left);
        const right = Math.min(chart.valToPos(this.#times[index] + this.#data.step, 'x', true), bbox.left + bbox.width);
        ctx.fillRect(left, bbox.top + bbox.height - height, Math.max(right - left, devicePixelRatio), height);
      }
    }
    ctx.restore();
  }

  #indexAtCursor() {
    const index = this.#chart?.cursor.idx;
    return index === null || index === undefined ? null : index;
  }

  #read() {
    const index = this.#indexAtCursor();
    if (index === null) {
      return;
    }
    const reading = (attributes, title, value) => h('span.reading', attributes, h('span.reading-title', {}, title), ' ', h('span.reading-value', {}, value));
    const demand = this.#data.demand[index];
    this.#readout.replaceChildren(
      h('span.reading-when.soft', {}, fullTime(this.#times[index] * 1000)),
      reading({ class: 'reading-demand' }, 'demand', demand === null ? 'no sample' : `${rate(demand)} req/s`),
      ...this.#data.policies.map(({ name, title }, policy) => (this.#chart.series[policy + 2].show
        ? reading({ 'data-policy': name }, title, `${count(this.#replicas[policy][index])} ready`)
        : null)).filter((item) => item !== null));
    this.#tell();
  }

  #tell() {
    const index = this.#indexAtCursor();
    if (index !== null) {
      this.#onMoment(this.#times[index] + this.#data.step - 1);
    }
  }
}

/** Changes [index, value, index, value, ...] as one value per point. */
function expand(changes, length) {
  const values = new Array(length).fill(null);
  for (let change = 0; change < changes.length; change += 2) {
    values.fill(changes[change + 1], changes[change], changes[change + 2] ?? length);
  }
  return values;
}

function lineStrong() {
  return getComputedStyle(document.documentElement).getPropertyValue('--line-strong').trim();
}

function axis() {
  return { stroke: () => palette.inkSoft, font: palette.font, gap: 6, grid: { stroke: () => palette.line, width: 1 }, ticks: { show: false } };
}

function timeLabel(seconds, index) {
  if (seconds === null || seconds === undefined) {
    return UNKNOWN;
  }
  const isMidnight = seconds % DAY_SECONDS === 0;
  return isMidnight || index === 0 ? `${clockTime(seconds * 1000)}\n${day(seconds * 1000)}` : clockTime(seconds * 1000);
}
