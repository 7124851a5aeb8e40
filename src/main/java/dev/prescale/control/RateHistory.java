package dev.prescale.control;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.SampleGrid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Port: observed request rates of many endpoints. Reading is batched: an implementation asks its store once for queries
 * that share a source, and answers each on its own, so that one bad endpoint spoils no other. It never throws for what a
 * store does.
 *
 * <p>Rows that differ in tags the source does not name are series of their own (replicas, versions, zones): each is
 * placed by {@link SampleGrid}, then their rates are summed. A negative value makes the query {@link Failed}.
 */
public interface RateHistory {
    /** One answer per query, in their order. */
    List<Answer> read(List<Query> queries, Instant now);

    /**
     * The steps in {@code [from, to)}.
     *
     * @param from aligned to the source's step since the epoch
     * @param to aligned likewise; steps that are not over at the time of the read are left out of the answer
     */
    record Query(TrafficSource source, Instant from, Instant to) {
        public Query {
            Require.that(from.isBefore(to), "a query must begin before it ends, was %s to %s", from, to);
            Require.that(
                    isAligned(from, source) && isAligned(to, source),
                    "%s and %s must lie on the grid of %s",
                    from,
                    to,
                    source.step());
        }

        /** The steps asked for that are over at {@code now}; none where all of them are still to come. */
        public SampleGrid completeSteps(Instant now) {
            long stepSeconds = source.step().seconds();
            Instant over = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), stepSeconds) * stepSeconds);
            Instant end = over.isBefore(from) ? from : over.isBefore(to) ? over : to;
            return new SampleGrid(from, end, source.step());
        }

        private static boolean isAligned(Instant instant, TrafficSource source) {
            return instant.toEpochMilli() % (1000L * source.step().seconds()) == 0;
        }
    }

    /** What a read came to. Only {@link Samples} is acted on as if it were the present; none ever becomes 0. */
    sealed interface Answer {}

    /**
     * Samples up to the present.
     *
     * @param series the complete steps asked for, in req/s, gaps where the store had none
     */
    record Samples(RateSeries series) implements Answer {}

    /** The query worked and had no rows. */
    record Empty() implements Answer {}

    /**
     * The newest sample is older than {@link #STALE_AFTER_STEPS} steps.
     *
     * @param series the samples there are
     * @param age of the end of the newest step with a sample, at the time of the read
     */
    record Stale(RateSeries series, Duration age) implements Answer {}

    /** The store could not be read; the reason is a sentence without secrets. */
    record Failed(String reason) implements Answer {}

    int STALE_AFTER_STEPS = 3;

    /**
     * The answer for a series that was read: {@link Empty} without a sample, {@link Stale} where {@code now} is in the
     * range asked for and the newest sample is too old, else {@link Samples}.
     */
    static Answer answerOf(RateSeries series, Query query, Instant now) {
        int last = series.lastSample();
        if (last < 0) {
            return new Empty();
        }
        Duration step = query.source().step().duration();
        Duration age = Duration.between(series.instantAt(last + 1), now);
        boolean asksForPresent = query.to().plus(step).isAfter(now);
        return asksForPresent && age.compareTo(step.multipliedBy(STALE_AFTER_STEPS)) > 0
                ? new Stale(series, age)
                : new Samples(series);
    }
}
