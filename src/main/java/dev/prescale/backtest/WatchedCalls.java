package dev.prescale.backtest;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers the scale calls of a cycle, to compare them with what the fleet says that it decided. */
final class WatchedCalls implements WorkloadScale {
    private final WorkloadScale workloads;
    private final Map<EndpointId, Integer> accepted = new HashMap<>();

    WatchedCalls(WorkloadScale workloads) {
        this.workloads = workloads;
    }

    @Override
    public State state(EndpointId endpoint, Instant now) {
        return workloads.state(endpoint, now);
    }

    @Override
    public Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
        Outcome outcome = workloads.scaleTo(endpoint, replicas, now);
        if (outcome instanceof Scaled) {
            accepted.put(endpoint, replicas);
        }
        return outcome;
    }

    /** In production a faulty endpoint holds; a replay in which one is faulty would be a wrong score. */
    FleetListener listener(ReplaySetup setup) {
        return new FleetListener() {
            @Override
            public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
                if (setup.simulation().verified()) {
                    snapshots.forEach(snapshot -> verify(snapshot, setup));
                }
                accepted.clear();
            }

            @Override
            public void endpointFailed(EndpointId endpoint, RuntimeException fault) {
                throw new IllegalStateException("the control cycle of " + endpoint + " failed", fault);
            }

            @Override
            public void journalFailed(RuntimeException fault) {
                throw new IllegalStateException("the journal failed", fault);
            }
        };
    }

    /** A decision counts as carried out if, and only if, this number was asked for and accepted in this cycle. */
    private void verify(EndpointSnapshot snapshot, ReplaySetup setup) {
        DecisionRecord record = snapshot.latest();
        if (record == null || !record.at().equals(snapshot.at())) {
            return;
        }
        Integer asked = accepted.get(record.endpoint());
        ScalingDecision decision = record.decision();
        boolean isKept = asked == null
                ? !record.acted()
                : record.acted()
                        && decision.action() == ScalingDecision.Action.SCALE_TO
                        && asked == decision.replicas();
        if (!isKept) {
            throw new IllegalStateException(
                    "seed %s: %s decided %s replicas at %s (carried out: %s), but %s were asked for and accepted"
                            .formatted(
                                    setup.seed(),
                                    record.endpoint(),
                                    decision.replicas(),
                                    record.at(),
                                    record.acted(),
                                    asked == null ? "none" : asked));
        }
    }
}
