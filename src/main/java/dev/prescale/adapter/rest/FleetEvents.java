package dev.prescale.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.config.SpecFaultsView;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The fleet after each cycle, for live pages. A cycle only leaves its snapshots here; each client looks at its own pace
 * (twice a second) whether there is something newer, so that neither a fast replay nor a slow client can fill a queue: a
 * client that is behind gets the newest state and misses those between.
 */
@ApplicationScoped
class FleetEvents implements FleetListener {
    static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** A heartbeat after 15 s of silence, below the 30 to 60 s after which proxies cut a silent connection. */
    static final int LOOKS_PER_HEARTBEAT = 30;

    static final int MOST_CLIENTS = 64;

    private final ObjectMapper json;
    private final SpecFaultsView specifications;
    private final AtomicInteger clients = new AtomicInteger();
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

    /** Events for one more client, the present state first; a 503 problem where there are too many clients. */
    Multi<Event> subscribe() {
        if (clients.incrementAndGet() > MOST_CLIENTS) {
            clients.decrementAndGet();
            throw ProblemException.ofUnavailable(
                    "There are %d clients of live events already.".formatted(MOST_CLIENTS), Duration.ofSeconds(30));
        }
        Client client = new Client();
        return Multi.createFrom()
                .ticks()
                .startingAfter(Duration.ofMillis(1))
                .every(LOOK_EVERY)
                .onOverflow()
                .drop()
                .map(look -> client.look())
                .filter(Optional::isPresent)
                .map(Optional::get)
                .onTermination()
                .invoke(() -> clients.decrementAndGet());
    }

    int clients() {
        return clients.get();
    }

    /** What goes to a client. */
    sealed interface Event {}

    /** @param json the body of {@code GET /api/v1/endpoints} */
    record Fleet(String json) implements Event {}

    record Heartbeat() implements Event {}

    /** What one client has seen. Asked by one thread at a time. */
    final class Client {
        private long seen = -1;
        private int looksInSilence;

        /** The newest state where it has not been seen, now and then a heartbeat, else nothing. */
        Optional<Event> look() {
            Cycle cycle = latest;
            if (cycle.number() != seen) {
                seen = cycle.number();
                looksInSilence = 0;
                return Optional.of(new Fleet(write(cycle)));
            }
            looksInSilence++;
            if (looksInSilence < LOOKS_PER_HEARTBEAT) {
                return Optional.empty();
            }
            looksInSilence = 0;
            return Optional.of(new Heartbeat());
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
