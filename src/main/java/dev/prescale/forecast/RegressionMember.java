package dev.prescale.forecast;

import dev.prescale.forecast.SeasonalRegression.Prior;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One solution of the {@link SeasonalRegression}: {@code f[t + h] = exp(b + x beta_h) - c}, with {@code beta_h} linear in
 * {@code ln h} between the horizons of the grid; not far outside of what was seen.
 */
final class RegressionMember implements Member {
    private final String name;
    private final SeasonalRegression regression;
    private final HorizonGrid grid;
    private final ForecastFeatures features;
    private final Prior prior;
    private final double lambda;
    private final double[][] coefficients;

    /** @param lambda the ridge */
    RegressionMember(String name, SeasonalRegression regression, Scope scope, Prior prior, double lambda) {
        this.name = name;
        this.regression = regression;
        this.grid = scope.grid();
        this.features = scope.features();
        this.prior = prior;
        this.lambda = lambda;
        this.coefficients = new double[grid.size()][SeasonalRegression.FEATURES];
    }

    /** What all solutions of a regression share. */
    record Scope(HorizonGrid grid, ForecastFeatures features) {}

    /** Takes the coefficients from what the regression knows now. */
    void solve() {
        regression.solve(prior, lambda, coefficients);
    }

    void writeTo(DataOutput out) throws IOException {
        for (double[] ofHorizon : coefficients) {
            DoubleArrays.write(ofHorizon, ofHorizon.length, out);
        }
    }

    void read(DataInput in) throws IOException {
        for (double[] ofHorizon : coefficients) {
            DoubleArrays.read(ofHorizon, in);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean speaksAt(int origin) {
        return features.isKnownAt(origin);
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        double[][] rows = features.rows(origin, horizons);
        double[] bases = features.bases(origin, horizons);
        for (int k = 0; k < horizons.length; k++) {
            double place = grid.place(horizons[k]);
            int low = (int) place;
            double share = place - low;
            double correction = QuantileRegression.dot(coefficients[low], rows[k]);
            if (share > 0) {
                correction += share * (QuantileRegression.dot(coefficients[low + 1], rows[k]) - correction);
            }
            rates[k] = features.fromLogWithinSeen(bases[k] + correction);
        }
    }
}
