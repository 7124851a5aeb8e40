package dev.prescale.backtest;

import dev.prescale.control.WorkloadScale;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One endpoint under one policy: its replicas and the account of what they did. */
final class SimulatedEndpoint {
    private final ClusterChance chance;
    private final SimulatedReplicas replicas;
    private final Ledger ledger;

    SimulatedEndpoint(ReplaySetup setup, ReplaySetup.Endpoint endpoint, int initialReplicas) {
        this.chance = setup.chanceOf(endpoint);
        this.replicas = new SimulatedReplicas(chance, initialReplicas);
        this.ledger = new Ledger(endpoint.trace(), endpoint.spec().policy().capacity(), setup.from(), setup.to());
    }

    Ledger ledger() {
        return ledger;
    }

    SimulatedReplicas replicasAt(Instant now) {
        replicas.advanceTo(now);
        return replicas;
    }

    WorkloadScale.Outcome scaleTo(int wanted, Instant now) {
        if (wanted == replicasAt(now).current()) {
            return new WorkloadScale.Scaled();
        }
        if (chance.scaleCallFails(now)) {
            return new WorkloadScale.NotScaled("the simulated scale call failed");
        }
        ledger.countScaleAction(now);
        replicas.scaleTo(wanted, now);
        return new WorkloadScale.Scaled();
    }

    /** Books {@code [from, to)} in pieces in which neither demand nor ready replicas change. */
    void settle(Instant from, Instant to) {
        Instant at = from;
        while (at.isBefore(to)) {
            replicas.advanceTo(at);
            Instant endOfMinute = at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
            Instant until = replicas.nextChange(endOfMinute.isBefore(to) ? endOfMinute : to);
            double seconds = Duration.between(at, until).toMillis() / 1000.0;
            ledger.add(at, seconds, replicas.ready(), replicas.current());
            at = until;
        }
    }
}
