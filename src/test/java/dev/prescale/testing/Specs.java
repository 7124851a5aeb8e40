package dev.prescale.testing;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import dev.prescale.control.TrafficSource;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.Fallback;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.Reactive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Specifications for tests: an endpoint of which one replica sustains 10 req/s, read minute by minute. */
public final class Specs {
    public static final Step MINUTE = new Step(60);

    private Specs() {}

    /** Target tracking at 100 %, 1 to 100 replicas, a forecast. */
    public static EndpointSpec anEndpoint(String name) {
        return anEndpoint(name, aPolicy());
    }

    public static EndpointSpec anEndpoint(String name, ScalingPolicy policy) {
        return new EndpointSpec(
                new EndpointId("test", name),
                Mode.SCALE,
                new ScaleTargetRef("apps/v1", "Deployment", name),
                policy,
                TrafficCalendar.UTC,
                countsOf(name),
                Duration.ofDays(28),
                Map.of(),
                Pausing.NONE);
    }

    /** The same under any name, in any mode, for any workload. */
    public static EndpointSpec anEndpoint(EndpointId id, Mode mode, ScaleTargetRef target) {
        EndpointSpec spec = anEndpoint(id.name());
        return new EndpointSpec(
                id,
                mode,
                target,
                spec.policy(),
                spec.calendar(),
                spec.traffic(),
                spec.history(),
                spec.metricSources(),
                spec.pausing());
    }

    /** Counts per minute of one service. */
    public static TrafficSource countsOf(String service) {
        return new TrafficSource(
                "traffic", "http_requests", "count", Map.of("service", service), SampleKind.COUNT, MINUTE, null);
    }

    public static ScalingPolicy aPolicy() {
        return aPolicy(new RatePerReplica(10, 1.0));
    }

    public static ScalingPolicy aPolicy(CapacityModel capacity) {
        return new ScalingPolicy(
                ReplicaBounds.of(1, 100),
                capacity,
                Predictive.DEFAULT,
                Reactive.DEFAULT,
                List.of(),
                Behavior.DEFAULT,
                Fallback.DEFAULT);
    }
}
