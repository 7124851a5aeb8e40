/**
 * Limits how often something happens: calls that come while one is under way or too soon after it are merged into one
 * later call. A simulated clock may tick thousands of times faster than anyone can look.
 */
export class Pace {
  #task;
  #leastMillis;
  #isPending = false;
  #isRunning = false;
  #isStopped = false;
  #lastStart = -Infinity;

  /**
   * @param {() => void | Promise<void>} task
   * @param {number} leastMillis least real time between two starts
   */
  constructor(task, leastMillis) {
    this.#task = task;
    this.#leastMillis = leastMillis;
  }

  /** The task will run once more, as soon as the pace allows. */
  ask() {
    if (this.#isPending || this.#isStopped) {
      return;
    }
    this.#isPending = true;
    if (!this.#isRunning) {
      this.#schedule();
    }
  }

  stop() {
    this.#isStopped = true;
  }

  #schedule() {
    const wait = Math.max(0, this.#lastStart + this.#leastMillis - performance.now());
    // A frame, not only a timer: a page in a background tab asks the service for nothing and draws nothing.
    setTimeout(() => requestAnimationFrame(() => this.#run()), wait);
  }

  async #run() {
    if (this.#isStopped) {
      return;
    }
    this.#isPending = false;
    this.#isRunning = true;
    this.#lastStart = performance.now();
    try {
      await this.#task();
    } finally {
      this.#isRunning = false;
      if (this.#isPending) {
        this.#schedule();
      }
    }
  }
}
