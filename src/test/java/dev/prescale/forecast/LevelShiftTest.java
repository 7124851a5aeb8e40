package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.forecast.LevelShift.Direction;
import dev.prescale.series.Step;
import dev.prescale.testing.Rates;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelShiftTest {
    /** Hours until the first alarm of a shift after a week of residuals +-.1, -1 where there is none in a day. */
    private static int hoursToAlarm(Step step, double shift, Direction direction) {
        LevelShift level = new LevelShift(step);
        int perHour = 3600 / step.seconds();
        for (int t = 0; t < 7 * step.perDay(); t++) {
            level.feed(t / perHour % 2 == 0 ? 0.1 : -0.1);
            assertThat(level.direction()).isEqualTo(Direction.NONE);
        }
        for (int t = 1; t <= step.perDay(); t++) {
            level.feed(shift);
            if (level.direction() != Direction.NONE) {
                assertThat(level.direction()).isEqualTo(direction);
                assertThat(level.stepsSinceAlarm()).isZero();
                return t / perHour;
            }
        }
        return -1;
    }

    @ParameterizedTest(name = "step {0} s")
    @ValueSource(ints = {60, 600, 3600})
    void anAlarmComesWhenTheSumExceedsTheLimit(int seconds) {
        // s = 1.2533 x .1; a shift of 3 s or more adds 3 - 1.25 an hour: 6 x 1.75 > 10
        assertThat(hoursToAlarm(new Step(seconds), 0.8, Direction.UP)).isEqualTo(6);
        assertThat(hoursToAlarm(new Step(seconds), -0.8, Direction.DOWN)).isEqualTo(6);
    }

    @Test
    void whatIsWithinTheAllowanceIsNoShift() {
        assertThat(hoursToAlarm(Rates.HOUR, 0.15, Direction.UP)).isEqualTo(-1);
    }

    @Test
    void anAlarmLastsADay() {
        LevelShift level = new LevelShift(Rates.HOUR);
        for (int t = 0; t < 100; t++) {
            level.feed(t % 2 == 0 ? 0.1 : -0.1);
        }
        while (level.direction() == Direction.NONE) {
            level.feed(1);
        }
        for (int t = 1; t < 24; t++) {
            level.feed(0);
            assertThat(level.direction()).isEqualTo(Direction.UP);
            assertThat(level.stepsSinceAlarm()).isEqualTo(t);
        }
        level.feed(0);
        assertThat(level.direction()).isEqualTo(Direction.NONE);
    }

    @Test
    void aSpikeOfAnHourIsNoShift() {
        LevelShift level = new LevelShift(Rates.TEN_MINUTES);
        for (int t = 0; t < 2000; t++) {
            level.feed(t >= 1000 && t < 1006 ? 5 : t % 12 < 6 ? 0.1 : -0.1);
            assertThat(level.direction()).isEqualTo(Direction.NONE);
        }
    }

    @Test
    void independentNoiseRaisesNoAlarmInTwentyWeeks() {
        SplittableRandom random = new SplittableRandom(1);
        LevelShift level = new LevelShift(Rates.HOUR);
        for (int t = 0; t < 20 * 168; t++) {
            level.feed(0.3 * random.nextGaussian());
            assertThat(level.direction()).isEqualTo(Direction.NONE);
        }
    }

    @Test
    void gapsAreLeftOut() {
        LevelShift level = new LevelShift(Rates.TEN_MINUTES);
        for (int t = 0; t < 3000; t++) {
            level.feed(t % 2 == 0 || t > 2500 ? Double.NaN : 0.05);
            assertThat(level.direction()).isEqualTo(Direction.NONE);
        }
        for (int t = 0; t < 144; t++) {
            level.feed(t % 2 == 0 ? Double.NaN : -1);
        }
        assertThat(level.direction()).isEqualTo(Direction.DOWN);
    }
}
