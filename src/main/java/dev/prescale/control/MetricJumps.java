package dev.prescale.control;

import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Takes a metric that jumps to a million times what it was for missing: more likely a unit or a counter that broke than a
 * load. Readings below a thousandth of the target count as that much, so that a metric may rise from nothing. What lasts for
 * {@link #LONGEST} is a new level and counts. A fall is no jump: a queue may empty at once.
 *
 * <p>Readings that are negative or not finite do not come this far: their source has failed.
 */
final class MetricJumps {
    static final double LARGEST = 1e6;
    static final Duration LONGEST = Duration.ofMinutes(10);
    private static final double LEAST_SHARE_OF_TARGET = 1e-3;

    private final ScalingPolicy policy;
    private Map<String, Seen> plausible = Map.of();

    private record Seen(double value, Instant at) {}

    MetricJumps(ScalingPolicy policy) {
        this.policy = policy;
    }

    /** The readings with jumps made missing, and the cause said. */
    Map<String, RateReading> withoutJumps(Map<String, RateReading> readings, Instant now) {
        if (readings.isEmpty()) {
            return readings;
        }
        Map<String, RateReading> checked = new HashMap<>(readings);
        Map<String, Seen> seen = new HashMap<>(plausible);
        for (MetricTarget metric : policy.reactive().metrics()) {
            if (!(readings.get(metric.name()) instanceof RateReading.Known known)) {
                continue;
            }
            Seen last = seen.get(metric.name());
            if (last != null && isJump(last, known.value(), metric, now)) {
                String why = String.format(
                        Locale.ROOT,
                        "%.3g after %.3g is a jump by more than %.0f times",
                        known.value(),
                        last.value(),
                        LARGEST);
                checked.put(metric.name(), new RateReading.Failed(why));
            } else {
                seen.put(metric.name(), new Seen(known.value(), now));
            }
        }
        plausible = Map.copyOf(seen);
        return checked;
    }

    private static boolean isJump(Seen last, double value, MetricTarget metric, Instant now) {
        double before = Math.max(last.value(), LEAST_SHARE_OF_TARGET * metric.target());
        return value > LARGEST * before && now.isBefore(last.at().plus(LONGEST));
    }
}
