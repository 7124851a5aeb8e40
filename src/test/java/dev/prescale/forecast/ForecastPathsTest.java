package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that are drawn around a forecast, at ten minutes. */
class ForecastPathsTest {
    private static final int DAY = 144;
    private static final int MEDIAN = 1;
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.05, 0.5, 0.95);

    private static RateSeries noisy(int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Rates.of(
                Rates.TEN_MINUTES,
                days * DAY,
                t -> 100 * (1 + 0.5 * Math.sin(2 * Math.PI * t / DAY)) * (0.8 + 0.4 * random.nextDouble()));
    }

    private static double[][] paths(RateSeries series) {
        ForecastModel model = ForecastModel.of(series, TrafficCalendar.UTC, 2 * DAY, SharedModel.NONE);
        double[] factors = new double[2 * DAY];
        java.util.Arrays.fill(factors, 1);
        ErrorCalibration calibration = new ErrorCalibration(
                model.history(),
                model.grid(),
                model.issued().kept(),
                model.states().shifted());
        return new ForecastRates(model, model.point(), factors, calibration).paths();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 28})
    void theMedianPeakIsAboveTheLargestMedian(int days) {
        Forecast forecast = new CombinedForecaster()
                .forecast(new ForecastRequest(noisy(days, 1), TrafficCalendar.UTC, 2 * DAY, LEVELS));
        double largest = 0;
        for (int h = 0; h < DAY; h++) {
            largest = Math.max(largest, forecast.rate(h, MEDIAN));
        }
        double[] peaks = forecast.peak(Duration.ZERO, Duration.ofDays(1));
        assertThat(peaks).isSorted();
        assertThat(peaks[MEDIAN]).isGreaterThanOrEqualTo(largest);
        // a peak of a whole day of noise is about the largest of many: 1.2 of the wave
        if (days == 28) {
            assertThat(peaks[MEDIAN]).isBetween(1.1 * 150, 1.35 * 150);
        }
    }

    @Test
    void aPeakOfOneStepIsTheStep() {
        Forecast forecast = new CombinedForecaster()
                .forecast(new ForecastRequest(noisy(28, 2), TrafficCalendar.UTC, 2 * DAY, LEVELS));
        double[] peaks = forecast.peak(Duration.ZERO, Duration.ofMinutes(10));
        double width = forecast.rate(0, 2) - forecast.rate(0, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(Math.abs(peaks[i] - forecast.rate(0, i))).isLessThan(0.3 * width);
        }
    }

    @Test
    void pathsAreAsRoughBetweenTheHorizonsOfTheGridAsErrorsAre() {
        double[][] paths = paths(noisy(28, 3));
        HorizonGrid grid = HorizonGrid.upTo(2 * DAY, Rates.TEN_MINUTES);
        double near = roughness(paths, 2, 3);
        int between = (grid.horizon(14) + grid.horizon(15)) / 2;
        // errors of noise are as different from step to step two days ahead as half an hour ahead
        assertThat(roughness(paths, between - 9, between + 9) / near).isBetween(0.6, 1.5);
    }

    /** Mean absolute change from step to step, relative to the level. */
    private static double roughness(double[][] paths, int from, int to) {
        double sum = 0;
        int count = 0;
        for (double[] path : paths) {
            for (int h = from; h < to; h++) {
                sum += Math.abs(path[h] - path[h - 1]) / (path[h] + path[h - 1]);
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void pathsAreTheSameEveryTime() {
        assertThat(paths(noisy(9, 4))).isDeepEqualTo(paths(noisy(9, 4)));
    }
}
