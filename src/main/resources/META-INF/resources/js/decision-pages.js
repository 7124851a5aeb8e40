/**
 * The decisions of one endpoint as far as they have been read, newest first: what is already here is not asked for again, only what
 * came after it, and a page further back when somebody wants it.
 */
import { getDecisions } from './api.js';

const FIRST_PAGE = 12;
const PAGE = 50;
const NEWS = 200;
const MOST = 1_000;

export class DecisionPages {
  #id;
  #selection = { code: '', changed: true, until: null };
  #decisions = [];
  /** Where the page further back ends; null where there is none, undefined where nothing has been read. */
  #next = undefined;

  constructor(id) {
    this.#id = id;
  }

  get decisions() {
    return this.#decisions;
  }

  get hasMore() {
    return this.#next !== null && this.#next !== undefined && this.#decisions.length < MOST;
  }

  /**
   * What is looked for from now on.
   *
   * @param {{code: string, changed: boolean, until: number | null}} selection a reason code or empty, whether only changes, and
   *     until when, null for now
   */
  select(selection) {
    const is = this.#selection;
    if (is.code !== selection.code || is.changed !== selection.changed || is.until !== selection.until) {
      this.#selection = selection;
      this.#forget();
    }
  }

  /** Reads what is new. */
  async refresh(now) {
    const { code, changed, until } = this.#selection;
    const newest = this.#decisions[0]?.at;
    if (newest !== undefined && now < newest) {
      this.#forget(); // the service was started again, with a clock of its own
    }
    if (this.#next === undefined) {
      await this.#begin();
    } else if (until === null) {
      const from = this.#decisions[0] === undefined ? undefined : this.#decisions[0].at + 1;
      const page = await getDecisions(this.#id, { from, limit: NEWS, code, changed });
      const isGapless = page.next === null;
      this.#decisions = isGapless ? [...page.decisions, ...this.#decisions].slice(0, MOST + NEWS) : page.decisions;
      this.#next = isGapless ? this.#next : page.next;
    }
  }

  /** Reads a page further back. */
  async more() {
    if (!this.hasMore) {
      return;
    }
    const { code, changed } = this.#selection;
    const page = await getDecisions(this.#id, { to: this.#next, limit: PAGE, code, changed });
    this.#decisions = [...this.#decisions, ...page.decisions];
    this.#next = page.next;
  }

  async #begin() {
    const { code, changed, until } = this.#selection;
    const page = await getDecisions(this.#id, { to: until ?? undefined, limit: FIRST_PAGE, code, changed });
    this.#decisions = page.decisions;
    this.#next = page.next;
  }

  #forget() {
    this.#decisions = [];
    this.#next = undefined;
  }
}
