package dev.prescale.adapter.metrics;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import dev.prescale.control.Signal;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.SignalKind;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * {@code prescale_signal_demand} and {@code prescale_signal_replicas}, labelled {@code namespace} and {@code endpoint}: what every
 * other protocol tells of an endpoint, for autoscalers that ask Prometheus.
 *
 * <p>While a number is not known there is no sample, looked at when the scrape comes: of a {@code NaN} KEDA's prometheus scaler makes
 * 0 unless it is told not to, and prometheus-adapter the smallest whole number there is. A gauge of Micrometer cannot be absent.
 */
@Singleton
class SignalGauges extends Collector implements FleetListener {
    private static final List<String> LABELS = List.of("namespace", "endpoint");

    private final SignalBoard board;
    private final InstantSource clock;
    private volatile Set<EndpointId> endpoints = Set.of();

    SignalGauges(SignalBoard board, InstantSource clock, PrometheusMeterRegistry registry) {
        this.board = board;
        this.clock = clock;
        registry.getPrometheusRegistry().register(this);
    }

    /** The endpoints that have meters at all, by the same rule as {@link FleetMeters}: those that have been there longest. */
    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        List<EndpointId> present =
                snapshots.stream().map(snapshot -> snapshot.spec().id()).toList();
        Set<EndpointId> labelled = new TreeSet<>(endpoints);
        labelled.retainAll(Set.copyOf(present));
        Stream<EndpointId> more = present.stream().filter(id -> !labelled.contains(id));
        endpoints = Set.copyOf(Stream.concat(labelled.stream(), more)
                .limit(FleetMeters.MOST_LABELLED_ENDPOINTS)
                .toList());
    }

    @Override
    public List<MetricFamilySamples> collect() {
        Instant now = clock.instant();
        return List.of(
                family("prescale_signal_demand", "Load to serve within the lead time", SignalKind.DEMAND, now),
                family("prescale_signal_replicas", "Replicas of the last decision", SignalKind.REPLICAS, now));
    }

    private MetricFamilySamples family(String name, String help, SignalKind kind, Instant now) {
        GaugeMetricFamily family = new GaugeMetricFamily(name, help, LABELS);
        for (EndpointId endpoint : endpoints) {
            if (board.at(endpoint, kind, now) instanceof Signal.Known known) {
                family.addMetric(List.of(endpoint.namespace(), endpoint.name()), known.value());
            }
        }
        return family;
    }
}
