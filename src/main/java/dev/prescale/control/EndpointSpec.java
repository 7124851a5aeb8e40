package dev.prescale.control;

import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid specification of one endpoint.
 *
 * @param history how far back the forecast learns
 * @param load what the load that {@code policy.capacity()} serves is made of
 * @param inheritance whose history counts before there is an own one; null: nobody's
 * @param metricSources where the metrics of {@code policy.reactive()} come from, by metric name
 */
public record EndpointSpec(
        EndpointId id,
        Mode mode,
        ScaleTargetRef scaleTargetRef,
        ScalingPolicy policy,
        TrafficCalendar calendar,
        TrafficSource traffic,
        LoadSource load,
        Duration history,
        @Nullable Inheritance inheritance,
        Map<String, TrafficSource> metricSources,
        Pausing pausing) {
    public EndpointSpec {
        metricSources = Map.copyOf(metricSources);
    }

    /** An endpoint that inherits nothing. */
    public EndpointSpec(
            EndpointId id,
            Mode mode,
            ScaleTargetRef scaleTargetRef,
            ScalingPolicy policy,
            TrafficCalendar calendar,
            TrafficSource traffic,
            LoadSource load,
            Duration history,
            Map<String, TrafficSource> metricSources,
            Pausing pausing) {
        this(id, mode, scaleTargetRef, policy, calendar, traffic, load, history, null, metricSources, pausing);
    }

    /** An endpoint whose load is its traffic as a whole. */
    public EndpointSpec(
            EndpointId id,
            Mode mode,
            ScaleTargetRef scaleTargetRef,
            ScalingPolicy policy,
            TrafficCalendar calendar,
            TrafficSource traffic,
            Duration history,
            Map<String, TrafficSource> metricSources,
            Pausing pausing) {
        this(id, mode, scaleTargetRef, policy, calendar, traffic, LoadSource.TRAFFIC, history, metricSources, pausing);
    }

    public EndpointSpec withMode(Mode other) {
        return acting(other, scaleTargetRef, pausing);
    }

    public EndpointSpec withPausing(Pausing other) {
        return acting(mode, scaleTargetRef, other);
    }

    /** Whether the two differ at most in what is done with their decisions: their mode, target and pauses. */
    boolean learnsLike(EndpointSpec other) {
        return equals(other.acting(mode, scaleTargetRef, pausing));
    }

    /** The same, but for what is done with its decisions. */
    private EndpointSpec acting(Mode otherMode, ScaleTargetRef otherTarget, Pausing otherPausing) {
        return new EndpointSpec(
                id,
                otherMode,
                otherTarget,
                policy,
                calendar,
                traffic,
                load,
                history,
                inheritance,
                metricSources,
                otherPausing);
    }

    /** The same for one of its request rates, under a name of its own. */
    EndpointSpec partOf(String model, TrafficSource source) {
        return new EndpointSpec(
                id.part(model), mode, scaleTargetRef, policy, calendar, source, load, history, metricSources, pausing);
    }

    /** Anything with a scale subresource. */
    public record ScaleTargetRef(String apiVersion, String kind, String name) {}

    /** The two pause annotations, and what is known of the first. */
    public record Pausing(boolean paused, boolean scaleInPaused, PauseNote note) {
        public static final Pausing NONE = new Pausing(false, false);

        /** One of which nothing more is known. */
        public Pausing(boolean paused, boolean scaleInPaused) {
            this(paused, scaleInPaused, PauseNote.NONE);
        }
    }
}
