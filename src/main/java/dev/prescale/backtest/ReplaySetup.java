package dev.prescale.backtest;

import dev.prescale.capacity.LoadModel;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.series.Require;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is replayed: every policy sees the same endpoints, the same traffic and the same cluster.
 *
 * @param from first cycle, a whole minute; what a trace has before it is the history to learn from
 * @param to end, a whole minute
 * @param cycle time from one control cycle to the next, a divisor of {@code to - from}
 * @param simulation the world around the policies
 * @param seed of everything that chance does in it
 */
public record ReplaySetup(
        List<Endpoint> endpoints, Instant from, Instant to, Duration cycle, Simulation simulation, long seed) {
    public static final Duration DEFAULT_CYCLE = Duration.ofSeconds(15);
    public static final Duration DEFAULT_WARM_UP = Duration.ofDays(14);
    public static final Duration SHORTEST_CYCLE = Duration.ofSeconds(1);
    public static final Duration LONGEST_CYCLE = Duration.ofMinutes(10);

    public ReplaySetup {
        endpoints = List.copyOf(endpoints);
        Require.that(!endpoints.isEmpty(), "a replay needs an endpoint");
        Require.that(
                endpoints.stream().map(Endpoint::id).distinct().count() == endpoints.size(),
                "endpoints of a replay must have different names, were %s",
                endpoints.stream().map(Endpoint::id).toList());
        Require.that(from.isBefore(to), "a replay must begin before it ends, was %s to %s", from, to);
        Require.that(
                isWholeMinute(from) && isWholeMinute(to),
                "a replay must begin and end on whole minutes, was %s to %s",
                from,
                to);
        Require.that(
                cycle.compareTo(SHORTEST_CYCLE) >= 0 && cycle.compareTo(LONGEST_CYCLE) <= 0,
                "cycle must be from 1 s to %s, was %s",
                LONGEST_CYCLE,
                cycle);
        Require.that(
                Duration.between(from, to).toMillis() % cycle.toMillis() == 0,
                "the replay from %s to %s must be whole cycles of %s",
                from,
                to,
                cycle);
        for (Endpoint endpoint : endpoints) {
            endpoint.requireCovers(from, to);
        }
    }

    /** Nothing but workloads has faults. */
    public ReplaySetup(
            List<Endpoint> endpoints, Instant from, Instant to, Duration cycle, WorkloadFaults faults, long seed) {
        this(endpoints, from, to, cycle, Simulation.PLAIN.with(faults), seed);
    }

    private static boolean isWholeMinute(Instant instant) {
        return instant.toEpochMilli() % 60_000 == 0;
    }

    ClusterChance chanceOf(Endpoint endpoint) {
        return new ClusterChance(seed, endpoint.id(), endpoint.startTime(), simulation);
    }

    /** The same with replicas that take longer to start; empty where that is longer than any may take. */
    Optional<ReplaySetup> withLongerStart(Duration more) {
        if (endpoints.stream().anyMatch(endpoint -> !endpoint.startTime().allows(more))) {
            return Optional.empty();
        }
        List<Endpoint> slower = endpoints.stream()
                .map(endpoint -> new Endpoint(
                        endpoint.trace(), endpoint.spec(), endpoint.startTime().plus(more)))
                .toList();
        return Optional.of(new ReplaySetup(slower, from, to, cycle, simulation, seed));
    }

    /** The specifications in force in the replay. */
    public List<EndpointSpec> specs() {
        return endpoints.stream().map(Endpoint::spec).toList();
    }

    /**
     * One endpoint of a replay.
     *
     * @param spec as it is replayed: its lead time is the {@code p90} of the start times, as if it had been measured
     */
    public record Endpoint(Trace trace, EndpointSpec spec, StartTime startTime) {
        public Endpoint {
            Step step = spec.traffic().step();
            Require.that(
                    step.seconds() % Trace.MINUTE.seconds() == 0,
                    "traffic.step of %s must be a whole number of minutes to be replayed, was %s s",
                    spec.id(),
                    step.seconds());
            Require.that(
                    spec.load().model() instanceof LoadModel.Whole,
                    "%s has capacity.%s: a trace has one request rate, replay it with perReplica or queueing",
                    spec.id(),
                    spec.load().model() instanceof LoadModel.Learned ? "learned" : "models");
            Require.that(
                    spec.metricSources().isEmpty(),
                    "%s has reactive.metrics %s: a trace has the request rate only, replay it without them",
                    spec.id(),
                    spec.metricSources().keySet());
            spec = withLeadTime(spec, startTime.p90());
        }

        EndpointId id() {
            return spec.id();
        }

        private void requireCovers(Instant from, Instant to) {
            Require.that(
                    !from.isBefore(trace.minutes().start())
                            && !to.isAfter(trace.minutes().end()),
                    "trace %s has %s to %s, but the replay is %s to %s",
                    trace.name(),
                    trace.minutes().start(),
                    trace.minutes().end(),
                    from,
                    to);
        }

        private static EndpointSpec withLeadTime(EndpointSpec spec, Duration measured) {
            Predictive predictive = spec.policy().predictive();
            LeadTimeBounds bounds = predictive.leadTime();
            Duration bounded = measured.compareTo(bounds.min()) < 0
                    ? bounds.min()
                    : measured.compareTo(bounds.max()) > 0 ? bounds.max() : measured;
            return SpecVariants.withPredictive(
                    spec, predictive.withLeadTime(new LeadTimeBounds(bounded, bounds.min(), bounds.max())));
        }
    }
}
