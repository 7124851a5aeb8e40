package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RecurrentSpikesTest {
    private static final int DAY = 144;
    private static final int WEEK = 7 * DAY;

    private static RecurrentSpikes fed(int days, IntToDoubleFunction residual) {
        RecurrentSpikes spikes = new RecurrentSpikes(DAY);
        for (int t = 0; t < days * DAY; t++) {
            spikes.learn(t % WEEK, residual.applyAsDouble(t));
        }
        return spikes;
    }

    @Test
    void aJobOfEveryDayIsKnownAfterThreeDays() {
        IntToDoubleFunction job = t -> t % DAY == 18 ? 2 + 0.1 * (t / DAY) : 0.01;
        assertThat(fed(2, job).at(18)).isZero();
        assertThat(fed(3, job).at(18)).isCloseTo(2.1, within(1e-6)); // the median of 2, 2.1, 2.2
        assertThat(fed(3, job).at(3 * DAY + 18)).isCloseTo(2.1, within(1e-6));
        assertThat(fed(3, job).at(19)).isZero();
    }

    @Test
    void aJobOfEveryWeekIsKnownAfterThreeWeeks() {
        IntToDoubleFunction job = t -> t % WEEK == 2 * DAY + 18 ? -1 : 0.01;
        assertThat(fed(16, job).at(2 * DAY + 18)).isZero();
        assertThat(fed(17, job).at(2 * DAY + 18)).isCloseTo(-1, within(1e-6));
        assertThat(fed(17, job).at(3 * DAY + 18)).isZero();
    }

    @Test
    void aJobThatEndsIsForgottenWithItsFirstAbsence() {
        assertThat(fed(11, t -> t % DAY == 18 && t < 10 * DAY ? 2 : 0.01).at(18))
                .isZero();
    }

    @Test
    void spikesAtOneTimeOfBothSignsAreNone() {
        assertThat(fed(20, t -> t % DAY == 18 ? (t / DAY % 2 == 0 ? 2 : -2) : 0.01)
                        .at(18))
                .isZero();
    }

    @Test
    void noiseIsNone() {
        SplittableRandom random = new SplittableRandom(5);
        RecurrentSpikes spikes = fed(28, t -> 0.4 * random.nextGaussian());
        for (int slot = 0; slot < WEEK; slot++) {
            assertThat(spikes.at(slot)).isZero();
        }
    }

    @Test
    void aGapIsNoAbsence() {
        IntToDoubleFunction job = t -> t % DAY == 18 ? (t / DAY == 5 ? Double.NaN : 2) : 0.01;
        assertThat(fed(6, job).at(18)).isEqualTo(2);
    }
}
