package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ErrorCalibrationTest {
    private static final int TEN_DAYS = 240;
    private static final double RATE = 16;
    private static final int HORIZON = 48;

    private final LearningHistory history =
            new LearningHistory(Rates.hourly(TEN_DAYS, t -> RATE), TrafficCalendar.UTC, 64);
    private final HorizonGrid grid = HorizonGrid.upTo(HORIZON, Rates.HOUR);

    /** Of forecasts issued every hour, as wrong as told by the position of their origin; known are so many steps. */
    private ErrorCalibration calibration(int origins, int knownSteps, IntToDoubleFunction error) {
        return calibration(origins, knownSteps, error, false);
    }

    private ErrorCalibration calibration(int origins, int knownSteps, IntToDoubleFunction error, boolean shifted) {
        List<Issue> issues = new ArrayList<>();
        for (int o = origins - 1; o >= 0; o--) {
            double[] combined = new double[grid.size()];
            Arrays.fill(combined, RATE - error.applyAsDouble(o));
            Issue issue = new Issue(TEN_DAYS - knownSteps - o, 1.0 / 24, combined, new double[0][], new int[0]);
            for (int g = 0; g < grid.size() && grid.horizon(g) <= knownSteps; g++) {
                issue.settle(g, RATE);
            }
            issues.add(issue);
        }
        return new ErrorCalibration(history, grid, issues, shifted);
    }

    /** Error quantiles in req/s of a forecast of the true rate at a position of the grid. */
    private double[] quantiles(ErrorCalibration calibration, int position, double... levels) {
        double[] scaled = calibration.quantiles(levels)[position];
        double scale = calibration.scale().at(TEN_DAYS + grid.horizon(position) - 1, RATE);
        return Arrays.stream(scaled).map(error -> error * scale).toArray();
    }

    /** From the 10 % to the 90 % quantile, req/s. */
    private double spread(ErrorCalibration calibration, int position) {
        double[] quantiles = quantiles(calibration, position, 0.1, 0.9);
        return quantiles[1] - quantiles[0];
    }

    @Test
    void theQuantilesAreThoseOfThePastErrors() {
        ErrorCalibration calibration = calibration(100, HORIZON, o -> o % 2 == 0 ? 2 : -2);
        // the errors of a forecast of 14 and of 18 speak for one of 16, whose scale lies between
        assertThat(spread(calibration, 2)).isCloseTo(4, within(0.1));
    }

    @Test
    void halfOfTheMedianOfTheErrorsIsBelieved() {
        ErrorCalibration calibration = calibration(100, HORIZON, o -> 1);
        assertThat(quantiles(calibration, 2, 0.1, 0.5, 0.9))
                .containsExactly(new double[] {0.5, 0.5, 0.5}, within(0.02));
    }

    @Test
    void aRecentErrorCountsMoreThanAnOldOne() {
        // 100 of 180 origins, the older ones, were wrong by +1; weighted by a half-life of 7 days they are fewer
        ErrorCalibration calibration = calibration(180, HORIZON, o -> o < 80 ? -1 : 1);
        assertThat(quantiles(calibration, 2, 0.5)[0]).isLessThan(0);
    }

    @Test
    void withoutPastForecastsTheGuessReachesFromSeventyPercentBelowToMoreThanTheDouble() {
        ErrorCalibration calibration = calibration(0, 4, o -> 0);
        assertThat(calibration.effectiveOrigins()).isZero();
        assertThat(quantiles(calibration, 3, 0.05, 0.5, 0.95))
                .containsExactly(new double[] {-0.7 * RATE, 0, 1.2 * RATE}, within(1e-9));
    }

    @Test
    void fewOriginsShareTheWeightWithTheGuess() {
        ErrorCalibration calibration = calibration(5, 4, o -> 0.5);
        assertThat(calibration.effectiveOrigins()).isCloseTo(5, within(0.01));
        assertThat(quantiles(calibration, 0, 0.95)[0]).isGreaterThan(0.5);
    }

    @Test
    void beyondTheKnownHorizonsTheSpreadGrowsWithTheFourthRootToTheDouble() {
        ErrorCalibration calibration = calibration(100, 2, o -> o % 2 == 0 ? 2 : -2);
        double known = spread(calibration, 1);
        assertThat(spread(calibration, grid.positionOf(4))).isCloseTo(Math.pow(2, 0.25) * known, within(0.01));
        // 48 h of 2 h are more than 16 times as far
        assertThat(spread(calibration, grid.size() - 1)).isCloseTo(2 * known, within(0.01));
    }

    @Test
    void aShiftOfTheLevelWidensTheSpreadByATenth() {
        double plain = spread(calibration(100, HORIZON, o -> o % 2 == 0 ? 2 : -2), 2);
        double shifted = spread(calibration(100, HORIZON, o -> o % 2 == 0 ? 2 : -2, true), 2);
        assertThat(shifted / plain).isCloseTo(1.1, within(1e-3));
    }

    @Test
    void quantilesAscendWithTheLevel() {
        ErrorCalibration calibration = calibration(50, HORIZON, o -> Math.sin(o));
        for (double[] step : calibration.quantiles(new double[] {0.01, 0.1, 0.5, 0.9, 0.99})) {
            assertThat(step).isSorted();
        }
    }
}
