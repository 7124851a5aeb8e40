package dev.prescale.backtest;

import dev.prescale.control.ReplicaStart;
import dev.prescale.control.WorkloadScale;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One endpoint under one policy: its replicas, the requests that wait for them, and the account of what they did. */
final class SimulatedEndpoint {
    private final ClusterChance chance;
    private final SimulatedReplicas replicas;
    private final @Nullable SimulatedStarts starts;
    private final WaitingLine line;
    private final Ledger ledger;
    private final @Nullable ReplayInvariants invariants;
    private int asked;
    private @Nullable LateCall late;

    SimulatedEndpoint(ReplaySetup setup, ReplaySetup.Endpoint endpoint, ReplayPolicy policy, Consumer<MinuteRow> rows) {
        this.chance = setup.chanceOf(endpoint);
        this.asked = policy.initialReplicas(setup, endpoint);
        NodePool nodes = setup.simulation().nodes();
        this.starts = nodes == null ? null : new SimulatedStarts();
        this.replicas = starts == null || nodes == null
                ? new SimulatedReplicas(chance, asked)
                : new SimulatedReplicas(chance, asked, new SimulatedNodes(nodes, chance, asked, setup.from()), starts);
        var capacity = endpoint.spec().policy().capacity();
        Queueing queueing = setup.simulation().queueing();
        this.line =
                new WaitingLine(queueing.slotsFor(capacity), queueing.patience().toMillis() / 1e3);
        this.ledger = new Ledger(endpoint.trace(), capacity, setup.from(), policy.name(), rows);
        String story = "seed %s, %s under %s".formatted(setup.seed(), endpoint.id(), policy.name());
        this.invariants = setup.simulation().verified() ? new ReplayInvariants(story, asked) : null;
    }

    Ledger ledger() {
        return ledger;
    }

    WaitingLine line() {
        return line;
    }

    /** The number of the last scale call that was carried out. */
    int asked() {
        return asked;
    }

    /** The newest starts; none where the start time is given. */
    List<ReplicaStart> starts() {
        return starts == null ? List.of() : starts.newest();
    }

    SimulatedReplicas replicasAt(Instant now) {
        LateCall due = late;
        if (due != null && !due.at().isAfter(now)) {
            late = null;
            replicas.advanceTo(due.at());
            carryOut(due.wanted(), due.at());
        }
        replicas.advanceTo(now);
        return replicas;
    }

    WorkloadScale.Outcome scaleTo(int wanted, Instant now) {
        int current = replicasAt(now).current();
        if (late == null ? wanted == current : wanted == late.wanted()) {
            return new WorkloadScale.Scaled();
        }
        if (chance.scaleCallFails(now)) {
            return new WorkloadScale.NotScaled("the simulated scale call failed");
        }
        late = null;
        if (wanted == current) {
            return new WorkloadScale.Scaled();
        }
        if (chance.scaleCallIsLate(now)) {
            late = new LateCall(wanted, now.plus(chance.scaleCallDelay()));
        } else {
            carryOut(wanted, now);
        }
        return new WorkloadScale.Scaled();
    }

    private void carryOut(int wanted, Instant now) {
        if (wanted != replicas.current()) {
            ledger.countScaleAction();
            asked = wanted;
            if (invariants != null) {
                invariants.ordered(wanted, now, chance.startTimeAt(now));
            }
            replicas.scaleTo(wanted, now);
        }
    }

    /** Lets {@code [from, to)} pass in pieces in which nothing changes, and books the minutes that end in it. */
    void settle(Instant from, Instant to) {
        Instant at = from;
        while (at.isBefore(to)) {
            replicasAt(at);
            Instant endOfMinute = at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
            Instant until = nextChange(endOfMinute.isBefore(to) ? endOfMinute : to);
            double seconds = Duration.between(at, until).toNanos() / 1e9;
            line.pass(seconds, ledger.demand(), replicas.ready(), ledger.waits());
            // what becomes ready when the minute ends serves the next one
            if (until.equals(endOfMinute)) {
                ledger.endMinute(replicas.current(), replicas.ready());
            }
            at = until;
        }
        if (invariants != null) {
            invariants.verify(this, to);
        }
    }

    private Instant nextChange(Instant latest) {
        Instant next = replicas.nextChange(latest);
        return late != null && late.at().isBefore(next) ? late.at() : next;
    }

    /** A call that is carried out later. */
    private record LateCall(int wanted, Instant at) {}
}
