package dev.prescale.app;

import dev.prescale.adapter.files.StateFolder;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Fleet;
import dev.prescale.control.ModelStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what forecasts have learnt over a restart: every endpoint once an hour, each at a minute of its own, and all of them when
 * the service ends. Files are written beside the control cycle, which waits at most for one state to be copied in memory.
 */
final class ServiceStates {
    static final String FOLDER = "states";

    private static final Logger LOG = Logger.getLogger(ServiceStates.class);
    private static final long SECONDS_PER_HOUR = 3_600;
    /** States in memory at a time when all are saved. */
    private static final int BATCH = 50;
    /** A state is of no use a day later, and whose endpoint is gone is of none at all. */
    private static final Duration KEPT_FOR = Duration.ofDays(2);

    private final @Nullable StateFolder folder;
    /** The hour, by the endpoint's own count, in which it was saved or begun. */
    private final Map<EndpointId, Long> hours = new HashMap<>();

    private ServiceStates(@Nullable StateFolder folder) {
        this.folder = folder;
    }

    static ServiceStates of(Settings settings) {
        Path states = settings.data().resolve(FOLDER);
        return new ServiceStates(settings.keepsState() ? new StateFolder(states, ProgramIdentity.of(settings)) : null);
    }

    ModelStore store() {
        return folder == null ? ModelStore.NONE : folder;
    }

    /** Saves the endpoints whose minute of the hour has come since the last call. */
    synchronized void saveDue(Fleet fleet, Instant now) {
        List<EndpointId> endpoints = fleet.endpoints();
        hours.keySet().retainAll(endpoints);
        List<EndpointId> due = new ArrayList<>();
        for (EndpointId endpoint : endpoints) {
            long phase = Math.floorMod(endpoint.toString().hashCode(), SECONDS_PER_HOUR);
            long hour = Math.floorDiv(now.getEpochSecond() + phase, SECONDS_PER_HOUR);
            Long before = hours.put(endpoint, hour);
            if (before != null && before != hour) {
                due.add(endpoint);
            }
        }
        save(fleet, due);
    }

    /** Saves all endpoints, for the end of the service. */
    synchronized void saveAll(Fleet fleet) {
        save(fleet, fleet.endpoints());
    }

    private void save(Fleet fleet, List<EndpointId> endpoints) {
        StateFolder states = folder;
        if (states == null) {
            return;
        }
        for (int from = 0; from < endpoints.size(); from += BATCH) {
            fleet.saveStates(endpoints.subList(from, Math.min(from + BATCH, endpoints.size())));
            try {
                states.flush();
            } catch (IOException fault) {
                LOG.warnf("What forecasts have learnt cannot be saved: %s", fault);
            }
        }
    }

    void prune(Instant now) {
        StateFolder states = folder;
        if (states == null) {
            return;
        }
        try {
            states.pruneBefore(now.minus(KEPT_FOR));
        } catch (IOException fault) {
            LOG.warnf("Old states cannot be removed: %s", fault);
        }
    }
}
