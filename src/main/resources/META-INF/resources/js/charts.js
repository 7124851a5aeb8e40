/** The two charts of an endpoint on one time axis: rate with its forecast, and replicas. Drawn by uPlot. */
import uPlot from '../webjars/uplot/dist/uPlot.esm.js';
import { clockTime, count, day, rate, timeZone } from './format.js';
import { markNow, palette, tintFuture } from './chart-marks.js';

/** Room for the labels left of the plots, in px: the same for both, so that their time axes agree. */
const AXIS_WIDTH = 56;
const SYNC_KEY = 'endpoint';

/** Levels drawn: the median, the middle half and 90 % of what is expected. */
export const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];

const NO_GRID = [[0], [null]];

/**
 * What is drawn.
 *
 * @typedef {object} Scene
 * @property {number} at now, by the service's clock, in milliseconds as all times here
 * @property {number} from left end
 * @property {number} to right end
 * @property {number | null} leadTime
 * @property {number | null} requestRate at now, req/s
 * @property {{start: number, step: number, values: (number | null)[]} | null} history req/s, null for a gap
 * @property {{start: number, step: number, values: number[][], required: number[] | null} | null} forecast
 * @property {{at: number, decided: number | null, ready: number | null}[]} replicas in order of time
 * @property {{start: number, step: number, values: (number | null)[]} | null} tracking what target tracking alone would have had
 */

