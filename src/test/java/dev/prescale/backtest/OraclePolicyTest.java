package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.aReplay;
import static dev.prescale.backtest.ReplayFixture.brain;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OraclePolicyTest {
    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @Test
    void ordersSoThatReplicasAreReadyWhenDemandComes() {
        // 3 needed from minute 10: the order of 7:00 is ready at 10:00.
        List<MinuteRow> rows = aReplay().minutes(10, 10).minutes(10, 30).rowsOf(ReplayPolicy.oracle());
        assertThat(rows.get(6).desired()).isEqualTo(1);
        assertThat(rows.get(7).desired()).isEqualTo(3);
        assertThat(rows.get(9).ready()).isEqualTo(1);
        assertThat(rows.get(10).ready()).isEqualTo(3);
    }

    @Test
    void keepsReplicasOverADipThatIsShorterThanAStart() {
        Scorecard.Score score =
                aReplay().minutes(10, 30).minutes(3, 10).minutes(10, 30).scoreOf(ReplayPolicy.oracle());
        assertThat(score.scaleActions()).isZero();
        assertThat(score.violationMinutes()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverViolatesAndNoneWithoutViolationsNeedsFewerReplicaHours(long seed) {
        Replay replay = rough(seed)
                .with(ReplayPolicy.oracle(), ReplayPolicy.fixed(), ReplayPolicy.hpa(brain(), 0.1))
                .run();
        Scorecard card = replay.scorecards().getFirst();
        Scorecard.Score oracle = card.of(ReplayPolicy.ORACLE).orElseThrow();
        assertThat(oracle.violationMinutes()).isZero();
        assertThat(card.scores())
                .filteredOn(score -> score.violationMinutes() == 0)
                .hasSizeGreaterThan(1)
                .allSatisfy(score -> assertThat(score.replicaHours()).isGreaterThanOrEqualTo(oracle.replicaHours()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverViolatesWhenStartTimesVary(long seed) {
        Scorecard.Score oracle = rough(seed)
                .startTime(new StartTime(Duration.ofSeconds(90), Duration.ofSeconds(240)))
                .scoreOf(ReplayPolicy.oracle());
        assertThat(oracle.violationMinutes()).isZero();
    }

    /** Six hours of jumps between 0 and 300 req/s that last 1 to 20 minutes. */
    private static ReplayFixture rough(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ReplayFixture replay = aReplay().seed(seed).minutes(5, 50);
        for (int k = 0; k < 40; k++) {
            replay.minutes(random.nextInt(1, 21), random.nextInt(0, 301));
        }
        return replay;
    }
}
