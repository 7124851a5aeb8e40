package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Rates;
import java.time.ZoneOffset;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BaselineErrorsTest {
    private static final double[] LEVELS = {0.5, 0.95};
    private static final JudgedHorizons HORIZONS = new JudgedHorizons(Rates.HOUR, 48);

    private static float[] issued(Baseline baseline, int horizon, int hours, IntToDoubleFunction rate) {
        RateSeries series = Rates.hourly(hours, rate);
        LocalSlots slots = LocalSlots.of(series, 0, ZoneOffset.UTC);
        float[] numbers = new float[4];
        BaselineErrors.in(series, slots, HORIZONS, LEVELS).issue(baseline, horizon, 100, numbers, 1);
        return numbers;
    }

    @Test
    void onAnExactDayTheDayNaiveIsCertain() {
        assertThat(issued(Baseline.DAY_NAIVE, 0, 480, hour -> hour % 24)).containsExactly(0, 100, 100, 100);
    }

    @Test
    void onALineEveryErrorIsTheHorizonTimesTheSlope() {
        // 2 req/s more every hour: an hour ahead the last value is 2 too low, twelve hours ahead 24
        assertThat(issued(Baseline.PERSISTENCE, 0, 480, hour -> 2 * hour)).containsExactly(0, 100, 102, 102);
        assertThat(issued(Baseline.PERSISTENCE, 4, 480, hour -> 2 * hour)).containsExactly(0, 100, 124, 124);
        // the day naive is 24 h behind up to a day ahead
        assertThat(issued(Baseline.DAY_NAIVE, 4, 480, hour -> 2 * hour)).containsExactly(0, 100, 148, 148);
    }

    @Test
    void aRareErrorMovesTheHighQuantileOnly() {
        // the first hours of a day are alternately 12 above and below: of one hour 1 in 48 errors is +24, of four 4 in
        // 48
        assertThat(issued(Baseline.DAY_NAIVE, 0, 24 * 60, hour -> alternating(hour, 24, hour % 24 < 1)))
                .containsExactly(0, 100, 100, 100);
        assertThat(issued(Baseline.DAY_NAIVE, 0, 24 * 60, hour -> alternating(hour, 24, hour % 24 < 4)))
                .containsExactly(0, 100, 100, 124);
    }

    @Test
    void everyTimeOfDayIsMetThoughNotEveryStepIs() {
        // every eighth step is noisy, of which half are above: 1 in 16. Two weeks have 2,016 steps, about 200 are
        // looked at
        RateSeries series = Rates.of(Rates.TEN_MINUTES, 20 * 144, t -> alternating(t, 144, t % 8 == 1));
        LocalSlots slots = LocalSlots.of(series, 0, ZoneOffset.UTC);
        float[] numbers = new float[3];
        BaselineErrors.in(series, slots, new JudgedHorizons(Rates.TEN_MINUTES, 288), LEVELS)
                .issue(Baseline.DAY_NAIVE, 0, 100, numbers, 0);

        assertThat(numbers).containsExactly(100, 100, 124);
    }

    private static double alternating(int step, int perDay, boolean noisy) {
        return 50 + (noisy ? 12 * (step / perDay % 2 * 2 - 1) : 0);
    }

    @Test
    void neverBelowZero() {
        assertThat(issued(Baseline.PERSISTENCE, 4, 480, hour -> 2_000 - 20 * Math.min(hour, 99))[2])
                .isNotNegative();
        assertThat(issued(Baseline.PERSISTENCE, 4, 200, hour -> 20_000 - 100 * hour))
                .containsExactly(0, 100, 0, 0);
    }

    @Test
    void withoutEnoughErrorsItSaysNothing() {
        assertThat(issued(Baseline.DAY_NAIVE, 0, 24 + 29, hour -> 5))
                .containsExactly(0, Float.NaN, Float.NaN, Float.NaN);
        assertThat(issued(Baseline.DAY_NAIVE, 0, 24 + 30, hour -> 5)).containsExactly(0, 100, 100, 100);
    }
}
