package dev.prescale.forecast;

import dev.prescale.forecast.SeasonalRegression.Prior;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;

/** The seasonal states and the regression of a whole history alone, without the other members, for the benchmarks. */
public final class CsrRebuild {
    private CsrRebuild() {}

    /** Coefficients of one solution, [horizon of the grid][feature]. */
    public static double[][] of(RateSeries series, int horizonSteps) {
        LearningHistory history = LearningHistory.growing(series, TrafficCalendar.UTC, series.size(), horizonSteps);
        SeasonalStates states = new SeasonalStates(history, series.size(), series.rates());
        HorizonGrid grid = HorizonGrid.upTo(horizonSteps, series.step());
        SeasonalRegression regression = new SeasonalRegression(history, states, grid);
        for (int t = 0; t < series.size(); t++) {
            history.append(series.rateAt(t));
            states.learnNext();
            regression.learnNewest();
        }
        double[][] coefficients = new double[grid.size()][SeasonalRegression.FEATURES];
        regression.solve(Prior.BASE, 0.02, coefficients);
        return coefficients;
    }
}
