package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.accuracy.GateStatus.State;
import dev.prescale.accuracy.HorizonScore.Rival;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every outcome is 10 req/s; a source's point and its four quantiles are one number, so that losses are seen at a glance. */
class BucketScoreTest {
    private static final float SILENT = Float.NaN;

    private final BucketScore score = new BucketScore(HorizonBucket.WITHIN_1H, Duration.ofHours(2));

    private static Instant hour(int hour) {
        return Rates.START.plusSeconds(3600L * hour);
    }

    private void learn(int hour, float forecast, float persistence, float day) {
        float[] issued = new float[20];
        Arrays.fill(issued, 0, 5, forecast);
        Arrays.fill(issued, 5, 10, persistence);
        Arrays.fill(issued, 10, 15, day);
        Arrays.fill(issued, 15, 20, SILENT);
        score.learn(10, issued, hour(hour));
    }

    private Rival rival(int baseline) {
        return score.status().rivals().get(baseline);
    }

    @Test
    void aLossIsThatOfEachLevel() {
        learn(0, 8, 13, SILENT);

        HorizonScore status = score.status();
        assertThat(status.outcomes()).isEqualTo(1);
        assertThat(status.meanAbsoluteError()).isEqualTo(2);
        // 2 below: .5, .9, .95 and .99 of it
        assertThat(status.pinball())
                .usingComparatorForType(BucketScoreTest::close, Double.class)
                .containsExactly(1.0, 1.8, 1.9, 1.98);
        assertThat(status.coverage()).isZero();
        // 3 above: .5, .1, .05 and .01 of it
        assertThat(rival(0).pinball())
                .usingComparatorForType(BucketScoreTest::close, Double.class)
                .containsExactly(1.5, 0.3, 0.15, 0.03);
        assertThat(rival(0).relativeAbsoluteError()).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(rival(0).relativePinball().get(1)).isEqualTo(6, within(1e-12));
    }

    private static int close(Double a, Double b) {
        return Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b);
    }

    @Test
    void aSilentBaselineIsNotKnown() {
        learn(0, 8, 13, SILENT);

        assertThat(rival(1).name()).isEqualTo("dayNaive");
        assertThat(rival(1).meanAbsoluteError()).isNaN();
        assertThat(rival(1).relativeAbsoluteError()).isNaN();
    }

    @Test
    void aBaselineIsComparedWhereItSpoke() {
        learn(0, 6, 13, 12);
        learn(0, 9, 13, SILENT);

        // the forecast was 4 off where the day naive was 2 off
        assertThat(rival(1).relativeAbsoluteError()).isEqualTo(2, within(1e-12));
        assertThat(score.status().meanAbsoluteError()).isEqualTo(2.5, within(1e-12));
    }

    @Test
    void anOutcomeCountsHalfAfterFourDays() {
        learn(0, 10, 13, 12);
        learn(96, 4, 13, 12);

        // (0 * .5 + 6 * 1) / 1.5
        assertThat(score.status().meanAbsoluteError()).isEqualTo(4, within(1e-12));
        assertThat(score.status().coverage()).isEqualTo(1.0 / 3, within(1e-12));
        assertThat(score.status().outcomes()).isEqualTo(2);
    }

    private State stateAfterHours(int from, int to, float forecast) {
        for (int hour = from; hour <= to; hour++) {
            learn(hour, forecast, 13, 12);
            score.judge(hour(hour));
        }
        GateStatus gate = score.status().gate();
        assertThat(gate).isNotNull();
        return gate.state();
    }

    @Test
    void theGateIsSilentForADayAndThenBeginsAsTheLossesAsk() {
        for (int hour = 0; hour < 24; hour++) {
            learn(hour, 11, 13, 12);
            score.judge(hour(hour));
            assertThat(score.status().gate()).isNull();
        }
        assertThat(stateAfterHours(24, 24, 11)).isEqualTo(State.TRUSTED);
        GateStatus gate = score.status().gate();
        // 1 above: (.5 + .1 + .05 + .01) / 4; the day naive 2 above
        assertThat(gate.loss()).isEqualTo(0.165, within(1e-12));
        assertThat(gate.bestBaseline()).isEqualTo("dayNaive");
        assertThat(gate.baselineLoss()).isEqualTo(0.33, within(1e-12));
    }

    @Test
    void aFewOutcomesAreNotEnoughHoweverLongTheyTook() {
        for (int hour = 0; hour < 23 * 4; hour += 4) {
            learn(hour, 11, 13, 12);
            score.judge(hour(hour));
        }
        assertThat(score.status().outcomes()).isEqualTo(23);
        assertThat(score.status().gate()).isNull();
    }

    @Test
    void theGateDistrustsAWorseForecastFromTheBegin() {
        assertThat(stateAfterHours(0, 24, 9)).isEqualTo(State.DISTRUSTED); // 1 below costs (.5 + .9 + .95 + .99) / 4
    }

    @Test
    void trustIsLostAfterThreeHoursOfWorse() {
        stateAfterHours(0, 24, 11);
        int lost = 25;
        while (lost < 40 && stateAfterHours(lost, lost, 0) == State.TRUSTED) {
            lost++;
        }
        // 10 below costs 8.35 at once: worse from hour 25 on
        assertThat(lost).isEqualTo(28);
    }

    @Test
    void withoutABaselineThereIsNoGate() {
        for (int hour = 0; hour <= 30; hour++) {
            learn(hour, 11, SILENT, SILENT);
            score.judge(hour(hour));
        }
        assertThat(score.status().gate()).isNull();
    }
}
