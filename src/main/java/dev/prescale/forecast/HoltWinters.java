package dev.prescale.forecast;

import java.util.Arrays;

/**
 * Additive Holt-Winters with a damped trend and a daily season, a baseline. With {@code m} the same local time a day before:
 *
 * <pre>
 * l[t] = alpha (y[t] - s[t-m]) + (1 - alpha) (l[t-1] + phi b[t-1])
 * b[t] = beta (l[t] - l[t-1]) + (1 - beta) phi b[t-1]
 * s[t] = gamma (y[t] - l[t-1] - phi b[t-1]) + (1 - gamma) s[t-m]
 * f[t+h] = max(0, l[t] + (phi + ... + phi^h) b[t] + s[t+h-k m]),  k the least for which that step is known
 * </pre>
 *
 * (Winters 1960; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 8.3.) The first day known gives the
 * first level, its mean, and the first seasonal components; the trend begins at 0. In a gap {@code y[t]} is taken to be as
 * forecast. The constants are fixed, as users of a predictive autoscaler fix them: a level of about an hour and a half at a
 * step of ten minutes, a season of five days.
 */
final class HoltWinters implements Member {
    static final String NAME = "holtWinters";

    private static final double ALPHA = 0.1;
    private static final double BETA = 0.01;
    private static final double GAMMA = 0.2;
    private static final double PHI = 0.98;

    private final LearningHistory history;
    /** First step after the first day known. */
    private final int firstOrigin;
    /** State before a step. */
    private final double[] levelBefore;

    private final double[] trendBefore;
    /** Seasonal component after a step, carried through gaps; {@code NaN} where it was never observed. */
    private final double[] season;

    HoltWinters(LearningHistory history) {
        this.history = history;
        int size = history.size();
        this.firstOrigin = history.firstKnown() + history.step().perDay();
        this.levelBefore = new double[size + 1];
        this.trendBefore = new double[size + 1];
        this.season = new double[size];
        Arrays.fill(season, Double.NaN);
        if (firstOrigin <= size) {
            begin();
            learn();
        }
    }

    private void begin() {
        int first = history.firstKnown();
        double sum = 0;
        int known = 0;
        for (int t = first; t < firstOrigin; t++) {
            if (!Double.isNaN(history.rate(t))) {
                sum += history.rate(t);
                known++;
            }
        }
        double level = sum / known;
        for (int t = first; t < firstOrigin; t++) {
            season[t] = history.rate(t) - level;
        }
        levelBefore[firstOrigin] = level;
    }

    private void learn() {
        for (int t = firstOrigin; t < history.size(); t++) {
            int dayBefore = history.dayBefore(t);
            double s = dayBefore >= 0 ? season[dayBefore] : Double.NaN;
            double y = history.rate(t);
            double trend = PHI * trendBefore[t];
            double expected = levelBefore[t] + trend;
            double e = y - expected - s;
            boolean known = !Double.isNaN(e);
            levelBefore[t + 1] = known ? expected + ALPHA * e : expected;
            trendBefore[t + 1] = known ? BETA * (levelBefore[t + 1] - levelBefore[t]) + (1 - BETA) * trend : trend;
            season[t] = known ? s + GAMMA * e : Double.isNaN(s) ? y - expected : s;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        return origin >= firstOrigin;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        for (int i = 0; i < horizons.length; i++) {
            double damped = PHI * (1 - StrictMath.pow(PHI, horizons[i])) / (1 - PHI);
            int before = origin + horizons[i] - 1;
            while (before >= origin) {
                before = history.dayBefore(before);
            }
            double s = before >= 0 ? season[before] : Double.NaN;
            rates[i] = Math.max(0, levelBefore[origin] + damped * trendBefore[origin] + s);
        }
    }
}
