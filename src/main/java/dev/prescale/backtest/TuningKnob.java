package dev.prescale.backtest;

import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** A key of a specification that tuning moves. Every value is a number, so that a search need not know what it moves. */
public enum TuningKnob {
    /** The sizing quantile. */
    QUANTILE(
            Unit.FRACTION,
            "predictive.quantile",
            spec -> spec.policy().predictive().quantile(),
            SpecVariants::withQuantile),
    /** Share of the capacity that the forecast plans to use at that quantile. */
    SIZING_UTILIZATION(
            Unit.FRACTION,
            "predictive.targetUtilization",
            spec -> spec.policy().predictive().targetUtilization(),
            SpecVariants::withSizingUtilization),
    /** Share of the capacity that target tracking plans to use. */
    TRACKING_UTILIZATION(
            Unit.FRACTION,
            "capacity.perReplica.targetUtilization",
            spec -> spec.policy().capacity().targetUtilization(),
            SpecVariants::withTrackingUtilization),
    /** How long scale-in waits. */
    SCALE_IN_WINDOW(
            Unit.SECONDS,
            "behavior.scaleDown.stabilizationWindow",
            spec -> seconds(spec.policy().behavior().scaleDown().stabilizationWindow()),
            (spec, value) -> SpecVariants.withScaleInWindow(spec, duration(value))),
    /**
     * The least lead time: what is measured below it counts as this, so that it is a margin on the start times of the replay, in
     * force there and in production alike.
     */
    LEAST_LEAD_TIME(
            Unit.SECONDS,
            "predictive.leadTime.min",
            spec -> seconds(spec.policy().predictive().leadTime().min()),
            TuningKnob::withLeastLeadTime),
    MIN_REPLICAS(
            Unit.REPLICAS,
            "minReplicas",
            spec -> spec.policy().bounds().minReplicas(),
            (spec, value) -> SpecVariants.withBounds(
                    spec, value.intValue(), spec.policy().bounds().maxReplicas())),
    MAX_REPLICAS(
            Unit.REPLICAS,
            "maxReplicas",
            spec -> spec.policy().bounds().maxReplicas(),
            (spec, value) ->
                    SpecVariants.withBounds(spec, spec.policy().bounds().minReplicas(), value.intValue()));

    /** What the number is. */
    public enum Unit {
        /** 0 to 1. */
        FRACTION,
        SECONDS,
        REPLICAS
    }

    private final Unit unit;
    private final String path;
    private final ToDoubleFunction<EndpointSpec> read;
    private final BiFunction<EndpointSpec, Double, EndpointSpec> write;

    TuningKnob(
            Unit unit,
            String path,
            ToDoubleFunction<EndpointSpec> read,
            BiFunction<EndpointSpec, Double, EndpointSpec> write) {
        this.unit = unit;
        this.path = path;
        this.read = read;
        this.write = write;
    }

    public Unit unit() {
        return unit;
    }

    /** Path of the key below {@code spec}. */
    public String path(EndpointSpec spec) {
        return this == TRACKING_UTILIZATION && spec.policy().capacity() instanceof QueueingCapacity
                ? "capacity.queueing.targetUtilization"
                : path;
    }

    /** What a specification has. */
    public double of(EndpointSpec spec) {
        return read.applyAsDouble(spec);
    }

    EndpointSpec with(EndpointSpec spec, double value) {
        return write.apply(spec, value);
    }

    /** Initial and largest lead time make room: they may not lie below the least. */
    private static EndpointSpec withLeastLeadTime(EndpointSpec spec, double value) {
        LeadTimeBounds bounds = spec.policy().predictive().leadTime();
        Duration min = duration(value);
        return SpecVariants.withPredictive(
                spec,
                spec.policy()
                        .predictive()
                        .withLeadTime(
                                new LeadTimeBounds(longer(bounds.initial(), min), min, longer(bounds.max(), min))));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }
}
