package dev.prescale.app;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Passes every cycle on to all listeners there are, and logs faults once per change. */
@Singleton
class FleetListeners {
    private static final Logger LOG = Logger.getLogger(FleetListeners.class);

    private final List<FleetListener> listeners;
    private final AtomicReference<String> journalFault = new AtomicReference<>("");
    private final Map<EndpointId, String> faults = new ConcurrentHashMap<>();

    @Inject
    FleetListeners(@Any Instance<FleetListener> listeners) {
        this(listeners.stream().toList());
    }

    FleetListeners(List<FleetListener> listeners) {
        this.listeners = listeners;
    }

    /** All of them, and one more. */
    FleetListener with(FleetListener another) {
        return new FleetListeners(
                        Stream.concat(listeners.stream(), Stream.of(another)).toList())
                .all();
    }

    FleetListener all() {
        return new FleetListener() {
            @Override
            public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
                listeners.forEach(listener -> listener.cycleDone(now, snapshots));
            }

            @Override
            public void forecastState(EndpointId endpoint, String clause) {
                listeners.forEach(listener -> listener.forecastState(endpoint, clause));
            }

            @Override
            public void journalFailed(RuntimeException fault) {
                if (!fault.toString().equals(journalFault.getAndSet(fault.toString()))) {
                    LOG.errorf(fault, "What was decided could not be written down or read back; scaling goes on");
                }
                listeners.forEach(listener -> listener.journalFailed(fault));
            }

            @Override
            public void endpointsLate(List<EndpointId> endpoints) {
                if (!endpoints.isEmpty()) {
                    LOG.warnf(
                            "%d endpoints were not done within the cycle and hold until they are, such as %s",
                            endpoints.size(), endpoints.getFirst());
                }
                listeners.forEach(listener -> listener.endpointsLate(endpoints));
            }

            @Override
            public void endpointFailed(EndpointId endpoint, RuntimeException fault) {
                if (!fault.toString().equals(faults.put(endpoint, fault.toString()))) {
                    LOG.errorf(fault, "The control cycle of %s failed; it holds", endpoint);
                }
                listeners.forEach(listener -> listener.endpointFailed(endpoint, fault));
            }
        };
    }
}
