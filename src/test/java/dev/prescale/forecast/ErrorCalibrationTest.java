package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ErrorCalibrationTest {
    private static final int TEN_DAYS = 240;
    private static final double RATE = 16;

    private final LearningHistory history =
            new LearningHistory(Rates.hourly(TEN_DAYS, t -> RATE), TrafficCalendar.UTC, 64);

    /** Of forecasts issued every hour, as wrong as told by the position of their origin. */
    private ErrorCalibration calibration(int origins, int steps, int horizon, IntToDoubleFunction error) {
        int[] at = new int[origins];
        double[][] issued = new double[origins][steps];
        for (int o = 0; o < origins; o++) {
            at[o] = TEN_DAYS - steps - o;
            Arrays.fill(issued[o], RATE - error.applyAsDouble(o));
        }
        return new ErrorCalibration(history, at, issued, horizon);
    }

    /** Error quantiles in req/s of a forecast of the true rate. */
    private double[] quantiles(ErrorCalibration calibration, int step, int horizon, double... levels) {
        double[] scaled = calibration.quantiles(levels, horizon)[step];
        double scale = calibration.scale().at(TEN_DAYS, TEN_DAYS + step, RATE);
        return Arrays.stream(scaled).map(error -> error * scale).toArray();
    }

    @Test
    void theQuantilesAreThoseOfThePastErrors() {
        ErrorCalibration calibration = calibration(100, 4, 4, o -> o % 2 == 0 ? 2 : -2);
        // the errors of a forecast of 14 and of 18 speak for one of 16, whose scale lies between
        assertThat(quantiles(calibration, 2, 4, 0.1, 0.9)).containsExactly(new double[] {-2, 2}, within(0.1));
    }

    @Test
    void aRecentErrorCountsMoreThanAnOldOne() {
        // 60 of 100 origins, the older ones, were wrong by +1; weighted by a half-life of 5 days they are the smaller
        // half
        ErrorCalibration calibration = calibration(200, 4, 4, o -> o < 80 ? -1 : 1);
        assertThat(quantiles(calibration, 2, 4, 0.45)[0]).isLessThan(0);
        assertThat(quantiles(calibration, 2, 4, 0.55)[0]).isGreaterThan(0);
    }

    @Test
    void withoutPastForecastsTheGuessReachesFromSeventyPercentBelowToMoreThanTheDouble() {
        ErrorCalibration calibration = calibration(0, 4, 4, o -> 0);
        assertThat(calibration.effectiveOrigins()).isZero();
        assertThat(quantiles(calibration, 3, 4, 0.05, 0.5, 0.95))
                .containsExactly(new double[] {-0.7 * RATE, 0, 1.2 * RATE}, within(1e-9));
    }

    @Test
    void fewOriginsShareTheWeightWithTheGuess() {
        ErrorCalibration calibration = calibration(5, 4, 4, o -> 0.5);
        assertThat(calibration.effectiveOrigins()).isCloseTo(5, within(0.01));
        assertThat(quantiles(calibration, 0, 4, 0.95)[0]).isGreaterThan(0.5);
    }

    @Test
    void beyondTheKnownHorizonsTheSpreadGrowsWithTheFourthRoot() {
        ErrorCalibration calibration = calibration(100, 4, 64, o -> o % 2 == 0 ? 2 : -2);
        double known = quantiles(calibration, 3, 64, 0.9)[0];
        assertThat(quantiles(calibration, 63, 64, 0.9)[0]).isCloseTo(2 * known, within(0.01)); // 64 h of 4 h
    }

    @Test
    void quantilesAscendWithTheLevel() {
        ErrorCalibration calibration = calibration(50, 10, 10, o -> Math.sin(o));
        for (double[] step : calibration.quantiles(new double[] {0.01, 0.1, 0.5, 0.9, 0.99}, 10)) {
            assertThat(step).isSorted();
        }
    }
}
