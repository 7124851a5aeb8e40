package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.aReplay;
import static dev.prescale.backtest.ReplayFixture.brain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.testing.Specs;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Every number by hand: 10 req/s per replica, replicas start in 3 minutes, unserved : idle = 19 : 1. */
class ScorecardTest {
    private static final Offset<Double> ROUNDING = within(1e-9);

    @Test
    void constantDemandCostsItsReplicasAndNothingElse() {
        Scorecard.Score score = aReplay().minutes(60, 20).scoreOf(ReplayPolicies.hpa(brain()));
        assertThat(score.replicaHours()).isCloseTo(2, ROUNDING);
        assertThat(score.violationMinutes()).isZero();
        assertThat(score.unservedShare()).isZero();
        assertThat(score.scaleActions()).isZero();
        assertThat(score.peakReplicas()).isEqualTo(2);
        assertThat(score.cost()).isCloseTo(2, ROUNDING);
        assertThat(score.regret()).isCloseTo(0, ROUNDING);
        assertThat(score.abandonedShare()).isNotNegative();
    }

    @Test
    void aStepUpIsViolatedForTheMinuteUntilItIsSeenAndTheStartTime() {
        // 1 replica; at minute 10 demand needs 3. Seen at 11:00, ordered at once, ready at 14:00: minutes 10, 11, 12,
        // 13.
        Scorecard.Score score = aReplay().minutes(10, 10).minutes(10, 30).scoreOf(ReplayPolicies.hpa(brain()));
        assertThat(score.violationMinutes()).isEqualTo(4);
        assertThat(score.replicaHours()).isCloseTo((14 * 1 + 6 * 3) / 60.0, ROUNDING);
        assertThat(score.unservedShare()).isCloseTo(4 * 20.0 / (10 * 10 + 10 * 30), ROUNDING);
        assertThat(score.cost()).isCloseTo((32 + 20 * 4 * 2) / 60.0, ROUNDING);
        assertThat(score.scaleActions()).isEqualTo(1);
        assertThat(score.peakReplicas()).isEqualTo(3);
        // The oracle has 3 replicas from minute 10 on: 10 + 30 replica-minutes.
        assertThat(score.regret()).isCloseTo(192.0 / 40 - 1, ROUNDING);
    }

    @Test
    void aMinuteCountsAsItEnds() {
        // ready at 12:30, so minute 12 is served
        Scorecard.Score score = aReplay()
                .startTime(StartTime.constant(Duration.ofSeconds(90)))
                .minutes(10, 10)
                .minutes(10, 30)
                .scoreOf(ReplayPolicies.hpa(brain()));
        assertThat(score.violationMinutes()).isEqualTo(2);
    }

    /** One slot of 100 ms and 1 s at 90 %: a replica sustains 10 - ln 10 = 7.697 req/s, and two more than twice that. */
    @Test
    void byALatencyTargetNeededReplicasAreWholeAndServedIsWhatTheReadyOnesSustain() {
        var capacity = new QueueingCapacity(Duration.ofMillis(100), 1, Duration.ofSeconds(1), 0.9, 1);
        double ofTwo = capacity.sustainedBy(2);
        assertThat(ofTwo).isBetween(17.0, 20.0);
        Scorecard.Score score = aReplay()
                .spec(Specs.anEndpoint("shop", Specs.aPolicy(capacity)))
                .minutes(10, 5)
                .minutes(10, 12)
                .scoreOf(ReplayPolicies.hpa(brain()));
        // As above: one replica until 14:00, then two; minutes 10 to 13 lack a whole replica.
        assertThat(score.violationMinutes()).isEqualTo(4);
        assertThat(score.unservedShare()).isCloseTo(4 * (12 - capacity.sustainedBy(1)) / (10 * 5 + 10 * 12), ROUNDING);
        assertThat(score.replicaHours()).isCloseTo((14 + 6 * 2) / 60.0, ROUNDING);
        assertThat(score.cost()).isCloseTo((26 + 20 * 4) / 60.0, ROUNDING);
        assertThat(score.regret()).isCloseTo(106 / 30.0 - 1, ROUNDING);
    }

    @Test
    void scaleInWaitsForTheStabilizationWindowAndThenIsImmediate() {
        // From minute 10 on one replica would do; the 3 stays the largest recommendation until 5 minutes after 10:45.
        Scorecard.Score score = aReplay().minutes(10, 30).minutes(20, 10).scoreOf(ReplayPolicies.hpa(brain()));
        assertThat(score.replicaHours()).isCloseTo((15 * 3 + 15 * 1) / 60.0, ROUNDING);
        assertThat(score.violationMinutes()).isZero();
    }

    @Test
    void theFixedReplicasAreThoseOfThePeakMinute() {
        Scorecard.Score score =
                aReplay().minutes(50, 10).minutes(1, 71).minutes(9, 10).scoreOf(ReplayPolicy.fixed());
        assertThat(score.replicaHours()).isCloseTo(8, ROUNDING);
        assertThat(score.violationMinutes()).isZero();
        assertThat(score.scaleActions()).isZero();
    }

    @Test
    void aMinuteWithoutASampleIsNotScored() {
        var replay = aReplay().minutes(30, 10).minutes(10, Double.NaN).minutes(20, 10);
        assertThat(replay.scoreOf(ReplayPolicy.fixed()).replicaHours()).isCloseTo(50 / 60.0, ROUNDING);
        assertThat(replay.rowsOf(ReplayPolicy.fixed())).hasSize(50);
    }

    @Test
    void noTrafficAtAllIsServedInFull() {
        Scorecard.Score score = aReplay().minutes(60, 0).scoreOf(ReplayPolicy.oracle());
        assertThat(score.unservedShare()).isZero();
        assertThat(score.replicaHours()).isCloseTo(1, ROUNDING); // minReplicas is 1
    }

    @Test
    void aDayIsScoredOnItsOwn() {
        Replay replay = aReplay()
                .minutes(1440, 10)
                .minutes(1440, 20)
                .with(ReplayPolicy.fixed())
                .run();
        var second = replay.scorecardsOfDay(1).getFirst();
        assertThat(second.from()).isEqualTo(ReplayFixture.FROM.plus(Duration.ofDays(1)));
        assertThat(second.scores().getFirst().unservedShare()).isZero();
        assertThat(second.scores().getFirst().replicaHours()).isCloseTo(48, ROUNDING);
        assertThat(second.leadTime()).isEqualTo(Duration.ofSeconds(195));
        assertThat(second.seed()).isEqualTo(1);
    }

    @Test
    void minuteRowsTellDemandDesiredAndReadyAtTheEndOfTheMinute() {
        var rows = aReplay().minutes(10, 10).minutes(10, 30).rowsOf(ReplayPolicies.hpa(brain())).stream()
                .map(MinuteRow::toCsv)
                .toList();
        assertThat(rows)
                .hasSize(20)
                .contains(
                        "2024-01-01T00:10:00Z,hpa,30.0,1,1",
                        "2024-01-01T00:11:00Z,hpa,30.0,3,1",
                        "2024-01-01T00:13:00Z,hpa,30.0,3,1",
                        "2024-01-01T00:14:00Z,hpa,30.0,3,3");
    }
}
