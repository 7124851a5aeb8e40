package dev.prescale.app;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import dev.prescale.scaling.RateReading;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One line in the log per change of an endpoint's state: its history, its gate, the replicas decided, what was restored. */
@ApplicationScoped
class StateLog implements FleetListener {
    private static final String READ = "is read";

    private final Consumer<String> log;
    private final Map<EndpointId, State> states = new HashMap<>();

    @Inject
    StateLog() {
        this(Logger.getLogger(StateLog.class)::info);
    }

    StateLog(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public synchronized void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        if (DemoRunner.running() != null) {
            return; // a demo has its own lines, and four thousand cycles a second
        }
        for (EndpointSnapshot snapshot : snapshots) {
            State after = State.of(snapshot);
            State before = states.put(snapshot.spec().id(), after);
            if (!after.equals(before)) {
                log.accept("%s: %s".formatted(snapshot.spec().id(), after.sentence(before)));
            }
        }
    }

    @Override
    public void forecastState(EndpointId endpoint, String clause) {
        log.accept("%s: %s".formatted(endpoint, clause));
    }

    /**
     * @param history whether the request rate is read, and why not
     * @param replicas decided, -1 before the first decision
     */
    private record State(String history, boolean trusted, int replicas) {
        static State of(EndpointSnapshot snapshot) {
            String history =
                    switch (snapshot.requestRate()) {
                        case RateReading.Known ignored -> READ;
                        case RateReading.NoData ignored -> "has no samples";
                        case RateReading.Stale ignored -> "is stale";
                        case RateReading.Failed failed -> "failed: " + failed.reason();
                    };
            DecisionRecord latest = snapshot.latest();
            int replicas = latest == null ? -1 : latest.decision().replicas();
            return new State(history, snapshot.gate().isTrusted(), replicas);
        }

        String sentence(@Nullable State before) {
            StringBuilder text = new StringBuilder();
            if (before == null || !history.equals(before.history)) {
                text.append("history ").append(history).append("; ");
            }
            if (before == null || trusted != before.trusted) {
                text.append(trusted ? "forecast trusted; " : "forecast not trusted; ");
            }
            if (replicas >= 0 && (before == null || replicas != before.replicas)) {
                text.append(before == null || before.replicas < 0 ? "" : before.replicas + " -> ")
                        .append(replicas)
                        .append(replicas == 1 ? " replica; " : " replicas; ");
            }
            return text.substring(0, Math.max(0, text.length() - 2));
        }
    }
}
