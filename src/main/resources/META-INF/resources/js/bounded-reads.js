/**
 * Reads of which only so many are under way at a time. One that is not wanted any more is taken back: before its turn it is never
 * made, after it its call is aborted.
 */
export class BoundedReads {
  #most;
  #waiting = new Set();
  #running = 0;

  constructor(most) {
    this.#most = most;
  }

  /**
   * @param {(signal: AbortSignal) => Promise<void>} read
   * @returns {() => void} takes it back
   */
  start(read) {
    const controller = new AbortController();
    const task = { read, signal: controller.signal };
    this.#waiting.add(task);
    this.#next();
    return () => {
      this.#waiting.delete(task);
      controller.abort();
    };
  }

  async #next() {
    const [task] = this.#waiting;
    if (task === undefined || this.#running >= this.#most) {
      return;
    }
    this.#waiting.delete(task);
    this.#running++;
    try {
      await task.read(task.signal);
    } catch {
      // who reads tells what came of it
    } finally {
      this.#running--;
      this.#next();
    }
  }
}
