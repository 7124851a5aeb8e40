package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.FROM;
import static dev.prescale.backtest.ReplayFixture.aReplay;
import static dev.prescale.backtest.ReplayFixture.brain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.InMemoryDecisionLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final StartTime SPREAD = new StartTime(Duration.ofSeconds(90), Duration.ofSeconds(150));

    @Test
    void theSameSeedGivesTheSameRows() {
        assertThat(rows(noisy(11, 180).seed(3))).isEqualTo(rows(noisy(11, 180).seed(3)));
    }

    @Test
    void anotherSeedGivesOtherStartTimes() {
        assertThat(rows(noisy(11, 180).seed(3)))
                .isNotEqualTo(rows(noisy(11, 180).seed(4)));
    }

    @Test
    void nothingButTheOracleSeesThePoisonedFuture() {
        // The same two hours, then either quiet or a thousand times the traffic.
        List<MinuteRow> quiet = rows(noisy(5, 120).minutes(60, 20));
        List<MinuteRow> poisoned = rows(noisy(5, 120).minutes(60, 20_000));
        Instant until = FROM.plus(Duration.ofMinutes(120));
        assertThat(before(poisoned, until)).isEqualTo(before(quiet, until)).hasSize(2 * 120);
        assertThat(poisoned).isNotEqualTo(quiet);
    }

    @Test
    void aMinuteIsRevealedOnceItHasEnded() {
        List<String> told = new ArrayList<>();
        Replay replay =
                new Replay(aReplay().rates(10, 20, 30).setup(), List.of(ReplayPolicy.fixed()), new Replay.Listener() {
                    @Override
                    public void revealed(ReplaySetup.Endpoint endpoint, RateSeries minutes) {
                        told.add(minutes.start() + " x " + minutes.size());
                    }

                    @Override
                    public void cycleDone(Instant now) {
                        told.add("cycle " + now);
                    }
                });
        for (int k = 0; k < 5; k++) {
            replay.advanceCycle();
        }
        assertThat(told)
                .containsExactly(
                        "2023-12-31T23:55:00Z x 5",
                        "cycle 2024-01-01T00:00:00Z",
                        "cycle 2024-01-01T00:00:15Z",
                        "cycle 2024-01-01T00:00:30Z",
                        "cycle 2024-01-01T00:00:45Z",
                        "2024-01-01T00:00:00Z x 1",
                        "cycle 2024-01-01T00:01:00Z");
    }

    @Test
    void theFleetOfTheCallerIsTheOneThatScales() {
        List<EndpointSnapshot> shown = new ArrayList<>();
        FleetListener page = (now, snapshots) -> shown.addAll(snapshots);
        ReplaySetup setup = aReplay().minutes(10, 10).minutes(10, 30).setup();
        ReplayPolicy prescale = ReplayPolicy.prescale(workloads -> new Fleet(
                new Fleet.Ports(new RevealedHistory(setup), workloads, new InMemoryDecisionLog(), page),
                brain(),
                setup.cycle()));
        Replay replay = new Replay(setup, List.of(prescale), Replay.Listener.NONE).run();
        assertThat(shown).hasSize(20 * 4);
        assertThat(replay.scorecards().getFirst().scores().getFirst().violationMinutes())
                .isEqualTo(4);
    }

    @Test
    void theLeadTimeOfTheSpecificationIsTheStartTimeOfTheReplay() {
        ReplaySetup setup = aReplay().startTime(SPREAD).minutes(10, 10).setup();
        assertThat(setup.specs().getFirst().policy().predictive().leadTime().initial())
                .isEqualTo(Duration.ofSeconds(150));
    }

    @Test
    void aScaleCallThatFailsIsTriedAgain() {
        Scorecard.Score score = aReplay()
                .faults(new WorkloadFaults(0.9, 0))
                .seed(2)
                .minutes(10, 10)
                .minutes(60, 30)
                .scoreOf(ReplayPolicies.hpa(brain()));
        assertThat(score.violationMinutes()).isGreaterThan(4);
        assertThat(score.peakReplicas()).isEqualTo(3);
    }

    @Test
    void aReplayCannotGoOnAfterItsEnd() {
        Replay replay = aReplay().minutes(1, 10).with(ReplayPolicy.fixed()).run();
        assertThat(replay.isDone()).isTrue();
        assertThat(replay.progress()).isEqualTo(1);
        assertThatThrownBy(replay::advanceCycle)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the replay ended at 2024-01-01T00:01:00Z");
    }

    @Test
    void aScorecardOfADayThatHasNotEndedIsRefused() {
        Replay replay = aReplay().minutes(10, 10).with(ReplayPolicy.fixed());
        assertThatThrownBy(() -> replay.scorecardsOfDay(0))
                .hasMessageContaining("days must lie in the 0 that have ended, were 0 to 1");
    }

    @Test
    void policiesOfTheSameNameAreRefused() {
        assertThatThrownBy(() -> aReplay().minutes(1, 10).with(ReplayPolicy.fixed(), ReplayPolicy.fixed()))
                .hasMessageContaining("different names, were [fixed, fixed]");
    }

    private static List<MinuteRow> rows(ReplayFixture fixture) {
        return fixture.startTime(SPREAD).rowsOf(ReplayPolicy.prescale(brain()), ReplayPolicies.hpa(brain(), 0.5));
    }

    private static List<MinuteRow> before(List<MinuteRow> rows, Instant until) {
        return rows.stream().filter(row -> row.at().isBefore(until)).toList();
    }

    private static ReplayFixture noisy(long seed, int minutes) {
        SplittableRandom random = new SplittableRandom(seed);
        ReplayFixture replay = aReplay();
        for (int k = 0; k < minutes; k++) {
            replay.rates(random.nextInt(0, 200));
        }
        return replay;
    }
}
