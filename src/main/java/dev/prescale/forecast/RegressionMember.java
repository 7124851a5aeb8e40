package dev.prescale.forecast;

/** One solution of the {@link SeasonalRegression}: {@code f[t + h] = exp(b + x beta_h) - c}. */
final class RegressionMember implements Member {
    /** The logarithm of a forecast stays at most this far above the largest seen, and not below the least. */
    private static final double HEADROOM = 0.25;

    private final String name;
    private final LearningHistory history;
    private final SeasonalStates states;
    private final SeasonalRegression regression;
    private final HorizonGrid grid;
    private final ForecastFeatures features;
    private final SeasonalRegression.Prior prior;
    private final double lambda;
    private double[][] coefficients;

    RegressionMember(
            String name,
            LearningHistory history,
            SeasonalStates states,
            SeasonalRegression regression,
            HorizonGrid grid,
            ForecastFeatures features,
            SeasonalRegression.Prior prior,
            double lambda) {
        this.name = name;
        this.history = history;
        this.states = states;
        this.regression = regression;
        this.grid = grid;
        this.features = features;
        this.prior = prior;
        this.lambda = lambda;
        this.coefficients = regression.solve(prior, lambda);
    }

    void solve() {
        coefficients = regression.solve(prior, lambda);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean speaksAt(int origin) {
        return history.dayBefore(origin) >= 0;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        double[][] rows = features.rows(origin, horizons);
        double[] bases = features.bases(origin, horizons);
        double most = states.largest() + HEADROOM;
        double least = states.least();
        for (int k = 0; k < horizons.length; k++) {
            double place = grid.place(horizons[k]);
            int low = (int) place;
            double share = place - low;
            double log = bases[k] + (1 - share) * dot(coefficients[low], rows[k]);
            if (share > 0) {
                log += share * dot(coefficients[low + 1], rows[k]);
            }
            rates[k] = history.fromLog(log > most ? most : log < least ? least : log);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
