/**
 * The decisions of one endpoint as far as they have been read. A week of them is a few thousand: what is already here is
 * not asked for again, only what came after it, and what lies further back than was looked before.
 */
import { getDecisions } from './api.js';

const PAGE = 1_000;
const MOST_PAGES = 5;

/** Older decisions than the widest range of the page are let go. */
const KEPT_MILLIS = 8 * 86_400_000;

export class Journal {
  #id;
  #decisions = [];
  #readFrom = Infinity;

  constructor(id) {
    this.#id = id;
  }

  /** Newest first. */
  get decisions() {
    return this.#decisions;
  }

  /** Whether everything since then is here; it is not where there were more decisions than are read at once. */
  reachesBackTo(time) {
    return this.#readFrom <= time;
  }

  /** Reads what is missing of the decisions with `from <= at <= now`. */
  async read(from, now) {
    if (this.#decisions.length > 0 && now < this.#decisions[0].at) {
      this.#decisions = []; // the service was started again, with a clock of its own
      this.#readFrom = Infinity;
    }
    const newest = this.#decisions[0]?.at;
    const oldest = this.#decisions.at(-1)?.at;
    const newer = newest === undefined ? [] : (await this.#pages(newest + 1, now + 1)).decisions;
    this.#decisions = [...newer, ...this.#decisions];
    if (from < this.#readFrom) {
      const older = await this.#pages(from, oldest ?? now + 1);
      this.#decisions = [...this.#decisions, ...older.decisions];
      this.#readFrom = older.isComplete ? from : this.#decisions.at(-1).at;
    }
    this.#decisions = this.#decisions.filter(({ at }) => at > now - KEPT_MILLIS);
  }

  async #pages(from, to) {
    const decisions = [];
    let end = to;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await getDecisions(this.#id, { from, to: end, limit: PAGE });
      decisions.push(...page.decisions);
      if (page.next === null) {
        return { decisions, isComplete: true };
      }
      end = page.next;
    }
    return { decisions, isComplete: false };
  }
}
