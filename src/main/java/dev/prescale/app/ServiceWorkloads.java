package dev.prescale.app;

import dev.prescale.config.Settings;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.FleetListener;
import dev.prescale.control.Mode;
import dev.prescale.control.ScaledObjects;
import dev.prescale.control.ShadowWorkload;
import dev.prescale.control.WorkloadScale;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The workloads of the service: those of a cluster where there is one, else shadows. */
@ApplicationScoped
class ServiceWorkloads {
    private static final Logger LOG = Logger.getLogger(ServiceWorkloads.class);

    /** Who needs pod metrics or another kind's scale subresource waits for the API server. */
    private static final int THREADS_FOR_A_CLUSTER = 6;

    private final Optional<ServiceCluster> cluster;
    private final ShadowWorkload shadows;
    private final InstantSource clock;
    private final AtomicBoolean closed = new AtomicBoolean();

    ServiceWorkloads(Settings settings, ServiceStore store, InstantSource clock) {
        this.shadows = new ShadowWorkload(store.store().decisions());
        this.cluster = ServiceCluster.of(settings.kubernetes(), clock);
        this.clock = clock;
    }

    WorkloadScale port() {
        return cluster.isPresent() ? cluster.get().workloads() : shadows;
    }

    Optional<ServiceCluster> cluster() {
        return cluster;
    }

    /** What KEDA scales, as far as it is seen. */
    ScaledObjects scaledObjects() {
        return cluster.map(ServiceCluster::scaledObjects).orElse(ScaledObjects.NONE);
    }

    /** Threads that looking at workloads keeps waiting at most. */
    int threadsThatWait() {
        return cluster.isPresent() ? THREADS_FOR_A_CLUSTER : 0;
    }

    void replaceSpecs(ServiceSpecs.Found found) {
        Map<EndpointId, EndpointSpec> specs = found.byId();
        cluster.ifPresentOrElse(present -> present.replaceSpecs(specs, found.conflicts(), found.violations()), () -> {
            shadows.replaceSpecs(specs);
            specs.values().forEach(ServiceWorkloads::warnOfWhatIsMissing);
        });
    }

    /** Keeps the watches going, every few seconds. */
    void tend(Instant now) {
        cluster.ifPresent(present -> present.tend(now));
    }

    void afterCycle(Instant now) {
        cluster.ifPresent(present -> present.afterCycle(now));
    }

    private static void warnOfWhatIsMissing(EndpointSpec spec) {
        if (spec.mode() != Mode.OBSERVE) {
            LOG.warnf(
                    "%s has mode %s, and there is no Kubernetes (prescale.kubernetes): its replicas are simulated",
                    spec.id(), spec.mode().wireName());
        }
        spec.policy().reactive().metrics().stream()
                .filter(metric -> !spec.metricSources().containsKey(metric.name()))
                .forEach(metric -> LOG.warnf(
                        "%s of %s would be read by pod, and there is no Kubernetes (prescale.kubernetes): it stays missing",
                        metric.name(), spec.id()));
    }

    /** Told of every cycle. */
    FleetListener listener() {
        return cluster.map(ServiceCluster::listener).orElse(FleetListener.NONE);
    }

    /** Once; whatever comes later does nothing. */
    @PreDestroy
    void close() {
        if (!closed.getAndSet(true)) {
            cluster.ifPresent(present -> present.close(clock.instant()));
        }
    }
}
