package dev.prescale.control;

import dev.prescale.control.Signals.Seen;
import dev.prescale.forecast.Forecast;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;

/** What an autoscaler is told that takes replicas with bounds and a reason: {@link SignalKind#REPLICAS}, and what surrounds it. */
public sealed interface Recommendation {
    /**
     * @param lower replicas that the median of the forecast needs until what is ordered now serves; at most {@code replicas}
     * @param replicas of the last decision
     * @param upper replicas that the highest level of the forecast needs until then; at least {@code replicas}
     * @param decision the last one
     */
    record Given(int lower, int replicas, int upper, DecisionRecord decision) implements Recommendation {
        public Given {
            Require.that(
                    0 <= lower && lower <= replicas && replicas <= upper,
                    "bounds must surround the replicas, were %s, %s, %s",
                    lower,
                    replicas,
                    upper);
        }

        /** The same within the limits of whoever asks. */
        public Given within(int least, int most) {
            return new Given(
                    Math.clamp(lower, least, most),
                    Math.clamp(replicas, least, most),
                    Math.clamp(upper, least, most),
                    decision);
        }
    }

    record NotGiven(Signal.Unknown why) implements Recommendation {}

    /** Level of the lower bound: as often as not it is enough. */
    double LOWER_LEVEL = 0.5;

    /**
     * Of what the cycles of an endpoint left. Without a forecast that is trusted nothing is known of how uncertain the need is: both
     * bounds are the replicas.
     *
     * <p>The bounds are taken step by step: the largest of the quantiles, which is at most the quantile of the largest rate that
     * replicas are sized for. That one is fitted at the sizing quantile alone.
     */
    static Recommendation of(Signals signals, Seen seen, Instant now) {
        return switch (signals.at(seen, SignalKind.REPLICAS, now)) {
            case Signal.Unknown unknown -> new NotGiven(unknown);
            case Signal.Known known -> given(seen, (int) known.value(), signals.cycleInterval(), now);
        };
    }

    private static Recommendation given(Seen seen, int replicas, Duration cycleInterval, Instant now) {
        EndpointSnapshot known = seen.known();
        DecisionRecord latest = known == null ? null : known.latest();
        if (known == null || latest == null) {
            throw new IllegalStateException("Replicas are known without a decision");
        }
        Forecast forecast = known.forecast();
        ScalingPolicy policy = known.spec().policy();
        Instant end = now.plus(known.leadTime().duration()).plus(cycleInterval);
        boolean isForecast = forecast != null
                && policy.predictive().enabled()
                && seen.last().gate().isTrusted()
                && forecast.stepsWithin(now, end).findAny().isPresent();
        if (forecast == null || !isForecast) {
            return new Given(replicas, replicas, replicas, latest);
        }
        int least = needed(forecast, forecast.levels().nearest(LOWER_LEVEL), policy, now, end);
        int most = needed(forecast, forecast.levels().highest(), policy, now, end);
        return new Given(Math.min(least, replicas), replicas, Math.max(most, replicas), latest);
    }

    private static int needed(Forecast forecast, int level, ScalingPolicy policy, Instant from, Instant to) {
        double load = forecast.stepsWithin(from, to)
                .mapToDouble(k -> forecast.rate(k, level))
                .max()
                .orElseThrow();
        ReplicaBounds bounds = policy.bounds();
        int needed = policy.capacity().replicasFor(load, policy.predictive().targetUtilization());
        return Math.clamp(needed, bounds.minReplicas(), bounds.maxReplicas());
    }
}
