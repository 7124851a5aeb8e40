package dev.prescale.app;

import dev.prescale.adapter.kubernetes.KubernetesCluster;
import dev.prescale.adapter.kubernetes.KubernetesConnection;
import dev.prescale.adapter.kubernetes.KubernetesWorkloads;
import dev.prescale.config.KubernetesServer;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.ShadowWorkload;
import dev.prescale.control.WorkloadScale;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The workloads of the service: those of a cluster where it is to be read, else shadows. */
@ApplicationScoped
class ServiceWorkloads {
    private static final Logger LOG = Logger.getLogger(ServiceWorkloads.class);

    /** Who needs pod metrics or another kind's scale subresource waits for the API server. */
    private static final int THREADS_FOR_A_CLUSTER = 6;

    private final Optional<Watched> cluster;
    private final ShadowWorkload shadows;

    private record Watched(KubernetesCluster cluster, KubernetesWorkloads workloads) {}

    ServiceWorkloads(Settings settings, ServiceStore store) {
        this.shadows = new ShadowWorkload(store.store().decisions());
        this.cluster =
                reads(settings.kubernetes().use(), System::getenv) ? Optional.of(connect(settings)) : Optional.empty();
    }

    static boolean reads(KubernetesServer.Use setting, Function<String, @Nullable String> environment) {
        return switch (setting) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> KubernetesConnection.isAtHand(environment);
        };
    }

    private static Watched connect(Settings settings) {
        KubernetesClient client = KubernetesConnection.open();
        LOG.infof("Workloads are read from the Kubernetes API server %s", client.getMasterUrl());
        KubernetesCluster cluster =
                new KubernetesCluster(client, settings.kubernetes().namespaces(), RandomGenerator.getDefault());
        return new Watched(cluster, new KubernetesWorkloads(cluster));
    }

    WorkloadScale port() {
        return cluster.isPresent() ? cluster.get().workloads() : shadows;
    }

    /** Threads that looking at workloads keeps waiting at most. */
    int threadsThatWait() {
        return cluster.isPresent() ? THREADS_FOR_A_CLUSTER : 0;
    }

    void replaceSpecs(Map<EndpointId, EndpointSpec> specs) {
        cluster.ifPresentOrElse(watched -> watched.workloads().replaceSpecs(specs), () -> {
            shadows.replaceSpecs(specs);
            specs.values().forEach(ServiceWorkloads::warnOfPodMetrics);
        });
    }

    /** Keeps the watches going, every few seconds. */
    void tend(Instant now) {
        cluster.ifPresent(watched -> watched.cluster().tend(now));
    }

    private static void warnOfPodMetrics(EndpointSpec spec) {
        spec.policy().reactive().metrics().stream()
                .filter(metric -> !spec.metricSources().containsKey(metric.name()))
                .forEach(metric -> LOG.warnf(
                        "%s of %s would be read by pod, and no Kubernetes is (prescale.kubernetes): it stays missing",
                        metric.name(), spec.id()));
    }

    @PreDestroy
    void close() {
        cluster.ifPresent(watched -> watched.cluster().close());
    }
}
