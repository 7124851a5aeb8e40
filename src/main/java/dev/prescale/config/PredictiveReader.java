package dev.prescale.config;

import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.ScaleIn;
import java.time.Duration;

/** Reads {@code predictive}: how the forecast sizes replicas. */
final class PredictiveReader {
    /** The largest horizon; a step of 10 minutes or more stays within the forecast's 2,000 steps. */
    static final Duration LONGEST_HORIZON = Duration.ofDays(13);

    private static final Predictive DEFAULT = Predictive.DEFAULT;
    private static final ValueType<Duration> LEAD_TIME =
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(6));

    private static final Key<Boolean> ENABLED =
            Key.withDefault("enabled", ValueTypes.BOOLEAN, true, "Whether the forecast takes part in decisions.");
    // Bounds that keep the quantile off 0 and 1.
    private static final ValueType<Double> COST = ValueTypes.number(0.001, 1_000_000);
    private static final Key<Double> UNSERVED =
            Key.required("unserved", COST, "Cost of a replica-hour that was missing.");
    private static final Key<Double> IDLE = Key.required("idle", COST, "Cost of a replica-hour that was not needed.");
    private static final SchemaKey.ObjectKey COST_RATIO = new SchemaKey.ObjectKey(
            "cost",
            ObjectSchema.of(UNSERVED, IDLE),
            false,
            "Sizing quantile = unserved / (unserved + idle): 19 and 1 give 0.95.");
    private static final Key<Double> QUANTILE = Key.optional(
            "quantile", ValueTypes.numberBetween(0, 1), "Sizing quantile; wins over cost. Without both it is 0.95.");
    private static final Key<Double> TARGET_UTILIZATION = Key.withDefault(
            "targetUtilization",
            ValueTypes.numberAbove(0, 1),
            DEFAULT.targetUtilization(),
            "Share of requestRate that is planned for at that quantile: the quantile is the headroom.");
    private static final Key<Combine> COMBINE = Key.withDefault(
            "combine",
            ValueTypes.oneOf(WireName::of, Combine.values()),
            DEFAULT.combine(),
            "With AddOnly target tracking always counts too: never fewer replicas than without a forecast.");
    private static final Key<Duration> INITIAL = Key.withDefault(
            "initial", LEAD_TIME, LeadTimeBounds.DEFAULT.initial(), "Used until starts have been measured.");
    private static final Key<Duration> MIN =
            Key.withDefault("min", LEAD_TIME, LeadTimeBounds.DEFAULT.min(), "Lower bound of what is measured.");
    private static final Key<Duration> MAX =
            Key.withDefault("max", LEAD_TIME, LeadTimeBounds.DEFAULT.max(), "Upper bound of what is measured.");
    private static final SchemaKey.ObjectKey LEAD_TIME_BOUNDS = new SchemaKey.ObjectKey(
            "leadTime", ObjectSchema.of(INITIAL, MIN, MAX), false, "Time from the decision until a replica is ready.");
    private static final Key<Duration> HORIZON = Key.withDefault(
            "horizon",
            ValueTypes.duration(Duration.ofHours(1), LONGEST_HORIZON),
            DEFAULT.horizon(),
            "How far ahead the forecast for people and planning goes.");
    private static final Key<ScaleIn> SCALE_IN = Key.withDefault(
            "scaleIn",
            ValueTypes.oneOf(WireName::of, ScaleIn.values()),
            DEFAULT.scaleIn(),
            "Unanimous: replicas go when every rule that counts agrees. Never: they stay.");
    private static final Key<Duration> SCALE_IN_HORIZON = Key.optional(
            "scaleInHorizon",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(48)),
            "How far ahead scale-in looks; where left out the lead time. Longer keeps replicas over short dips.");
    static final SchemaKey.ObjectKey PREDICTIVE = new SchemaKey.ObjectKey(
            "predictive",
            ObjectSchema.of(
                    ENABLED,
                    COST_RATIO,
                    QUANTILE,
                    TARGET_UTILIZATION,
                    COMBINE,
                    LEAD_TIME_BOUNDS,
                    HORIZON,
                    CalendarReader.HOLIDAYS,
                    CalendarReader.EVENTS,
                    SCALE_IN,
                    SCALE_IN_HORIZON),
            false,
            "How the forecast sizes replicas.");

    /** Below {@code spec}, for a bound that depends on the step of the traffic. */
    static final String HORIZON_PATH = PREDICTIVE.name() + "." + HORIZON.name();

    private PredictiveReader() {}

    /** @param predictive reader of {@code predictive} */
    static Predictive read(ObjectReader predictive) {
        Duration horizon = predictive.get(HORIZON);
        Duration scaleInHorizon = predictive.find(SCALE_IN_HORIZON);
        if (scaleInHorizon != null && scaleInHorizon.compareTo(horizon) > 0) {
            predictive.refuse(SCALE_IN_HORIZON, "must be at most horizon, which is " + Durations.format(horizon));
        }
        double unservedPerIdle = unservedPerIdle(predictive);
        Double quantile = predictive.find(QUANTILE);
        return new Predictive(
                predictive.get(ENABLED),
                quantile == null ? unservedPerIdle / (unservedPerIdle + 1) : quantile,
                unservedPerIdle,
                predictive.get(TARGET_UTILIZATION),
                predictive.get(COMBINE),
                predictive.get(SCALE_IN),
                scaleInHorizon,
                Predictive.DEFAULT_SURPRISE_HOLD,
                leadTime(predictive),
                horizon);
    }

    /**
     * The expected cost is least at the quantile {@code unserved / (unserved + idle)}, the critical ratio of the newsvendor problem
     * (Arrow, Harris, Marschak 1951).
     */
    private static double unservedPerIdle(ObjectReader predictive) {
        if (!predictive.has(COST_RATIO)) {
            return Predictive.DEFAULT_UNSERVED_PER_IDLE;
        }
        ObjectReader cost = predictive.object(COST_RATIO);
        double unserved = cost.get(UNSERVED);
        double idle = cost.get(IDLE);
        return unserved / idle;
    }

    private static LeadTimeBounds leadTime(ObjectReader predictive) {
        ObjectReader reader = predictive.object(LEAD_TIME_BOUNDS);
        Duration initial = reader.find(INITIAL);
        Duration min = reader.find(MIN);
        Duration max = reader.find(MAX);
        if (initial == null || min == null || max == null) {
            return LeadTimeBounds.DEFAULT;
        }
        if (min.compareTo(initial) > 0 || initial.compareTo(max) > 0) {
            predictive.refuse(
                    LEAD_TIME_BOUNDS,
                    "must have min <= initial <= max, but they are %s, %s and %s"
                            .formatted(Durations.format(min), Durations.format(initial), Durations.format(max)));
            return LeadTimeBounds.DEFAULT;
        }
        return new LeadTimeBounds(initial, min, max);
    }
}
