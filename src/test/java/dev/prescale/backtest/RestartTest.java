package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.FROM;
import static dev.prescale.backtest.ReplayFixture.aReplay;
import static dev.prescale.backtest.ReplayFixture.brain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.Mode;
import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartTest {
    private static final Restarts OFTEN = new Restarts(Duration.ofMinutes(20), Duration.ZERO);

    @Test
    void theFleetIsBuiltAnewEverySoOften() {
        List<Fleet> built = new ArrayList<>();
        ReplaySetup setup = aReplay()
                .minutes(600, 10)
                .simulation(Simulation.PLAIN.with(OFTEN))
                .setup();
        ReplayPolicy policy = ReplayPolicy.prescale(workloads -> {
            Fleet fleet = new Fleet(
                    new Fleet.Ports(DisturbedHistory.of(setup), workloads, new SurvivingJournal(), FleetListener.NONE),
                    brain(),
                    setup.cycle());
            built.add(fleet);
            return fleet;
        });
        new Replay(setup, List.of(policy), Replay.Listener.NONE).run();
        assertThat(built).hasSizeBetween(20, 42); // the first and 30 on average
    }

    @Test
    void noCycleRunsWhileItIsDown() {
        Restarts longDown = new Restarts(Duration.ofMinutes(20), Duration.ofMinutes(15));
        var down = aReplay().minutes(60, 10).minutes(60, 90).seed(4);
        List<MinuteRow> up = down.rowsOf(ReplayPolicy.prescale(brain()));
        List<MinuteRow> without =
                down.simulation(Simulation.PLAIN.with(longDown)).rowsOf(ReplayPolicy.prescale(brain()));
        assertThat(firstWith(9, without)).isAfter(firstWith(9, up));
    }

    private static Instant firstWith(int ready, List<MinuteRow> rows) {
        return rows.stream()
                .filter(row -> row.ready() == ready)
                .map(MinuteRow::at)
                .findFirst()
                .orElse(Instant.MAX);
    }

    @Test
    void theJournalSurvivesAndHoldsTheWindow() {
        // Without it a fleet that has just begun would scale in as soon as it has read the traffic.
        var falling = aReplay().minutes(60, 90).minutes(120, 10).simulation(Simulation.PLAIN.with(OFTEN));
        List<MinuteRow> rows = falling.rowsOf(ReplayPolicy.prescale(brain()));
        assertThat(rows.subList(60, 65)).extracting(MinuteRow::ready).containsOnly(9);
        assertThat(rows.getLast().ready()).isEqualTo(1);
    }

    @Test
    void theSurvivingJournalKeepsTheNewest() {
        var journal = new SurvivingJournal();
        for (int k = 0; k < 2_500; k++) {
            journal.append(decision(k));
        }
        EndpointId id = new EndpointId("test", "shop");
        assertThat(journal.latest(id)).contains(decision(2_499));
        List<DecisionRecord> all = journal.page(id, FROM, FROM.plus(Duration.ofDays(9)), 5_000);
        assertThat(all).hasSize(1_000).startsWith(decision(2_499)).endsWith(decision(1_500));
        assertThat(journal.page(id, FROM, FROM.plusSeconds(1_502), 10))
                .containsExactly(decision(1_501), decision(1_500));
        assertThat(journal.latest(new EndpointId("test", "other"))).isEmpty();
    }

    private static DecisionRecord decision(int second) {
        var decision = new ScalingDecision(second, second, second, List.of(), List.of());
        return new DecisionRecord(
                FROM.plusSeconds(second), new EndpointId("test", "shop"), Mode.SCALE, decision, true, "", 1, 1);
    }
}
