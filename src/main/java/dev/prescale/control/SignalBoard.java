package dev.prescale.control;

import dev.prescale.control.Signal.Cause;
import dev.prescale.control.Signals.Activity;
import dev.prescale.control.Signals.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What other autoscalers are told of the running endpoints: never more than what the last cycles left, so that nobody who asks
 * waits for a store. Safe for use by many threads.
 */
public final class SignalBoard implements FleetListener {
    private final Signals signals;
    private final Map<EndpointId, Seen> seen = new ConcurrentHashMap<>();

    public SignalBoard(Signals signals) {
        this.signals = signals;
    }

    /** The number of an endpoint at a moment; {@code NOT_YET} also for one that is not specified. */
    public Signal at(EndpointId endpoint, SignalKind kind, Instant now) {
        Seen present = seen.get(endpoint);
        return present == null ? notYet(endpoint) : signals.at(present, kind, now);
    }

    /** See {@link Signals#activityAt}. */
    public Activity activityAt(EndpointId endpoint, SignalKind kind, @Nullable Duration ahead, Instant now) {
        Seen present = seen.get(endpoint);
        return present == null ? new Activity.NotTold(notYet(endpoint)) : signals.activityAt(present, kind, ahead, now);
    }

    /** See {@link Recommendation#of}. */
    public Recommendation recommendationAt(EndpointId endpoint, Instant now) {
        Seen present = seen.get(endpoint);
        return present == null
                ? new Recommendation.NotGiven(notYet(endpoint))
                : Recommendation.of(signals, present, now);
    }

    private static Signal.Unknown notYet(EndpointId endpoint) {
        return new Signal.Unknown(
                Cause.NOT_YET, "Endpoint %s has not been through a control cycle yet.".formatted(endpoint));
    }

    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        Set<EndpointId> present = new HashSet<>();
        for (EndpointSnapshot snapshot : snapshots) {
            EndpointId id = snapshot.spec().id();
            present.add(id);
            seen.merge(id, Seen.of(snapshot), (before, next) -> before.then(snapshot));
        }
        seen.keySet().retainAll(present);
    }
}
