package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.aReplay;
import static dev.prescale.backtest.ReplayFixture.brain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.backtest.policy.ReplayPolicies;
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
                aReplay().minutes(10, 30).minutes(2, 10).minutes(10, 30).scoreOf(ReplayPolicy.oracle());
        assertThat(score.scaleActions()).isZero();
        assertThat(score.violationMinutes()).isZero();
    }

    @Test
    void aDipThatIsAsLongAsAStartIsWorthLeaving() {
        // gone at 10:00, ordered at 10:45 for the minute that ends at 14:00
        Scorecard.Score score =
                aReplay().minutes(10, 30).minutes(3, 10).minutes(10, 30).scoreOf(ReplayPolicy.oracle());
        assertThat(score.scaleActions()).isEqualTo(2);
        assertThat(score.replicaHours()).isCloseTo((20 * 3 + 3) / 60.0, within(1e-9));
    }

    @Test
    void aReplicaThatHardlyAnythingIsMissedOfIsNotWorthIt() {
        // a fiftieth of a replica for a minute costs 20 / 50 idle minutes, a whole one costs 1
        Scorecard.Score score =
                aReplay().minutes(10, 10).minutes(1, 10.2).minutes(10, 10).scoreOf(ReplayPolicy.oracle());
        assertThat(score.violationMinutes()).isEqualTo(1);
        assertThat(score.cost()).isCloseTo((21 + 20 * 0.02) / 60, within(1e-9));
    }

    @Test
    void whatComesAfterAHoleIsOrderedBeforeIt() {
        List<MinuteRow> rows = aReplay()
                .minutes(10, 10)
                .minutes(30, Double.NaN)
                .minutes(10, 30)
                .rowsOf(ReplayPolicy.oracle());
        assertThat(rows.get(9).desired()).isEqualTo(3);
        assertThat(rows.get(10).ready()).isEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noPolicyCostsLess(long seed) {
        Scorecard card = rough(seed)
                .with(
                        ReplayPolicy.oracle(),
                        ReplayPolicy.fixed(),
                        ReplayPolicies.hpa(brain(), 0.1),
                        ReplayPolicies.hpa(brain(), 0.7),
                        ReplayPolicies.hpa(brain(), 1))
                .run()
                .scorecards()
                .getFirst();
        Scorecard.Score oracle = card.of(ReplayPolicy.ORACLE).orElseThrow();
        assertThat(card.scores())
                .allSatisfy(score -> assertThat(score.cost()).isGreaterThanOrEqualTo(oracle.cost() - 1e-9));
        assertThat(oracle.violationMinutes()).isLessThan(0.05 * 6 * 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatItPlansIsThereWhenStartTimesVary(long seed) {
        Scorecard.Score constant = rough(seed).scoreOf(ReplayPolicy.oracle());
        Scorecard.Score varying = rough(seed)
                .startTime(new StartTime(Duration.ofSeconds(90), Duration.ofSeconds(240)))
                .scoreOf(ReplayPolicy.oracle());
        assertThat(varying.violationMinutes()).isLessThanOrEqualTo(constant.violationMinutes() + 5);
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
