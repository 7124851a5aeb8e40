package dev.prescale.backtest;

import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decisions of one run gave as reasons, and why minutes were violated: what the decision said that was in force when replicas had to be ordered to be ready in time, one
 * lead time before. A minute for which enough had been ordered counts as started late.
 */
final class ReasonTally {
    /** What held back an order, whatever had been asked for. */
    private static final Set<ReasonCode> HELD_BACK = Set.of(
            ReasonCode.SCALE_UP_LIMITED,
            ReasonCode.SCALE_UP_STABILIZED,
            ReasonCode.ABOVE_MAXIMUM,
            ReasonCode.ROLLOUT_HOLD,
            ReasonCode.PAUSED);

    private final @Nullable ScalingDecision[] decisions;
    private final int leadMinutes;
    private final Map<ReasonCode, Integer> minutes = new EnumMap<>(ReasonCode.class);
    private int startedLate;
    private long cycles;
    private long cyclesWithoutForecast;

    /** @param startTime of replicas: who orders that much before the end of a minute is in time for it */
    ReasonTally(Duration startTime) {
        this.leadMinutes = Math.toIntExact(startTime.plusSeconds(59).toMinutes());
        this.decisions = new ScalingDecision[leadMinutes + 1];
    }

    /** What was decided at this time; of several in a minute the last one counts. */
    void decided(ScalingDecision decision, Instant now) {
        decisions[slot(minuteOf(now))] = decision;
        cycles++;
        if (decision.has(ReasonCode.FORECAST_DISTRUSTED) || decision.has(ReasonCode.FORECAST_UNAVAILABLE)) {
            cyclesWithoutForecast++;
        }
    }

    /** A minute was violated that needed so many replicas. */
    void violated(Instant minute, double needed) {
        ScalingDecision ordering = decisions[slot(minuteOf(minute) - leadMinutes)];
        if (ordering == null || ordering.trail().isEmpty()) {
            return;
        }
        ScalingDecision lacking = ordering.replicas() < needed ? ordering : firstBelow(needed, minuteOf(minute));
        if (lacking == null) {
            startedLate++;
        } else {
            minutes.merge(cause(lacking), 1, Integer::sum);
        }
    }

    /** The decision that took away again what had been ordered in time; null where none did. */
    private @Nullable ScalingDecision firstBelow(double needed, long minute) {
        for (long m = minute - leadMinutes + 1; m <= minute; m++) {
            ScalingDecision later = decisions[slot(m)];
            if (later != null && later.replicas() < needed) {
                return later;
            }
        }
        return null;
    }

    private static long minuteOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 60L);
    }

    private int slot(long minute) {
        return (int) Math.floorMod(minute, (long) decisions.length);
    }

    private static ReasonCode cause(ScalingDecision ordering) {
        return ordering.trail().stream()
                .map(Reason::code)
                .filter(HELD_BACK::contains)
                .findFirst()
                .orElse(ordering.trail().getFirst().code());
    }

    /** Share of the cycles whose forecast was not there or not trusted, 0 to 1. */
    double shareWithoutForecast() {
        return cycles == 0 ? 0 : (double) cyclesWithoutForecast / cycles;
    }

    /** Violated minutes for which enough replicas had been ordered. */
    int startedLate() {
        return startedLate;
    }

    /** What caused the most of the others; empty where nothing is known. */
    Optional<Cause> most() {
        return minutes.entrySet().stream()
                .max(Map.Entry.<ReasonCode, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(entry -> new Cause(entry.getKey(), entry.getValue()));
    }

    /** @param minutes that were violated for it */
    record Cause(ReasonCode code, int minutes) {}
}
