package dev.prescale.adapter.keda;

import dev.prescale.control.FleetView;
import dev.prescale.control.ScaledObjects;
import dev.prescale.control.SignalBoard;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** KEDA's external scaler in the service. */
@GrpcService
@Singleton
class KedaScaler extends ExternalScalerCalls {
    private static final Logger LOG = Logger.getLogger(KedaScaler.class);
    private static final long SECOND_MILLIS = Duration.ofSeconds(1).toMillis();

    private final OpenStreams streams;

    /**
     * @param fleet asked for when there is a call: a demo or a test has none of the service
     * @param scaledObjects likewise
     */
    @Inject
    KedaScaler(
            Instance<FleetView> fleet,
            Instance<ScaledObjects> scaledObjects,
            SignalBoard board,
            InstantSource clock,
            MeterRegistry registry,
            Vertx vertx) {
        this(
                new ScalerAnswers(
                        new EndpointFinder(
                                fleet::get,
                                (namespace, name) -> scaledObjects.get().targetOf(namespace, name),
                                System::nanoTime),
                        board,
                        clock),
                new OpenStreams(ticksOf(vertx), System::nanoTime),
                registry);
    }

    private KedaScaler(ScalerAnswers answers, OpenStreams streams, MeterRegistry registry) {
        super(answers, streams, new ScalerMeters(registry, streams::count), new RefusalLog(LOG::warn));
        this.streams = streams;
    }

    /** On the event loop that the stream is on, where there is one. */
    static Ticks ticksOf(Vertx vertx) {
        return task -> {
            long timer = vertx.setPeriodic(SECOND_MILLIS, id -> task.run());
            return () -> vertx.cancelTimer(timer);
        };
    }

    void end(@Observes ShutdownDelayInitiatedEvent event) {
        streams.end();
    }
}
