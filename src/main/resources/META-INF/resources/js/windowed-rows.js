/**
 * Rows of a long list of which only those in sight, and some around them, are in the document: a thousand rows cost as much as twenty.
 * All rows are equally high; the room of those that are left out is padding.
 */
import { syncChildren } from './dom.js';

/** Rows kept above and below what is in sight, so that scrolling and tabbing meet a row that is there. */
const BEYOND = 6;
const FIRST_GUESS = 20;

export class WindowedRows {
  #room;
  #body;
  #create;
  #items = [];
  #rows = new Map();
  #rowHeight = null;
  #from = 0;
  #to = 0;
  #frame = null;
  #onScroll = () => this.#ask();
  #resize = new ResizeObserver(() => {
    this.#rowHeight = null;
    this.#ask();
  });

  /**
   * @param {Element} room around the table; its padding stands for what is left out
   * @param {Element} body where the rows are
   * @param {(item: T) => {element: Element, draw: (item: T, index: number) => void, close: () => void}} create
   * @template {{key: string}} T
   */
  constructor(room, body, create) {
    this.#room = room;
    this.#body = body;
    this.#create = create;
    addEventListener('scroll', this.#onScroll, { passive: true });
    this.#resize.observe(document.documentElement);
  }

  /** @param {T[]} items all of them */
  show(items) {
    this.#items = items;
    this.#place();
    this.#draw();
  }

  close() {
    removeEventListener('scroll', this.#onScroll);
    this.#resize.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#rows.forEach((row) => row.close());
  }

  #ask() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      const { from, to } = { from: this.#from, to: this.#to };
      this.#place();
      if (from !== this.#from || to !== this.#to) {
        this.#draw();
      }
    });
  }

  /** Which rows are in sight, or nearly so. */
  #place() {
    const { length } = this.#items;
    const height = this.#measuredHeight();
    if (height === null) {
      this.#from = 0;
      this.#to = Math.min(length, FIRST_GUESS);
      return;
    }
    const above = -this.#room.getBoundingClientRect().top;
    const first = Math.floor(above / height) - BEYOND;
    const inSight = Math.ceil(innerHeight / height) + 2 * BEYOND;
    this.#from = Math.max(0, Math.min(first, length - inSight));
    this.#to = Math.min(length, this.#from + inSight + 1);
  }

  #measuredHeight() {
    const row = this.#body.firstElementChild;
    if (this.#rowHeight === null && row !== null) {
      const { height } = row.getBoundingClientRect();
      this.#rowHeight = height > 0 ? height : null;
    }
    return this.#rowHeight;
  }

  #draw() {
    const isFirst = this.#rowHeight === null;
    const shown = this.#items.slice(this.#from, this.#to);
    syncChildren(this.#body, shown, ({ key }) => key, (item) => this.#open(item));
    shown.forEach((item, index) => this.#rows.get(item.key).draw(item, this.#from + index));
    this.#closeOthers();
    if (isFirst && this.#measuredHeight() !== null) {
      this.#place();
    }
    const height = this.#rowHeight ?? 0;
    this.#room.style.paddingTop = `${this.#from * height}px`;
    this.#room.style.paddingBottom = `${(this.#items.length - this.#to) * height}px`;
  }

  #open(item) {
    const row = this.#create(item);
    this.#rows.set(item.key, row);
    return row.element;
  }

  #closeOthers() {
    for (const [key, row] of this.#rows) {
      if (!row.element.isConnected) {
        row.close();
        this.#rows.delete(key);
      }
    }
  }
}
