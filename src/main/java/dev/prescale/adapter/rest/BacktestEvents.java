package dev.prescale.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The course of a backtest for those who follow it, the present state first. The stream ends with it. */
@ApplicationScoped
class BacktestEvents {
    private final ObjectMapper json;
    private final EventClients clients = new EventClients();

    BacktestEvents(ObjectMapper json) {
        this.json = json;
    }

    /** A 429 problem where there are too many clients. */
    Multi<Event> follow(BacktestJob job) {
        Client client = new Client(job);
        return clients.looking(client::look).select().first(event -> !(event instanceof End));
    }

    int clients() {
        return clients.count();
    }

    void end(@Observes ShutdownDelayInitiatedEvent event) {
        clients.end();
    }

    /** What goes to a client. */
    sealed interface Event {}

    /**
     * @param name {@code progress}, {@code done} or {@code failed}
     * @param json the body of {@code GET /api/v1/backtests/{id}}
     */
    record Told(String name, String json) implements Event {}

    record Heartbeat() implements Event {}

    /** Nothing comes any more; is itself not sent. */
    record End() implements Event {}

    /** What one client has seen. Asked by one thread at a time. */
    final class Client {
        private final BacktestJob job;
        private final EventClients.Silence silence = new EventClients.Silence();
        private @Nullable BacktestState seen;

        Client(BacktestJob job) {
            this.job = job;
        }

        Optional<Event> look() {
            BacktestState state = job.state();
            if (state != seen) {
                seen = state;
                silence.broken();
                return Optional.of(new Told(nameOf(state.status()), written(state)));
            }
            if (state.hasEnded()) {
                return Optional.of(new End());
            }
            return silence.lastsTooLong() ? Optional.of(new Heartbeat()) : Optional.empty();
        }
    }

    private static String nameOf(BacktestState.Status status) {
        return status == BacktestState.Status.Running
                ? "progress"
                : status.name().toLowerCase(Locale.ROOT);
    }

    private String written(BacktestState state) {
        try {
            return json.writeValueAsString(state);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A backtest could not be written as JSON", impossible);
        }
    }
}
