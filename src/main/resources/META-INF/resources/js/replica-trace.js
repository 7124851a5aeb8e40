/**
 * How many replicas an endpoint had, over time: what the journal of decisions tells, continued by what the live events
 * brought. The journal holds a row per change of the decision; replicas become ready in between, which only events show.
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
   * @param {import('./journal.js').Journal} journal
   * @returns {{at: number, decided: number | null, ready: number | null}[]}
   */
  of(key, journal, from, now) {
    const { decisions } = journal;
    const live = this.#traces.get(key) ?? [];
    const journalEnd = live[0]?.at ?? Infinity;
    const points = decisions
      .filter((decision) => decision.at < journalEnd)
      .map(({ at, replicas, readyReplicas }) => ({ at, decided: replicas, ready: readyReplicas }))
      .reverse();
    const oldest = decisions.at(-1);
    if (points.length > 0 && oldest.at > from && journal.reachesBackTo(from)) {
      points.unshift({ at: from, decided: oldest.currentReplicas, ready: oldest.readyReplicas });
    }
    points.push(...live);
    const last = points.at(-1);
    return last !== undefined && last.at < now ? [...points, { ...last, at: now }] : points;
  }
}
