package dev.prescale.backtest;

import dev.prescale.capacity.RatePerReplica;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.control.TrafficSource;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.Fallback;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.Reactive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.series.Require;
import dev.prescale.series.SampleKind;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The specification of a trace that comes without one. */
public final class TraceSpecs {
    public static final String NAMESPACE = "replay";

    /** Replicas that serve the busiest hundredth of the warm-up, so that traces of any size have alike replica counts. */
    static final int REPLICAS_AT_BUSY_MINUTE = 20;

    static final double BUSY_SHARE = 0.99;
    static final double TARGET_UTILIZATION = 0.7;
    static final ReplicaBounds BOUNDS = ReplicaBounds.of(1, 1_000);
    private static final Duration HISTORY = Duration.ofDays(28);

    private TraceSpecs() {}

    /**
     * Defaults everywhere; one replica bears a twentieth of the 99 % minute before {@code from}.
     *
     * @param from end of the warm-up; throws {@link IllegalArgumentException} where the trace has no traffic before it
     */
    public static EndpointSpec of(Trace trace, Instant from, ZoneId zone) {
        EndpointId id = idOf(trace.name());
        ScalingPolicy policy = new ScalingPolicy(
                BOUNDS,
                new RatePerReplica(busyMinute(trace, from) / REPLICAS_AT_BUSY_MINUTE, TARGET_UTILIZATION),
                Predictive.DEFAULT,
                Reactive.DEFAULT,
                List.of(),
                Behavior.DEFAULT,
                Fallback.DEFAULT);
        TrafficSource traffic = new TrafficSource(
                "traffic",
                "http_requests",
                "count",
                Map.of("service", id.name()),
                SampleKind.COUNT,
                Trace.MINUTE,
                null);
        return new EndpointSpec(
                id,
                Mode.SCALE,
                new EndpointSpec.ScaleTargetRef("apps/v1", "Deployment", id.name()),
                policy,
                TrafficCalendar.in(zone),
                traffic,
                HISTORY,
                Map.of(),
                EndpointSpec.Pausing.NONE);
    }

    /** Who a trace is replayed as that comes without a name of its own. */
    public static EndpointId idOf(String traceName) {
        return new EndpointId(NAMESPACE, endpointName(traceName));
    }

    /** The 99 % quantile of the minutes before {@code from}, in req/s. */
    private static double busyMinute(Trace trace, Instant from) {
        double[] rates = Arrays.stream(trace.minutes().until(from).rates())
                .filter(rate -> !Double.isNaN(rate))
                .sorted()
                .toArray();
        double busy =
                rates.length == 0 ? 0 : rates[(int) Math.min(rates.length - 1L, Math.round(BUSY_SHARE * rates.length))];
        Require.that(
                busy > 0,
                "trace %s has no traffic in 99 %% of the minutes before %s: give it a specification",
                trace.name(),
                from);
        return busy;
    }

    /** The trace's name with everything that an endpoint's name may not have turned into hyphens. */
    static String endpointName(String traceName) {
        String name = traceName
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
        return EndpointId.isValidName(name) ? name : "trace";
    }
}
