package dev.prescale.simulation;

import dev.prescale.config.SpecText;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.Mode;
import dev.prescale.control.RateHistory;
import dev.prescale.control.WorkloadScale;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.InMemoryRateHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The production fleet on a history, a journal and workloads in memory. Endpoints are specified as users do; replicas are
 * ready at once. A test says what comes in and when a cycle runs.
 */
final class StoryFleet {
    final InMemoryRateHistory history = new InMemoryRateHistory();
    final InMemoryDecisionLog journal = new InMemoryDecisionLog();

    /** Replicas of the workloads there are. */
    final Map<EndpointId, Integer> replicas = new HashMap<>();

    /** What was asked for, in order. */
    final List<Integer> sent = new ArrayList<>();

    private final WorkloadScale workloads = new Workloads();
    private final LeadTimeForecaster leadTimeForecaster;
    private RateHistory read = history;
    private Fleet fleet;

    StoryFleet() {
        this(new DirectLeadTimeForecaster());
    }

    StoryFleet(LeadTimeForecaster leadTimeForecaster) {
        this.leadTimeForecaster = leadTimeForecaster;
        this.fleet = process();
    }

    /** An endpoint of 10 req/s per replica at target utilization 1 and at most 100 replicas, with lines added to its spec. */
    static EndpointSpec endpoint(String name, String... specLines) {
        String yaml =
                """
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: %s, namespace: test}
                spec:
                  scaleTargetRef: {name: %s}
                  maxReplicas: 100
                  traffic:
                    influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: %s}, kind: Count}
                  capacity:
                    perReplica: {requestRate: 10, targetUtilization: 1.0}
                """.formatted(name, name, name) + String.join("\n", specLines).indent(2);
        SpecText text = SpecText.read("scenario.yaml", yaml);
        return Optional.ofNullable(text.documents().getFirst().spec())
                .map(spec -> spec.withMode(Mode.SCALE))
                .orElseThrow(() -> new AssertionError(text.faults()));
    }

    /** The history is read through this from now on, by processes that start later too. */
    StoryFleet reading(RateHistory through) {
        read = through;
        return this;
    }

    /** A new process takes over, from the journal. */
    StoryFleet start(Instant now, EndpointSpec... specs) {
        fleet = process();
        return replace(now, specs);
    }

    /** Other specifications at run time. */
    StoryFleet replace(Instant now, EndpointSpec... specs) {
        fleet.replaceSpecs(List.of(specs), now);
        return this;
    }

    private Fleet process() {
        return new Fleet(
                new Fleet.Ports((queries, now) -> read.read(queries, now), workloads, journal, FleetListener.NONE),
                new Fleet.Brain(new CombinedForecaster(), leadTimeForecaster, new CombinedDecisionRule()),
                Duration.ofSeconds(15));
    }

    StoryFleet cycle(Instant now) {
        fleet.runCycle(now);
        return this;
    }

    /** Requests of one minute at this many req/s. */
    StoryFleet minute(String service, Instant begin, double rate) {
        history.write("http_requests", Map.of("service", service), "count", begin, 60 * rate);
        return this;
    }

    EndpointSnapshot snapshot(EndpointSpec spec) {
        return fleet.snapshot(spec.id()).orElseThrow();
    }

    ScalingDecision decision(EndpointSpec spec) {
        return Objects.requireNonNull(snapshot(spec).latest()).decision();
    }

    private final class Workloads implements WorkloadScale {
        @Override
        public State state(EndpointId endpoint, Instant now) {
            Integer current = replicas.get(endpoint);
            return current == null ? new Unknown("not there") : new Replicas(current, current, false);
        }

        @Override
        public Outcome scaleTo(EndpointId endpoint, int wanted, Instant now) {
            sent.add(wanted);
            replicas.put(endpoint, wanted);
            return new Scaled();
        }
    }
}
