package dev.prescale.app;

import dev.prescale.adapter.externalmetrics.ExternalMetricsMeters;
import dev.prescale.adapter.externalmetrics.ExternalMetricsServer;
import dev.prescale.adapter.kubernetes.ApiFaults;
import dev.prescale.adapter.kubernetes.KubernetesConnection;
import dev.prescale.config.ExternalMetrics;
import dev.prescale.config.KubernetesServer;
import dev.prescale.config.Settings;
import dev.prescale.control.FleetView;
import dev.prescale.control.SignalBoard;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The External Metrics API beside the REST API, where its port is set. It has a connection of its own to the API server: those who
 * ask do not wait for a control cycle, nor it for them.
 */
@Singleton
class ServiceExternalMetrics {
    private static final Logger LOG = Logger.getLogger(ServiceExternalMetrics.class);
    private static final int FAILED = 1;

    private final Settings settings;
    private final Instance<FleetView> fleet;
    private final SignalBoard board;
    private final InstantSource clock;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private volatile @Nullable Running running;

    private record Running(ExternalMetricsServer server, KubernetesClient client) {}

    ServiceExternalMetrics(
            Settings settings,
            Instance<FleetView> fleet,
            SignalBoard board,
            InstantSource clock,
            Vertx vertx,
            MeterRegistry registry) {
        this.settings = settings;
        this.fleet = fleet;
        this.board = board;
        this.clock = clock;
        this.vertx = vertx;
        this.registry = registry;
    }

    /** A demo is not for a cluster. */
    void begin(@Observes StartupEvent event) {
        if (DemoRunner.running() == null) {
            settings.externalMetrics().ifPresent(this::begin);
        }
    }

    private void begin(ExternalMetrics external) {
        KubernetesServer kubernetes = settings.kubernetes();
        KubernetesClient client = KubernetesConnection.open(ServiceCluster.identity(kubernetes));
        try {
            running = new Running(
                    ExternalMetricsServer.begin(
                            vertx,
                            external,
                            new ExternalMetricsServer.Cluster(client, ApiFaults::sentence),
                            fleet.get(),
                            board,
                            clock,
                            new ExternalMetricsMeters(registry)),
                    client);
        } catch (ExternalMetricsServer.NotStarted fault) {
            client.close();
            LOG.errorf("External metrics cannot be served: %s", fault.getMessage());
            Quarkus.asyncExit(FAILED);
        }
    }

    @Scheduled(
            every = "10s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ServiceLoop.InDemo.class)
    void tend() {
        Running present = running;
        if (present != null) {
            present.server().tend();
        }
    }

    void end(@Observes ShutdownEvent event) {
        Running present = running;
        if (present != null) {
            present.server().close();
            present.client().close();
        }
    }
}
