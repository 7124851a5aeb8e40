package dev.prescale.app;

import dev.prescale.config.EndpointTraces;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.RateHistory;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An endpoint's own history as a trace is made of it, wherever it is read from. */
final class OwnHistory {
    private OwnHistory() {}

    /**
     * Reads from the first sample to the last.
     *
     * @param from not on the grid of the steps yet, as {@code to}
     * @return empty where there is no sample, or no whole step between the two
     * @throws EndpointTraces.Unreadable where the store fails
     */
    static Optional<RateSeries> read(RateHistory store, EndpointSpec spec, Instant from, Instant to, Instant now) {
        long step = spec.traffic().step().seconds();
        Instant begin = wholeStep(from, step);
        Instant end = wholeStep(to, step);
        if (!begin.isBefore(end)) {
            return Optional.empty();
        }
        RateHistory.Answer answer = store.read(List.of(new RateHistory.Query(spec.traffic(), begin, end)), now)
                .getFirst();
        return switch (answer) {
            case RateHistory.Samples samples -> sampled(samples.series());
            case RateHistory.Stale stale -> sampled(stale.series());
            case RateHistory.Empty ignored -> Optional.empty();
            case RateHistory.Failed failed ->
                throw new EndpointTraces.Unreadable(
                        "the history of %s cannot be read: %s".formatted(spec.id(), failed.reason()));
        };
    }

    static Instant wholeStep(Instant instant, long stepSeconds) {
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), stepSeconds) * stepSeconds);
    }

    /** What was asked for may begin before the endpoint did, and end after it: gaps at the ends are no part of a trace. */
    private static Optional<RateSeries> sampled(RateSeries series) {
        int last = series.lastSample();
        int first = 0;
        while (first < last && series.isGap(first)) {
            first++;
        }
        return last < 0 ? Optional.empty() : Optional.of(series.slice(first, last + 1));
    }
}
