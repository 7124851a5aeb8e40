/**
 * How many replicas an endpoint had, over time: what the service tells of the past, continued by what the live events brought. The
 * service knows from the journal, which holds a row per change of the decision; replicas become ready in between, which only
 * events show.
 */

/** Changes kept per endpoint; a week of a busy endpoint. */
const MOST_POINTS = 5_000;

export class ReplicaTraces {
  #traces = new Map();

  /** Notes what an event brought. */
  observe(fleet) {
    for (const { key, at, currentReplicas, readyReplicas } of fleet.endpoints) {
      const points = this.#traces.get(key) ?? [];
      this.#traces.set(key, points);
      const last = points.at(-1);
      if (last !== undefined && at < last.at) {
        points.length = 0; // the service was started again, with a clock of its own
      }
      if (last === undefined || last.decided !== currentReplicas || last.ready !== readyReplicas) {
        points.push({ at, decided: currentReplicas, ready: readyReplicas });
      }
      if (points.length > MOST_POINTS) {
        points.shift();
      }
    }
  }

  /**
   * Points in order of time, ending now; null where a number is not known.
   *
   * @param {{start: number, step: number, decided: (number | null)[], ready: (number | null)[]} | null} past
   * @returns {{at: number, decided: number | null, ready: number | null}[]}
   */
  of(key, past, now) {
    const live = this.#traces.get(key) ?? [];
    const liveFrom = live[0]?.at ?? Infinity;
    const points = (past?.decided ?? [])
      .map((decided, index) => ({ at: past.start + index * past.step, decided, ready: past.ready[index] }))
      .filter(({ at }) => at < liveFrom && at <= now);
    points.push(...live);
    const last = points.at(-1);
    return last !== undefined && last.at < now ? [...points, { ...last, at: now }] : points;
  }
}