export class EndpointCharts {
  #rateElement;
  #replicaElement;
  #rateChart;
  #replicaChart;
  #scene = null;
  #onCursor;
  #gestures;
  #resize = new ResizeObserver(() => this.#fit());
  #recolour = () => {
    palette.refresh();
    this.#charts().forEach((chart) => chart.redraw(false, true));
  };

  /**
   * @param {(time: number | null) => void} onCursor called with the time under the cursor, null when it left
   * @param {import('./chart-gestures.js').ChartGestures} gestures
   */
  constructor(rateElement, replicaElement, onCursor, gestures) {
    this.#rateElement = rateElement;
    this.#replicaElement = replicaElement;
    this.#onCursor = onCursor;
    this.#gestures = gestures;
    addEventListener('schemechange', this.#recolour);
    palette.refresh();
  }

  /** @param {Scene} scene */
  draw(scene) {
    this.#scene = scene;
    const rateTable = rateTableOf(scene);
    const replicaTable = replicaTableOf(scene);
    if (this.#rateChart === undefined) {
      this.#rateChart = new uPlot(this.#rateOptions(), rateTable, this.#rateElement);
      this.#replicaChart = new uPlot(this.#replicaOptions(), replicaTable, this.#replicaElement);
      this.#resize.observe(this.#rateElement);
      this.#charts().forEach(({ over }) => this.#gestures.listenOn(over));
      return;
    }
    this.#rateChart.setData(rateTable);
    this.#replicaChart.setData(replicaTable);
  }

  /** Shows other times of what is drawn, before there is anything new to draw. */
  show({ from, to }) {
    if (this.#scene !== null) {
      this.#scene = { ...this.#scene, from, to };
      this.#charts().forEach((chart) => chart.setScale('x', { min: from / 1000, max: to / 1000 }));
    }
  }

  /** Moves the cursor by a share of the width, for the keyboard; from now where there is none. */
  moveCursor(share) {
    const chart = this.#rateChart;
    if (chart === undefined) {
      return;
    }
    const width = chart.over.clientWidth;
    const left = chart.cursor.left >= 0 ? chart.cursor.left : chart.valToPos(this.#scene.at / 1000, 'x');
    chart.setCursor({ left: Math.min(Math.max(left + share * width, 0), width - 1), top: chart.over.clientHeight / 2 });
  }

  hideCursor() {
    this.#charts().forEach((chart) => chart.setCursor({ left: -10, top: -10 }));
  }

  close() {
    this.#resize.disconnect();
    removeEventListener('schemechange', this.#recolour);
    this.#charts().forEach((chart) => chart.destroy());
  }

  #charts() {
    return this.#rateChart === undefined ? [] : [this.#rateChart, this.#replicaChart];
  }

  #fit() {
    this.#rateChart.setSize(sizeOf(this.#rateElement));
    this.#replicaChart.setSize(sizeOf(this.#replicaElement));
  }

  #rateOptions() {
    const quantile = (width = 0) => ({ stroke: () => palette.forecast, width, points: { show: false } });
    return {
      ...this.#commonOptions(this.#rateElement),
      axes: [timeAxis({ hasLabels: false }), valueAxis((values) => values.map((value) => rate(value).replace(/\.0+$/, '')))],
      series: [
        {},
        quantile(), quantile(), { ...quantile(2), dash: [5, 4] }, quantile(), quantile(),
        { stroke: () => palette.ink, width: 1.75, points: { show: false } },
      ],
      bands: [
        { series: [5, 1], fill: () => palette.forecastWide },
        { series: [4, 2], fill: () => palette.forecastNear },
      ],
      hooks: {
        drawClear: [(chart) => tintFuture(chart, this.#scene)],
        draw: [(chart) => markNow(chart, this.#scene, { hasLabels: true })],
        setCursor: [(chart) => this.#reportCursor(chart)],
      },
    };
  }

  #replicaOptions() {
    const stepped = uPlot.paths.stepped({ align: 1 });
    const series = (options) => ({ paths: stepped, points: { show: false }, ...options });
    return {
      ...this.#commonOptions(this.#replicaElement),
      axes: [timeAxis({ hasLabels: true }), valueAxis((values) => values.map((value) => (Number.isInteger(value) ? count(value) : '')))],
      series: [
        {},
        series({ fill: () => palette.replicasArea, width: 0 }),
        series({ stroke: () => palette.forecast, width: 1.75, dash: [5, 4] }),
        series({ stroke: () => palette.tracking, width: 1.5, dash: [1.5, 2.5] }),
        series({ stroke: () => palette.replicas, width: 2 }),
      ],
      hooks: {
        drawClear: [(chart) => tintFuture(chart, this.#scene)],
        draw: [(chart) => markNow(chart, this.#scene, { hasLabels: false })],
      },
    };
  }

  #commonOptions(element) {
    return {
      ...sizeOf(element),
      padding: [12, 32, 0, 0], // on the right, room for half of a label
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone()),
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: false, y: false, setScale: false },
        sync: { key: SYNC_KEY, scales: ['x', null], setSeries: false },
      },
      scales: {
        x: { range: () => [this.#scene.from / 1000, this.#scene.to / 1000] },
        y: { range: (chart, least, largest) => [0, roundUp(Math.max(largest ?? 0, 1) * 1.04)] },
      },
    };
  }

  #reportCursor(chart) {
    const { left } = chart.cursor;
    this.#onCursor(left >= 0 ? chart.posToVal(left, 'x') * 1000 : null);
  }
}

function sizeOf(element) {
  return { width: element.clientWidth, height: element.clientHeight };
}

/** The next round number up: a scale that does not twitch as the data moves. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const leading = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10].find((candidate) => candidate * power >= value * (1 - 1e-9));
  return leading * power;
}

function timeAxis({ hasLabels }) {
  return {
    stroke: () => palette.inkSoft,
    font: palette.font,
    size: hasLabels ? 40 : 8,
    gap: 6,
    space: 70,
    grid: { stroke: () => palette.line, width: 1 },
    ticks: { show: false },
    values: (chart, splits) => (hasLabels ? splits.map(timeLabel) : splits.map(() => '')),
  };
}

/** The time of day; at midnight, and at the left end, the day as well. */
function timeLabel(seconds, index) {
  const time = clockTime(seconds * 1000);
  return time === '00:00' || index === 0 ? `${time}\n${day(seconds * 1000)}` : time;
}

function valueAxis(values) {
  return {
    stroke: () => palette.inkSoft,
    font: palette.font,
    size: AXIS_WIDTH,
    gap: 8,
    space: 36,
    grid: { stroke: () => palette.line, width: 1 },
    ticks: { show: false },
    values: (chart, splits) => values(splits),
  };
}

/** Columns: time, the five levels, observed. Each value stands at the middle of its step. */
function rateTableOf({ history, forecast }) {
  const middle = (grid) => grid.values.map((_, index) => (grid.start + (index + 0.5) * grid.step) / 1000);
  const observed = history?.values.length > 0 ? [middle(history), history.values] : NO_GRID;
  const expected = forecast?.values.length > 0
    ? [middle(forecast), ...LEVELS.map((_, level) => forecast.values.map((rates) => rates[level]))]
    : [[0], ...LEVELS.map(() => [null])];
  return uPlot.join([expected, observed]);
}

/** Columns: time, ready, required by the forecast, target tracking alone, decided. Each value holds until the next. */
function replicaTableOf({ at, replicas, tracking, forecast }) {
  const beginnings = (grid, values) => values.map((_, index) => (grid.start + index * grid.step) / 1000);
  const had = replicas.length > 0
    ? [replicas.map(({ at }) => at / 1000), replicas.map(({ ready }) => ready), replicas.map(({ decided }) => decided)]
    : [[0], [null], [null]];
  const tracked = tracking?.values.length > 0 ? [beginnings(tracking, tracking.values), tracking.values] : NO_GRID;
  const trackedUntil = Math.min(at / 1000, tracked[0].at(-1) + (tracking?.step ?? 0) / 1000);
  if (trackedUntil > tracked[0].at(-1)) {
    tracked[0] = [...tracked[0], trackedUntil];
    tracked[1] = [...tracked[1], tracked[1].at(-1)];
  }
  const required = forecast?.required?.length > 0 ? [beginnings(forecast, forecast.required), forecast.required] : NO_GRID;
  const [times, ready, decided, alone, needed] = uPlot.join([had, tracked, required]);
  return [times, ready, needed, alone, decided];
}
