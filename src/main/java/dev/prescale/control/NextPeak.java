package dev.prescale.control;

import dev.prescale.forecast.Forecast;
import dev.prescale.scaling.ScalingPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The largest median of the forecast within the next day.
 *
 * @param at begin of the step
 * @param load median, in the unit of the capacity model
 * @param replicas that the sizing quantile of that step needs, within the bounds
 */
public record NextPeak(Instant at, double load, int replicas) {
    private static final Duration LOOK_AHEAD = Duration.ofDays(1);
    private static final double MEDIAN = 0.5;

    /** Null where there is no forecast of the time to come. */
    public static @Nullable NextPeak of(EndpointSnapshot snapshot) {
        Forecast forecast = snapshot.forecast();
        if (forecast == null) {
            return null;
        }
        long stepSeconds = forecast.step().seconds();
        long passed = Duration.between(forecast.origin(), snapshot.at()).getSeconds();
        int first = Math.toIntExact(Math.max(0, Math.floorDiv(passed, stepSeconds)));
        int end = Math.min(forecast.steps(), first + forecast.step().covering(LOOK_AHEAD));
        int median = forecast.levels().nearest(MEDIAN);
        int largest = -1;
        for (int k = first; k < end; k++) {
            if (largest < 0 || forecast.rate(k, median) > forecast.rate(largest, median)) {
                largest = k;
            }
        }
        return largest < 0
                ? null
                : new NextPeak(
                        forecast.origin().plusSeconds(largest * stepSeconds),
                        forecast.rate(largest, median),
                        replicas(snapshot.spec().policy(), forecast, largest));
    }

    private static int replicas(ScalingPolicy policy, Forecast forecast, int step) {
        ScalingPolicy.Predictive predictive = policy.predictive();
        double load = forecast.rate(step, forecast.levels().nearest(predictive.quantile()));
        int needed = policy.capacity().replicasFor(Math.max(0, load), predictive.targetUtilization());
        return Math.clamp(needed, policy.bounds().minReplicas(), policy.bounds().maxReplicas());
    }
}
