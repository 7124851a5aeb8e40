package dev.prescale.scaling;

import dev.prescale.scaling.ScalingHistory.Breach;
import dev.prescale.scaling.StepRule.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Since when the readings of a metric have called for steps in one direction. A breach lasts while each reading is inside
 * an interval of that metric whose step goes the same way, be it another interval; it ends with a reading outside of all
 * of them, a missing reading, and with {@link #LONGEST_GAP} without a reading.
 */
public final class StepBreaches {
    /** Cycles come every 15 s; readings that are further apart than this leave open what was between. */
    public static final Duration LONGEST_GAP = Duration.ofMinutes(2);

    private StepBreaches() {}

    /** The breaches that last after this observation, at most one per metric; those before are not later than now. */
    public static List<Breach> after(List<Breach> before, ScalingPolicy policy, Observation observation, Instant now) {
        if (policy.steps().isEmpty()) {
            return List.of();
        }
        List<Breach> after = new ArrayList<>();
        TreeSet<String> metrics = new TreeSet<>();
        policy.steps().forEach(step -> metrics.add(step.metric()));
        for (String metric : metrics) {
            RateReading reading = MetricReadings.of(metric, policy, observation);
            if (reading instanceof RateReading.Known known) {
                Breach breach = after(before, policy, metric, known.value(), now);
                if (breach != null) {
                    after.add(breach);
                }
            }
        }
        return List.copyOf(after);
    }

    /** The breach that lasts after one reading of a metric, null for none. */
    public static @Nullable Breach after(
            List<Breach> before, ScalingPolicy policy, String metric, double value, Instant now) {
        StepRule step = stepAt(policy, metric, value);
        if (step == null) {
            return null;
        }
        Direction direction = step.change().direction();
        Breach last = of(before, metric);
        if (last == null
                || last.direction() != direction
                || last.lastSeen().plus(LONGEST_GAP).isBefore(now)) {
            return new Breach(metric, direction, now, now);
        }
        return new Breach(metric, direction, last.since(), now);
    }

    static @Nullable StepRule stepAt(ScalingPolicy policy, String metric, double value) {
        for (StepRule step : policy.steps()) {
            if (step.metric().equals(metric) && step.covers(value)) {
                return step;
            }
        }
        return null;
    }

    static @Nullable Breach of(List<Breach> breaches, String metric) {
        for (Breach breach : breaches) {
            if (breach.metric().equals(metric)) {
                return breach;
            }
        }
        return null;
    }
}
