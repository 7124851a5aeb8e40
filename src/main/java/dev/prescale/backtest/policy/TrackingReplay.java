package dev.prescale.backtest.policy;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.RateHistory;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * What target tracking alone would have decided on a history that was observed: the specification's own capacity, tolerance, bounds,
 * schedules and behavior, by the production rule, on replicas that are ready as soon as they are ordered. Metrics beside the
 * request rate and steps on them are left out, because their history is not held.
 *
 * <p>Goes forward only. Not for several threads.
 */
public final class TrackingReplay {
    /**
     * Most cycles run for one answer: 28 days of cycles of 15 s are 161,280. What lies further back is not known.
     */
    public static final int MOST_CYCLES = 200_000;

    /**
     * Cycles before the first time asked for. Tolerance keeps a number that depends on what there was before: after a day of
     * traffic nothing is left of how the replay began, so that two answers agree where they overlap.
     */
    public static final Duration WARM_UP = Duration.ofDays(1);

    private final SeenLoad load;
    private final RuleScaler scaler;
    private final Duration cycle;
    private final StartlessReplicas workload;
    private final Instant begin;
    private final Instant end;
    private Instant next;

    private TrackingReplay(
            EndpointSpec spec, DecisionRule rule, SeenLoad load, Duration cycle, Instant begin, Instant end) {
        ScalingPolicy policy = rateAlone(spec.policy());
        this.load = load;
        this.cycle = cycle;
        this.begin = begin;
        this.end = end;
        this.next = begin;
        this.workload = new StartlessReplicas(policy.bounds().minReplicas());
        this.scaler = new RuleScaler(spec.id(), Duration.ZERO, load, Sizing.tracking(policy, 1), rule, workload);
        if (load.readingAt(begin) instanceof RateReading.Known(double rate)) {
            int needed = policy.capacity().replicasFor(rate, policy.capacity().targetUtilization());
            workload.replicas = Math.clamp(
                    needed, policy.bounds().minReplicas(), policy.bounds().maxReplicas());
        }
    }

    /**
     * @param observed the load that {@code policy.capacity()} serves, on its own steps
     * @param from first time that will be asked for
     * @param to last one
     */
    public static TrackingReplay of(
            EndpointSpec spec, DecisionRule rule, RateSeries observed, Duration cycle, Instant from, Instant to) {
        Instant end = earlier(to, observed.end().plus(stale(observed)));
        Instant affordable = end.minus(cycle.multipliedBy(MOST_CYCLES));
        Instant held = firstSampleEnd(observed);
        return new TrackingReplay(
                spec,
                rule,
                SeenLoad.of(observed),
                cycle,
                wholeCycle(later(later(from.minus(WARM_UP), held), affordable), cycle),
                end);
    }

    /**
     * Replicas in force at an instant, which is not before the one asked for last; empty before the first sample and where
     * the newest one is too old to act on.
     */
    public OptionalInt at(Instant instant) {
        while (!next.isAfter(earlier(instant, end))) {
            scaler.runCycle(next);
            next = next.plus(cycle);
        }
        boolean isKnown = !instant.isBefore(begin) && load.readingAt(instant) instanceof RateReading.Known;
        return isKnown ? OptionalInt.of(workload.replicas) : OptionalInt.empty();
    }

    private static ScalingPolicy rateAlone(ScalingPolicy policy) {
        return new ScalingPolicy(
                policy.bounds(),
                policy.capacity(),
                policy.predictive(),
                new ScalingPolicy.Reactive(policy.reactive().tolerance(), List.of()),
                policy.schedules(),
                policy.behavior(),
                policy.fallback());
    }

    /** The end of the first step with a sample; the end of the series where there is none. */
    private static Instant firstSampleEnd(RateSeries observed) {
        int first = 0;
        while (first < observed.size() && observed.isGap(first)) {
            first++;
        }
        return observed.instantAt(Math.min(first + 1, observed.size()));
    }

    private static Duration stale(RateSeries observed) {
        return observed.step().duration().multipliedBy(RateHistory.STALE_AFTER_STEPS);
    }

    /** The first whole cycle since the epoch that is not before: all answers run the same cycles. */
    private static Instant wholeCycle(Instant instant, Duration cycle) {
        long millis = cycle.toMillis();
        return Instant.ofEpochMilli(Math.ceilDiv(instant.toEpochMilli(), millis) * millis);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** Replicas that serve at once. */
    private static final class StartlessReplicas implements WorkloadScale {
        private int replicas;

        private StartlessReplicas(int replicas) {
            this.replicas = replicas;
        }

        @Override
        public State state(EndpointId endpoint, Instant now) {
            return new Replicas(replicas, replicas, false);
        }

        @Override
        public Outcome scaleTo(EndpointId endpoint, int wanted, Instant now) {
            replicas = wanted;
            return new Scaled();
        }
    }
}
