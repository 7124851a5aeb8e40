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
    const live = (this.#traces.get(key) ?? []).filter(({ at }) => at <= now);
    const told = (past?.decided ?? [])
      .map((decided, index) => ({ at: past.start + index * past.step, decided, ready: past.ready[index] }))
      .filter(({ at }) => at <= now);
    const points = merged(told, live, past?.step ?? 0);
    const last = points.at(-1);
    return last !== undefined && last.at < now ? [...points, { ...last, at: now }] : points;
  }
}

/**
 * Of what is decided the journal misses nothing, while events may be far apart where the service's clock runs fast; of what is ready
 * events tell more.
 */
function merged(told, live, step) {
  const toldUntil = (told.at(-1)?.at ?? -Infinity) + step;
  const times = [...new Set([...told, ...live].map(({ at }) => at))].sort((one, other) => one - other);
  let fromTold;
  let fromLive;
  let nextTold = 0;
  let nextLive = 0;
  return times.map((at) => {
    for (; told[nextTold]?.at <= at; nextTold++) {
      fromTold = told[nextTold];
    }
    for (; live[nextLive]?.at <= at; nextLive++) {
      fromLive = live[nextLive];
    }
    const isTold = fromTold !== undefined && fromTold.decided !== null && at < toldUntil;
    return {
      at,
      decided: isTold ? fromTold.decided : (fromLive?.decided ?? null),
      ready: fromLive?.ready ?? (at < toldUntil ? (fromTold?.ready ?? null) : null),
    };
  });
}
