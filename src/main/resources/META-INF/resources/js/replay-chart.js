/**
 * Demand and what the ready replicas of each policy sustain, over a replay or a part of it: zoom, pan, hover and keyboard. Drawn by
 * uPlot, which a report has in a script before this one.
 */
import uPlot from '../webjars/uplot/dist/uPlot.esm.js';
import { palette } from './chart-marks.js';
import { h, setText } from './dom.js';
import { clockTime, count, day, duration, fullTime, plural, rate, UNKNOWN } from './format.js';

const REPLAY_AXIS_WIDTH = 56;
const SECONDS_PER_DAY = 86_400;
const LEAST_SHOWN_SECONDS = 600;
const TOLERANCE = 1.001;

/** Between a zoom and the question for what lies in it. */
const QUIET_MILLIS = 250;

/**
 * A replay in points.
 *
 * @typedef {object} Points
 * @property {number} start seconds since the epoch
 * @property {number} step seconds
 * @property {(number | null)[]} demand req/s, null where there is no sample
 * @property {{ready: number[], sustained: number[]}[]} lines one per policy: replicas, and what they sustain in req/s
 * @property {string | null} resolution what is told about points that stand for several minutes
 */

export class ReplayChart {
  #policies;
  #focus;
  #range;
  #onMoment;
  #onRange;
  #points = null;
  #times = [];
  #chart;
  #asked = 0;
  #resize = new ResizeObserver(() => this.#chart?.setSize(this.#size()));
  #recolour = () => {
    palette.refresh();
    this.#chart?.redraw(false, true);
  };
  #plot = h('div.plot.plot-replay');
  #toolbar;
  #readout = h('div.readout', { 'aria-live': 'off' });
  #spoken = h('p.unseen', { 'aria-live': 'polite' });
  #summary = h('p.note');
  #resolution = h('p.note', { hidden: true });
  element;

  /**
   * @param {object} options
   * @param {{name: string, title: string, shown: boolean}[]} options.policies
   * @param {string} options.focus the policy whose lack of capacity is marked
   * @param {{from: number, to: number}} options.range the whole replay, seconds
   * @param {string} [options.title]
   * @param {(seconds: number) => void} [options.onMoment] called with the time that is looked at
   * @param {(from: number, to: number) => void} [options.onRange] called with the part that is looked at, once it stays
   */
  constructor({ policies, focus, range, title = 'The replay', onMoment = () => {}, onRange = () => {} }) {
    this.#policies = policies;
    this.#focus = Math.max(0, policies.findIndex(({ name }) => name === focus));
    this.#range = range;
    this.#onMoment = onMoment;
    this.#onRange = onRange;
    this.#toolbar = this.#tools();
    this.element = h('section.card.charts', { 'aria-labelledby': 'replay-title' },
      h('h2', { id: 'replay-title' }, title),
      h('p.note', {}, `Gray is demand, lines are what the ready replicas of each policy sustain, both in req/s. Red below: demand above the ready capacity of ${policies[this.#focus].title}. Drag over a part to zoom in.`),
      this.#resolution, this.#summary, this.#toolbar, this.#readout,
      h('div.chart-area', {
        tabindex: '0', role: 'group', onkeydown: (event) => this.#key(event),
        'aria-label': 'Replay chart. Arrow keys move the time that is looked at, plus and minus zoom, 0 shows everything.',
      }, this.#plot), this.#spoken);
  }

  /**
   * Draws points; later ones keep the part that is looked at. The element is in the document by then.
   *
   * @param {Points} points
   */
  show(points) {
    this.#points = points;
    this.#times = points.demand.map((_, index) => points.start + index * points.step);
    this.#resolution.hidden = points.resolution === null;
    setText(this.#resolution, points.resolution ?? '');
    const table = [this.#times, points.demand, ...points.lines.map(({ sustained }) => sustained)];
    if (this.#chart === undefined) {
      palette.refresh();
      addEventListener('schemechange', this.#recolour);
      setText(this.#summary, this.#inWords());
      this.#chart = new uPlot(this.#options(), table, this.#plot);
      this.#resize.observe(this.#plot);
      return;
    }
    this.#chart.setData(table, false);
    this.#chart.redraw(true, false);
  }

  close() {
    clearTimeout(this.#asked);
    this.#resize.disconnect();
    removeEventListener('schemechange', this.#recolour);
    this.#chart?.destroy();
  }

  /** What a reader who sees no chart is told of it. */
  #inWords() {
    const { demand, lines, step } = this.#points;
    const most = demand.reduce((largest, value) => Math.max(largest, value ?? 0), 0);
    const short = demand.filter((_, index) => this.#isShort(index)).length;
    const { title } = this.#policies[this.#focus];
    const ready = lines[this.#focus].ready;
    return `${duration((this.#range.to - this.#range.from) * 1000)} from ${fullTime(this.#range.from * 1000)}: demand up to ${rate(most)} req/s, `
      + `${title} between ${count(Math.min(...ready))} and ${plural(Math.max(...ready), 'ready replica')}, `
      + (short === 0 ? 'never below demand.' : step === 60 ? `below demand in ${plural(short, 'minute')}.` : 'below demand now and then: the score sheet has the minutes.');
  }

  /** Looks at where it went most wrong, once the chart has its scales. */
  #begin(chart) {
    this.#chart = chart;
    chart.setCursor({ left: chart.valToPos(this.#worst(), 'x'), top: 10 });
  }

  /** The point in which the policy in focus is shortest of capacity, or nearest to that. */
  #worst() {
    const { demand, lines } = this.#points;
    const missing = (index) => (demand[index] ?? -Infinity) - lines[this.#focus].sustained[index];
    return this.#times[this.#times.reduce((worst, _, index) => (missing(index) > missing(worst) ? index : worst), 0)];
  }

  #isShort(index) {
    const value = this.#points.demand[index];
    return value !== null && value > this.#points.lines[this.#focus].sustained[index] * TOLERANCE;
  }

  #tools() {
    const boxes = this.#policies.map(({ name, title, shown }, index) => h('label', { 'data-policy': name },
      h('input', { type: 'checkbox', checked: shown, onchange: (event) => this.#toggle(index, event.target.checked) }),
      h('span.swatch', { 'aria-hidden': 'true' }), title));
    const button = (label, meaning, action) => h('button.tool', { type: 'button', title: meaning, 'aria-label': meaning, onclick: action }, label);
    return h('div.toolbar', {}, ...boxes, h('span.zoom', {},
      button('←', 'Earlier', () => this.#pan(-0.5)), button('→', 'Later', () => this.#pan(0.5)),
      button('+', 'Zoom in', () => this.#zoom(0.5)), button('−', 'Zoom out', () => this.#zoom(2)),
      button('All', 'The whole replay', () => this.#reset())));
  }

  #toggle(index, isShown) {
    this.#policies[index].shown = isShown;
    this.#chart?.setSeries(index + 2, { show: isShown });
    this.#read();
  }

  #key(event) {
    if (this.#chart === undefined) {
      return;
    }
    const width = this.#chart.over.clientWidth;
    const actions = {
      ArrowLeft: () => (event.shiftKey ? this.#move(-width / 10) : this.#step(-1)),
      ArrowRight: () => (event.shiftKey ? this.#move(width / 10) : this.#step(1)),
      '+': () => this.#zoom(0.5), '=': () => this.#zoom(0.5), '-': () => this.#zoom(2),
      0: () => this.#reset(), Home: () => this.#reset(), Escape: () => this.#reset(),
      PageUp: () => this.#pan(-0.5), PageDown: () => this.#pan(0.5),
    };
    if (actions[event.key] !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      actions[event.key]();
      setText(this.#spoken, this.#readout.textContent);
    }
  }

  /** From point to point, however narrow they are. */
  #step(points) {
    const index = this.#indexAtCursor();
    const time = index === null ? undefined : this.#times[index + points];
    if (time !== undefined) {
      this.#move(this.#chart.valToPos(time, 'x') - Math.max(this.#chart.cursor.left, 0));
    }
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
    const { from: begin, to: end } = this.#range;
    const width = Math.min(length, end - begin);
    const min = Math.min(Math.max(from, begin), end - width);
    this.#chart.setScale('x', { min, max: min + width });
    if (center !== null) {
      // not by valToPos: the chart takes a new scale with its next frame
      this.#chart.setCursor({ left: ((center - min) / width) * this.#chart.over.clientWidth, top: 10 });
    }
  }

  /** Asks for the part that is looked at when it has stayed the same for a moment. */
  #rangeMoved(key) {
    if (key !== 'x') {
      return;
    }
    clearTimeout(this.#asked);
    this.#asked = setTimeout(() => {
      const { min, max } = this.#chart.scales.x;
      this.#onRange(Math.max(min, this.#range.from), Math.min(max, this.#range.to));
    }, QUIET_MILLIS);
  }

  #size() {
    return { width: this.#plot.clientWidth, height: this.#plot.clientHeight };
  }

  /** As the style sheet has it, in either scheme. */
  #colourOf(name) {
    const label = [...this.#toolbar.querySelectorAll('[data-policy]')].find((element) => element.dataset.policy === name);
    return getComputedStyle(label.querySelector('.swatch')).backgroundColor;
  }

  #options() {
    const stepped = uPlot.paths.stepped({ align: 1 });
    return {
      ...this.#size(),
      padding: [12, 32, 0, 0], // on the right, room for half of a label
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
      scales: {
        x: { min: this.#range.from, max: this.#range.to },
        y: { range: (chart, least, largest) => [0, Math.max(largest ?? 0, 1e-3) * 1.06] },
      },
      axes: [
        { ...replayAxis(), size: 40, space: 70, values: (chart, splits) => splits.map(replayTime) },
        { ...replayAxis(), size: REPLAY_AXIS_WIDTH, values: (chart, splits) => splits.map((value) => rate(value).replace(/\.0+$/, '')) },
      ],
      series: [
        {},
        { fill: () => styleOf('--line-strong'), width: 0, points: { show: false } },
        ...this.#policies.map(({ name, shown }, index) => ({
          show: shown, stroke: () => this.#colourOf(name), width: index === this.#focus ? 2 : 1.4, paths: stepped, points: { show: false },
        })),
      ],
      hooks: {
        ready: [(chart) => this.#begin(chart)],
        draw: [(chart) => this.#markShort(chart)],
        setCursor: [() => this.#read()],
        setScale: [(chart, key) => this.#rangeMoved(key)],
        setSelect: [() => this.#chart?.setSelect({ width: 0, height: 0 }, false)],
      },
    };
  }

  /** Red at the foot of the plot where the policy in focus is short of capacity. */
  #markShort(chart) {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.fillStyle = styleOf('--bad');
    const height = 6 * devicePixelRatio;
    const [first, last] = chart.series[0].idxs ?? [0, this.#times.length - 1];
    for (let index = first; index <= last; index++) {
      if (this.#isShort(index)) {
        const left = Math.max(chart.valToPos(this.#times[index], 'x', true), bbox.left);
        const right = Math.min(chart.valToPos(this.#times[index] + this.#points.step, 'x', true), bbox.left + bbox.width);
        ctx.fillRect(left, bbox.top + bbox.height - height, Math.max(right - left, devicePixelRatio), height);
      }
    }
    ctx.restore();
  }

  #indexAtCursor() {
    const index = this.#chart?.cursor.idx;
    return index === null || index === undefined || index >= this.#times.length ? null : index;
  }

  #read() {
    const index = this.#indexAtCursor();
    if (index === null) {
      return;
    }
    const reading = (attributes, title, value) => h('span.reading', attributes, h('span.reading-title', {}, title), ' ', h('span.reading-value', {}, value));
    const demand = this.#points.demand[index];
    this.#readout.replaceChildren(
      h('span.reading-when.soft', {}, fullTime(this.#times[index] * 1000)),
      reading({ class: 'reading-demand' }, 'demand', demand === null ? 'no sample' : `${rate(demand)} req/s`),
      ...this.#policies.map(({ name, title, shown }, policy) => (shown
        ? reading({ 'data-policy': name }, title, `${count(this.#points.lines[policy].ready[index])} ready`)
        : null)).filter((item) => item !== null));
    this.#tell();
  }

  #tell() {
    const index = this.#indexAtCursor();
    if (index !== null) {
      this.#onMoment(this.#times[index] + this.#points.step - 1);
    }
  }
}

function styleOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function replayAxis() {
  return { stroke: () => palette.inkSoft, font: palette.font, gap: 6, grid: { stroke: () => palette.line, width: 1 }, ticks: { show: false } };
}

function replayTime(seconds, index) {
  if (seconds === null || seconds === undefined) {
    return UNKNOWN;
  }
  const isMidnight = seconds % SECONDS_PER_DAY === 0;
  return isMidnight || index === 0 ? `${clockTime(seconds * 1000)}\n${day(seconds * 1000)}` : clockTime(seconds * 1000);
}
