package dev.prescale.backtest;

import dev.prescale.control.WorkloadScale;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** One endpoint under one policy: its replicas and the account of what they did. */
final class SimulatedEndpoint {
    private final ClusterChance chance;
    private final SimulatedReplicas replicas;
    private final Ledger ledger;

    SimulatedEndpoint(ReplaySetup setup, ReplaySetup.Endpoint endpoint, ReplayPolicy policy, Consumer<MinuteRow> rows) {
        this.chance = setup.chanceOf(endpoint);
        this.replicas = new SimulatedReplicas(chance, policy.initialReplicas(setup, endpoint));
        this.ledger =
                new Ledger(endpoint.trace(), endpoint.spec().policy().capacity(), setup.from(), policy.name(), rows);
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
        ledger.countScaleAction();
        replicas.scaleTo(wanted, now);
        return new WorkloadScale.Scaled();
    }

    /** Lets {@code [from, to)} pass and books the minutes that end in it. */
    void settle(Instant from, Instant to) {
        Instant end = from.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        while (!end.isAfter(to)) {
            // what becomes ready when the minute ends serves the next one
            replicas.advanceTo(end.minusNanos(1));
            ledger.endMinute(replicas.current(), replicas.ready());
            end = end.plus(1, ChronoUnit.MINUTES);
        }
    }
}
