package dev.prescale.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What of a trace is replayed: what a warm-up leaves of it, in whole cycles and whole minutes.
 *
 * @param from end of the warm-up and first cycle
 * @param to end, not included
 */
public record ReplayPeriod(Instant from, Instant to) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * @param warmUp whole minutes
     * @param most where given, not more than this of what is left
     * @return empty where less than one cycle and one minute is left
     */
    public static Optional<ReplayPeriod> after(Trace trace, Duration warmUp, Duration cycle, Optional<Duration> most) {
        Duration unit = commonMultiple(cycle, MINUTE);
        Duration left = length(trace).minus(warmUp);
        if (left.compareTo(unit) < 0) {
            return Optional.empty();
        }
        Instant from = trace.minutes().start().plus(warmUp);
        Duration replayed = most.orElse(left);
        return Optional.of(new ReplayPeriod(from, from.plus(unit.multipliedBy(replayed.dividedBy(unit)))));
    }

    /** A warm-up that leaves a third of the trace: whole days, or whole hours of a trace that has no three days. */
    public static Duration fittingWarmUp(Trace trace) {
        Duration share = length(trace).multipliedBy(2).dividedBy(3);
        return share.toDays() >= 2 ? Duration.ofDays(share.toDays()) : Duration.ofHours(share.toHours());
    }

    private static Duration length(Trace trace) {
        return Duration.between(trace.minutes().start(), trace.minutes().end());
    }

    private static Duration commonMultiple(Duration a, Duration b) {
        long millis = a.toMillis();
        while (millis % b.toMillis() != 0) {
            millis += a.toMillis();
        }
        return Duration.ofMillis(millis);
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** Whether the trace has traffic to replay, and not only before. */
    public boolean hasSamples(Trace trace) {
        return trace.minutes().until(to).from(from).hasSamples();
    }
}
