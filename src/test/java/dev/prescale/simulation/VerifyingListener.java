package dev.prescale.simulation;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies every cycle; a failure says what happened and how to see it again. */
final class VerifyingListener implements FleetListener {
    private final String story;
    private final String replayCommand;
    private final List<Invariant> invariants;
    private final Set<ReasonCode> reasons = EnumSet.noneOf(ReasonCode.class);
    private int cycles;

    /** @param story what is replayed, seed included */
    VerifyingListener(String story, String replayCommand, List<Invariant> invariants) {
        this.story = story;
        this.replayCommand = replayCommand;
        this.invariants = List.copyOf(invariants);
    }

    int cycles() {
        return cycles;
    }

    /** Reasons that were given in any cycle. */
    Set<ReasonCode> reasons() {
        return reasons;
    }

    void begunAnew() {
        invariants.forEach(Invariant::begunAnew);
    }

    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        cycles++;
        snapshots.forEach(this::verify);
        snapshots.forEach(this::count);
    }

    private void count(EndpointSnapshot snapshot) {
        DecisionRecord latest = snapshot.latest();
        if (latest != null && latest.at().equals(snapshot.at())) {
            latest.decision().trail().stream().map(Reason::code).forEach(reasons::add);
        }
    }

    @Override
    public void endpointFailed(EndpointId endpoint, RuntimeException fault) {
        throw new AssertionError(
                "%s: the cycle of %s failed; replay with%n%s".formatted(story, endpoint, replayCommand), fault);
    }

    @Override
    public void journalFailed(RuntimeException fault) {
        throw new AssertionError("%s: the journal failed; replay with%n%s".formatted(story, replayCommand), fault);
    }

    private void verify(EndpointSnapshot snapshot) {
        for (Invariant invariant : invariants) {
            try {
                invariant.verify(snapshot);
            } catch (AssertionError broken) {
                throw new AssertionError(
                        "%s does not hold on %s at %s; replay with%n%s%n%s%ncause: %s"
                                .formatted(
                                        invariant.getClass().getSimpleName(),
                                        story,
                                        snapshot.at(),
                                        replayCommand,
                                        told(snapshot.latest()),
                                        broken.getMessage()),
                        broken);
            }
        }
    }

    private static String told(@Nullable DecisionRecord record) {
        if (record == null) {
            return "nothing has been decided";
        }
        var decision = record.decision();
        return "at %s, %s req/s: %s -> %s, recommended %s%nproposals: %s%ntrail: %s"
                .formatted(
                        record.at(),
                        record.requestRate(),
                        decision.currentReplicas(),
                        decision.replicas(),
                        decision.recommended(),
                        decision.proposals(),
                        decision.trail());
    }
}
