package dev.prescale.adapter.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale;
import dev.prescale.testing.Specs;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A cluster that is watched, and looked after with a time that the test sets. */
final class WatchedCluster implements AutoCloseable {
    static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");

    private final KubernetesCluster cluster;
    private final KubernetesWorkloads workloads;
    private Instant now = NOON;

    WatchedCluster(KubernetesClient client, List<String> namespaces) {
        this.cluster = new KubernetesCluster(client, namespaces, new Random(7));
        this.workloads = new KubernetesWorkloads(cluster);
    }

    /** All of the cluster that this configuration leads to; with a connection of its own. */
    static WatchedCluster of(Config config) {
        return new WatchedCluster(client(config), List.of());
    }

    static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(KubernetesConnection.patient(config))
                .build();
    }

    KubernetesCluster cluster() {
        return cluster;
    }

    KubernetesWorkloads workloads() {
        return workloads;
    }

    WatchedCluster inForce(EndpointSpec... specs) {
        workloads.replaceSpecs(Arrays.stream(specs).collect(Collectors.toMap(EndpointSpec::id, Function.identity())));
        return this;
    }

    /** Time passes, and the watches are looked after. */
    void pass(Duration time) {
        now = now.plus(time);
        cluster.tend(now);
    }

    Instant now() {
        return now;
    }

    WorkloadScale.State state(EndpointId endpoint) {
        return workloads.state(endpoint, now);
    }

    /** All that is needed has been asked for. */
    WatchedCluster settled() {
        until(cluster::isTried);
        return this;
    }

    WorkloadScale.Replicas replicas(EndpointId endpoint) {
        return replicas(endpoint, any -> true);
    }

    WorkloadScale.Replicas replicas(EndpointId endpoint, Predicate<WorkloadScale.Replicas> expected) {
        until(() -> state(endpoint) instanceof WorkloadScale.Replicas replicas && expected.test(replicas));
        return (WorkloadScale.Replicas) state(endpoint);
    }

    /** Without time passing. */
    void until(BooleanSupplier condition) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
            cluster.tend(now);
            return condition.getAsBoolean();
        });
    }

    /** While a second passes with every look: what has failed is tried again. */
    void untilInTime(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    pass(Duration.ofSeconds(1));
                    return condition.getAsBoolean();
                });
    }

    static EndpointSpec spec(EndpointId id, String apiVersion, String kind) {
        return spec(id, Mode.SCALE, apiVersion, kind, id.name());
    }

    static EndpointSpec spec(EndpointId id, Mode mode, String apiVersion, String kind, String target) {
        return Specs.anEndpoint(id, mode, new ScaleTargetRef(apiVersion, kind, target));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
