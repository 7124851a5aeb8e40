package dev.prescale.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.config.SpecFaultsView;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The fleet after each cycle, for live pages. A cycle only leaves its snapshots here, for clients that look by themselves. */
@ApplicationScoped
class FleetEvents implements FleetListener {
    private final ObjectMapper json;
    private final SpecFaultsView specifications;
    private final EventClients clients = new EventClients();
    private volatile Cycle latest = new Cycle(0, List.of());
    private volatile Written written = new Written(-1, "");

    FleetEvents(ObjectMapper json, SpecFaultsView specifications) {
        this.json = json;
        this.specifications = specifications;
    }

    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        latest = new Cycle(latest.number() + 1, snapshots);
    }

    /** Events for one more client, the present state first; a 429 problem where there are too many clients. */
    Multi<Event> subscribe() {
        return clients.looking(new Client()::look);
    }

    int clients() {
        return clients.count();
    }

    void end(@Observes ShutdownDelayInitiatedEvent event) {
        clients.end();
    }

    /** What goes to a client. */
    sealed interface Event {}

    /** @param json the body of {@code GET /api/v1/endpoints} */
    record Fleet(String json) implements Event {}

    record Heartbeat() implements Event {}

    /** What one client has seen. Asked by one thread at a time. */
    final class Client {
        private long seen = -1;
        private final EventClients.Silence silence = new EventClients.Silence();

        /** The newest state where it has not been seen, now and then a heartbeat, else nothing. */
        Optional<Event> look() {
            Cycle cycle = latest;
            if (cycle.number() != seen) {
                seen = cycle.number();
                silence.broken();
                return Optional.of(new Fleet(write(cycle)));
            }
            return silence.lastsTooLong() ? Optional.of(new Heartbeat()) : Optional.empty();
        }
    }

    /** Written once per cycle and not once per client; two clients at the same moment may both write it. */
    private String write(Cycle cycle) {
        Written present = written;
        if (present.number() != cycle.number()) {
            present =
                    new Written(cycle.number(), writeValue(FleetState.of(cycle.snapshots(), specifications.faults())));
            written = present;
        }
        return present.json();
    }

    private String writeValue(FleetState state) {
        try {
            return json.writeValueAsString(state);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The fleet could not be written as JSON", impossible);
        }
    }

    private record Cycle(long number, List<EndpointSnapshot> snapshots) {}

    private record Written(long number, String json) {}
}
