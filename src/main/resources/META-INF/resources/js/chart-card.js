/** The card with both charts: which time they show, how it is changed by hand, and what is read out of them. */
import { ChartGestures } from './chart-gestures.js';
import { EndpointCharts } from './charts.js';
import { h, setText } from './dom.js';
import { RangePicker } from './range-picker.js';
import { rateReadout, readAt, replicaReadout } from './readout.js';
import { DEFAULT_WINDOW, panned, spanOf, zoomed } from './time-window.js';

const CURSOR_KEYS = { ArrowLeft: -0.02, ArrowRight: 0.02, PageUp: -0.1, PageDown: 0.1 };
const PAN_KEYS = { ArrowLeft: -0.2, ArrowRight: 0.2 };
const ZOOM_KEYS = { '+': 0.5, '=': 0.5, '-': 2, _: 2 };

export class ChartCard {
  #onWindow;
  #window;
  /** To come back to from a window that somebody put somewhere. */
  #following;
  #at = null;
  #unit = 'req/s';
  #scene = null;
  #cursorTime = null;
  #charts;
  #picker;
  #parts = {
    rateReadout: h('p.readout'),
    replicaReadout: h('p.readout'),
    ratePlot: h('div.plot.plot-rate'),
    replicaPlot: h('div.plot.plot-replicas'),
    note: h('p.plot-note', { role: 'status', hidden: true }),
    spoken: h('p.unseen', { 'aria-live': 'polite' }),
    fault: h('p.chart-fault', { role: 'alert', hidden: true }),
  };

  /**
   * @param {import('./time-window.js').Window} window
   * @param {(window: import('./time-window.js').Window, how: {isStep: boolean}) => void} onWindow another time is to be shown
   */
  constructor(window, onWindow) {
    this.#window = window;
    this.#following = window.preset === undefined ? DEFAULT_WINDOW : window;
    this.#onWindow = onWindow;
    const reset = () => this.#choose(this.#following, true);
    const gestures = new ChartGestures({
      onZoom: (factor, share) => this.#zoom(factor, share),
      onPan: (share) => this.#pan(share),
      onReset: reset,
      onEnd: () => this.#onWindow(this.#window, { isStep: false }),
    });
    this.#picker = new RangePicker((chosen) => this.#choose(chosen, true), { zoom: (factor) => this.#zoomByStep(factor), reset });
    const parts = this.#parts;
    this.#charts = new EndpointCharts(parts.ratePlot, parts.replicaPlot, (time) => {
      this.#cursorTime = time;
      this.#drawReadouts();
    }, gestures);
    this.element = h('section.card.charts', { 'aria-label': 'Charts' },
      h('div.card-head', {}, h('h2', {}, 'Request rate'), this.#picker.element),
      h('div.chart-area', {
        tabindex: '0', role: 'group', 'aria-describedby': 'chart-keys', onkeydown: (event) => this.#key(event, reset),
        'aria-label': 'Rate and replicas over time. The arrow keys read the values.',
      }, parts.rateReadout, parts.ratePlot, parts.note, h('h2', {}, 'Replicas'), parts.replicaReadout, parts.replicaPlot),
      h('p.soft.chart-keys', { id: 'chart-keys' },
        'Drag to move, pinch or Ctrl + wheel to zoom, double click for now.',
        h('span', {}, ' With the keyboard: arrows read, + and − zoom, Shift and an arrow moves, 0 goes back.')),
      parts.spoken, parts.fault);
  }

  get window() {
    return this.#window;
  }

  /** The time is as it is in the address. */
  follow(window) {
    this.#choose(window, null);
  }

  /** Shows the window at the service's time, be there nothing new to draw yet. */
  moveTo(at) {
    this.#at = at;
    this.#picker.draw(this.#window, this.#span(), at);
  }

  /** @param {import('./charts.js').Scene} scene without its ends, which are those of the window */
  draw(scene, unit) {
    this.#unit = unit;
    // A window that follows now shows what was read at that time, so that curves and axis move together.
    this.#scene = { ...scene, ...spanOf(this.#window, scene.at) };
    this.#charts.draw(this.#scene);
    const hasSamples = scene.history.values.some((value) => value !== null);
    this.#parts.note.hidden = hasSamples || this.#scene.from > scene.at;
    setText(this.#parts.note, 'No sample of the request rate is held of this time.');
    this.#drawReadouts();
  }

  showFault(message) {
    this.#parts.fault.hidden = message === null;
    setText(this.#parts.fault, message === null ? '' : `The charts are not up to date. ${message}`);
  }

  close() {
    this.#charts.close();
  }

  #span() {
    return spanOf(this.#window, this.#scene?.at ?? this.#at);
  }

  #choose(window, isStep) {
    this.#window = window;
    this.#following = window.preset === undefined ? this.#following : window;
    if (this.#at !== null) {
      this.#picker.draw(window, this.#span(), this.#at);
      this.#charts.show(this.#span());
      this.#drawReadouts();
    }
    if (isStep !== null) {
      this.#onWindow(window, { isStep });
    }
  }

  /** While a gesture lasts the axis follows it at once; what is read for it comes when it ends. */
  #place(span) {
    this.#window = span;
    this.#picker.draw(span, span, this.#at);
    this.#charts.show(span);
  }

  #zoom(factor, share) {
    if (this.#at !== null) {
      const span = this.#span();
      this.#place(zoomed(span, factor, span.from + share * (span.to - span.from), this.#at));
    }
  }

  #pan(share) {
    if (this.#at !== null) {
      this.#place(panned(this.#span(), share, this.#at));
    }
  }

  /** Around what is being read, else around the middle. */
  #zoomByStep(factor) {
    const { from, to } = this.#span();
    const share = this.#cursorTime === null ? 0.5 : (this.#cursorTime - from) / (to - from);
    this.#zoom(factor, share);
    this.#onWindow(this.#window, { isStep: true });
  }

  #key(event, reset) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'Escape') {
      this.#charts.hideCursor();
    } else if (event.key === '0') {
      reset();
    } else if (event.key in ZOOM_KEYS) {
      this.#zoomByStep(ZOOM_KEYS[event.key]);
    } else if (event.shiftKey && event.key in PAN_KEYS) {
      this.#pan(PAN_KEYS[event.key]);
      this.#onWindow(this.#window, { isStep: false });
    } else if (event.key in CURSOR_KEYS) {
      this.#charts.moveCursor(CURSOR_KEYS[event.key]);
      setText(this.#parts.spoken, `${this.#parts.rateReadout.textContent}. ${this.#parts.replicaReadout.textContent}`);
    } else {
      return;
    }
    event.preventDefault();
  }

  #drawReadouts() {
    if (this.#scene !== null) {
      const values = readAt(this.#scene, this.#cursorTime);
      rateReadout(this.#parts.rateReadout, values, this.#unit);
      replicaReadout(this.#parts.replicaReadout, values);
    }
  }
}
