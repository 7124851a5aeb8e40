package dev.prescale.scaling;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How one endpoint is scaled: the part of a specification that the decision needs. */
public record ScalingPolicy(
        ReplicaBounds bounds,
        CapacityModel capacity,
        Predictive predictive,
        Reactive reactive,
        List<StepRule> steps,
        List<Schedule> schedules,
        Behavior behavior,
        Fallback fallback) {
    public ScalingPolicy {
        steps = List.copyOf(steps);
        schedules = List.copyOf(schedules);
    }

    /** A policy without steps. */
    public ScalingPolicy(
            ReplicaBounds bounds,
            CapacityModel capacity,
            Predictive predictive,
            Reactive reactive,
            List<Schedule> schedules,
            Behavior behavior,
            Fallback fallback) {
        this(bounds, capacity, predictive, reactive, List.of(), schedules, behavior, fallback);
    }

    public ScalingPolicy withCapacity(CapacityModel other) {
        return new ScalingPolicy(bounds, other, predictive, reactive, steps, schedules, behavior, fallback);
    }

    public ScalingPolicy withPredictive(Predictive other) {
        return new ScalingPolicy(bounds, capacity, other, reactive, steps, schedules, behavior, fallback);
    }

    public ScalingPolicy withSteps(List<StepRule> other) {
        return new ScalingPolicy(bounds, capacity, predictive, reactive, other, schedules, behavior, fallback);
    }

    /** How far back a decision of this policy may look: its longest window, period or cooldown. */
    public Duration lookBack() {
        Duration longest = Duration.ZERO;
        for (ScalingRules rules : List.of(behavior.scaleUp(), behavior.scaleDown())) {
            longest = longer(longest, rules.stabilizationWindow());
            for (ReplicaChangePolicy change : rules.policies()) {
                longest = longer(longest, change.period());
            }
        }
        for (StepRule step : steps) {
            longest = longer(longest, step.cooldown());
        }
        return longest;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * @param breachPolicy what happens where more than the maximum is needed
     * @param bufferFraction with {@code INCREASE}: added on top of what is needed
     */
    public record ReplicaBounds(int minReplicas, int maxReplicas, BreachPolicy breachPolicy, double bufferFraction) {
        public static final int MOST_REPLICAS = 100_000;

        public ReplicaBounds {
            Require.that(minReplicas >= 0, "minReplicas must be >= 0, was %s", minReplicas);
            Require.that(
                    maxReplicas >= Math.max(minReplicas, 1) && maxReplicas <= MOST_REPLICAS,
                    "maxReplicas must be from minReplicas (%s) to %s, was %s",
                    minReplicas,
                    MOST_REPLICAS,
                    maxReplicas);
            Require.that(
                    bufferFraction >= 0 && bufferFraction <= 1,
                    "bufferFraction must be in [0, 1], was %s",
                    bufferFraction);
        }

        public static ReplicaBounds of(int minReplicas, int maxReplicas) {
            return new ReplicaBounds(minReplicas, maxReplicas, BreachPolicy.HONOR, 0);
        }
    }

    /** AWS names: HonorMaxCapacity and IncreaseMaxCapacity. */
    public enum BreachPolicy {
        HONOR,
        INCREASE
    }

    /**
     * @param quantile sizing quantile of the lead-time demand, (0, 1)
     * @param unservedPerIdle what a missing replica-hour costs over what an idle one does, > 0; replays count by it
     * @param targetUtilization of the capacity per replica at that quantile, (0, 1]
     * @param combine whether target tracking always counts too
     * @param scaleIn whether the forecast may agree to scale-in at all
     * @param scaleInHorizon how far ahead scale-in looks; null = the lead time
     * @param surpriseHold how long target tracking joins after a missed minute
     */
    public record Predictive(
            boolean enabled,
            double quantile,
            double unservedPerIdle,
            double targetUtilization,
            Combine combine,
            ScaleIn scaleIn,
            @Nullable Duration scaleInHorizon,
            Duration surpriseHold,
            LeadTimeBounds leadTime,
            Duration horizon) {
        public static final double DEFAULT_QUANTILE = 0.95;
        public static final double DEFAULT_UNSERVED_PER_IDLE = 19;
        public static final Duration DEFAULT_SURPRISE_HOLD = Duration.ofMinutes(10);
        public static final Predictive DEFAULT = new Predictive(
                true,
                DEFAULT_QUANTILE,
                DEFAULT_UNSERVED_PER_IDLE,
                1.0,
                Combine.CALIBRATED,
                ScaleIn.UNANIMOUS,
                null,
                DEFAULT_SURPRISE_HOLD,
                LeadTimeBounds.DEFAULT,
                Duration.ofHours(48));

        public Predictive {
            Require.that(quantile > 0 && quantile < 1, "quantile must be in (0, 1), was %s", quantile);
            Require.that(
                    unservedPerIdle > 0 && Double.isFinite(unservedPerIdle),
                    "unservedPerIdle must be > 0 and finite, was %s",
                    unservedPerIdle);
            Require.that(
                    targetUtilization > 0 && targetUtilization <= 1,
                    "targetUtilization must be in (0, 1], was %s",
                    targetUtilization);
        }

        public Predictive disabled() {
            return copy(false, targetUtilization, combine, scaleIn, leadTime);
        }

        /** @param other of the capacity per replica, (0, 1] */
        public Predictive withTargetUtilization(double other) {
            return copy(enabled, other, combine, scaleIn, leadTime);
        }

        public Predictive withCombine(Combine other) {
            return copy(enabled, targetUtilization, other, scaleIn, leadTime);
        }

        public Predictive withScaleIn(ScaleIn other) {
            return copy(enabled, targetUtilization, combine, other, leadTime);
        }

        public Predictive withLeadTime(LeadTimeBounds other) {
            return copy(enabled, targetUtilization, combine, scaleIn, other);
        }

        private Predictive copy(
                boolean isEnabled, double utilization, Combine combined, ScaleIn scalingIn, LeadTimeBounds leadTimes) {
            return new Predictive(
                    isEnabled,
                    quantile,
                    unservedPerIdle,
                    utilization,
                    combined,
                    scalingIn,
                    scaleInHorizon,
                    surpriseHold,
                    leadTimes,
                    horizon);
        }
    }

    /** Which rules size replicas while the forecast is trusted. */
    public enum Combine {
        CALIBRATED,
        ADD_ONLY
    }

    /** Whether replicas may be taken away. */
    public enum ScaleIn {
        UNANIMOUS,
        NEVER
    }

    /** Start and bounds of the measured lead time. */
    public record LeadTimeBounds(Duration initial, Duration min, Duration max) {
        public static final LeadTimeBounds DEFAULT =
                new LeadTimeBounds(Duration.ofSeconds(120), Duration.ofSeconds(15), Duration.ofMinutes(30));

        public LeadTimeBounds {
            Require.that(
                    !min.isNegative() && min.compareTo(initial) <= 0 && initial.compareTo(max) <= 0,
                    "leadTime must have min <= initial <= max, was %s %s %s",
                    min,
                    initial,
                    max);
        }
    }

    /** The fallback: HPA's rules on the request rate and on more metrics. */
    public record Reactive(Tolerance tolerance, List<MetricTarget> metrics) {
        public static final Reactive DEFAULT = new Reactive(Tolerance.DEFAULT, List.of());

        public Reactive {
            metrics = List.copyOf(metrics);
        }
    }

    /** Relative dead bands in which target tracking holds, as fractions. */
    public record Tolerance(double up, double down) {
        public static final Tolerance DEFAULT = new Tolerance(0.1, 0.1);

        public Tolerance {
            Require.that(up >= 0 && up <= 10, "tolerance.up must be in [0, 10], was %s", up);
            Require.that(down >= 0 && down <= 1, "tolerance.down must be in [0, 1], was %s", down);
        }

        /** Whether {@code 1 - down <= ratio <= 1 + up}, both ends included whatever the last bit says. */
        public boolean covers(double ratio) {
            return ratio >= 1 - down - CapacityModel.CEIL_EPSILON && ratio <= 1 + up + CapacityModel.CEIL_EPSILON;
        }
    }

    /**
     * A metric tracked beside the request rate.
     *
     * @param target a fraction for {@code UTILIZATION}, else in the metric's own unit; > 0
     */
    public record MetricTarget(String name, TargetType type, double target) {
        public MetricTarget {
            Require.that(
                    target > 0 && target < Double.POSITIVE_INFINITY, "target of %s must be > 0, was %s", name, target);
        }
    }

    /** HPA's target types. */
    public enum TargetType {
        UTILIZATION,
        VALUE,
        AVERAGE_VALUE
    }

    /**
     * A window in which bounds are tighter.
     *
     * @param activeAt tells whether the window is open at an instant
     * @param minReplicas floor, null for none
     * @param maxReplicas ceiling, null for none
     */
    public record Schedule(
            String name,
            Predicate<Instant> activeAt,
            @Nullable Integer minReplicas,
            @Nullable Integer maxReplicas) {}

    /** HPA v2 behavior: one set of rules each way. */
    public record Behavior(ScalingRules scaleUp, ScalingRules scaleDown) {
        /** Kubernetes' defaults: up by the larger of 100 % and 4 per 15 s at once; down by 100 % per 15 s after 5 min. */
        public static final Behavior DEFAULT = new Behavior(
                new ScalingRules(
                        Duration.ZERO,
                        List.of(
                                ReplicaChangePolicy.percent(100, Duration.ofSeconds(15)),
                                ReplicaChangePolicy.replicas(4, Duration.ofSeconds(15))),
                        Select.MAX),
                new ScalingRules(
                        Duration.ofMinutes(5),
                        List.of(ReplicaChangePolicy.percent(100, Duration.ofSeconds(15))),
                        Select.MAX));
    }

    /**
     * Stabilization window and replica-change policies of one direction.
     *
     * @param policies none = changes of any size
     */
    public record ScalingRules(Duration stabilizationWindow, List<ReplicaChangePolicy> policies, Select select) {
        public ScalingRules {
            policies = List.copyOf(policies);
            Require.that(
                    !stabilizationWindow.isNegative() && stabilizationWindow.compareTo(Duration.ofHours(1)) <= 0,
                    "stabilizationWindow must be 0 to 1 h, was %s",
                    stabilizationWindow);
        }
    }

    /**
     * Most replicas added or removed per period.
     *
     * @param amount replicas, or percent of the replicas at the start of the period
     */
    public record ReplicaChangePolicy(boolean isPercent, int amount, Duration period) {
        public ReplicaChangePolicy {
            Require.that(amount > 0, "amount must be > 0, was %s", amount);
            Require.that(
                    period.isPositive() && period.compareTo(Duration.ofMinutes(30)) <= 0,
                    "period must be in (0, 30 min], was %s",
                    period);
        }

        public static ReplicaChangePolicy percent(int amount, Duration period) {
            return new ReplicaChangePolicy(true, amount, period);
        }

        public static ReplicaChangePolicy replicas(int amount, Duration period) {
            return new ReplicaChangePolicy(false, amount, period);
        }
    }

    /** Which policy counts where several apply. */
    public enum Select {
        MAX,
        MIN,
        DISABLED
    }

    /**
     * @param failureThreshold cycles without data after which an alarm is raised
     * @param replicas from then on at least this many, null = hold
     */
    public record Fallback(int failureThreshold, @Nullable Integer replicas) {
        public static final Fallback DEFAULT = new Fallback(3, null);

        public Fallback {
            Require.that(failureThreshold >= 1, "failureThreshold must be >= 1, was %s", failureThreshold);
        }
    }
}
