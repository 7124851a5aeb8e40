/**
 * Zooming and panning by pointer: drag, pinch, wheel with Ctrl (which is also what a pinch on a touchpad is), sideways wheel, double
 * click. A plain wheel and a finger that moves up or down scroll the page, as everywhere.
 */

/** A notch of a wheel is 100 to 120 px in most browsers: a tenth nearer or further. */
const ZOOM_PER_PIXEL = 0.001;

export class ChartGestures {
  #onZoom;
  #onPan;
  #onEnd;
  #pointers = new Map();
  #ended = null;

  /**
   * @param {object} listeners
   * @param {(factor: number, share: number) => void} listeners.onZoom around a share of the width; below 1 is nearer
   * @param {(share: number) => void} listeners.onPan by a share of the width; above 0 is later
   * @param {() => void} listeners.onReset
   * @param {() => void} listeners.onEnd when the reader lets go
   */
  constructor({ onZoom, onPan, onReset, onEnd }) {
    this.#onZoom = onZoom;
    this.#onPan = onPan;
    this.#onEnd = onEnd;
    this.onReset = onReset;
  }

  /** @param {Element} element that is as wide as the plot */
  listenOn(element) {
    element.addEventListener('wheel', (event) => this.#wheel(event, element), { passive: false });
    element.addEventListener('pointerdown', (event) => this.#down(event, element));
    element.addEventListener('pointermove', (event) => this.#move(event, element));
    element.addEventListener('pointerup', (event) => this.#up(event));
    element.addEventListener('pointercancel', (event) => this.#up(event));
    element.addEventListener('dblclick', () => this.onReset());
  }

  #wheel(event, element) {
    const isZoom = event.ctrlKey || event.metaKey;
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (!isZoom && !isSideways) {
      return;
    }
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (isZoom) {
      this.#onZoom(Math.exp(event.deltaY * unit * ZOOM_PER_PIXEL), shareOf(event.clientX, element));
    } else {
      this.#onPan(((event.deltaX || event.deltaY) * unit) / element.clientWidth);
    }
    this.#endSoon();
  }

  #down(event, element) {
    if (event.button !== 0) {
      return;
    }
    element.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, event.clientX);
  }

  #move(event, element) {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined || before === event.clientX) {
      return;
    }
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId);
    this.#pointers.set(event.pointerId, event.clientX);
    if (others.length === 0) {
      this.#onPan((before - event.clientX) / element.clientWidth);
      return;
    }
    const [[, other]] = others;
    const apart = Math.max(1, Math.abs(event.clientX - other));
    this.#onZoom(Math.max(1, Math.abs(before - other)) / apart, shareOf((event.clientX + other) / 2, element));
  }

  #up({ pointerId }) {
    if (this.#pointers.delete(pointerId) && this.#pointers.size === 0) {
      this.#onEnd();
    }
  }

  /** Nobody tells when a wheel has stopped. */
  #endSoon() {
    clearTimeout(this.#ended);
    this.#ended = setTimeout(() => this.#onEnd(), 200);
  }
}

function shareOf(clientX, element) {
  const { left, width } = element.getBoundingClientRect();
  return Math.min(Math.max((clientX - left) / width, 0), 1);
}
