package dev.prescale.backtest.policy;

/**
 * Holt-Winters with additive trend and season, fitted anew to the values stored:
 *
 * <pre>
 *   l[t] = alpha (y[t] - s[t - m]) + (1 - alpha) (l[t-1] + b[t-1])
 *   b[t] = beta (l[t] - l[t-1]) + (1 - beta) b[t-1]
 *   s[t] = gamma (y[t] - l[t-1] - b[t-1]) + (1 - gamma) s[t - m]
 *   f[t+1] = l[t] + b[t] + s[t + 1 - m]
 * </pre>
 *
 * begun with the first two seasons: {@code l} the mean of the first, {@code b} the growth of the mean from the first to the second per
 * step, {@code s} the first less its mean. Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 8.3, as in
 * statsmodels' {@code ExponentialSmoothing}.
 *
 * <p>Stored are a few seasons only, and that matters: where {@code gamma > 1 - alpha} the recursion is unstable, so that what it makes of
 * noise grows from season to season.
 */
final class ReplicaHoltWinters {
    private final int period;
    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double[] stored;
    private final double[] season;
    private int count;

    /**
     * @param period values in a season
     * @param storedSeasons older ones are forgotten; at least two
     */
    ReplicaHoltWinters(int period, int storedSeasons, double alpha, double beta, double gamma) {
        this.period = period;
        this.stored = new double[period * storedSeasons];
        this.season = new double[period];
        this.alpha = alpha;
        this.beta = beta;
        this.gamma = gamma;
    }

    void observe(double value) {
        if (count == stored.length) {
            System.arraycopy(stored, 1, stored, 0, count - 1);
            count--;
        }
        stored[count] = value;
        count++;
    }

    /** The next value, {@code NaN} before two seasons have been seen. */
    double next() {
        if (count < 2 * period) {
            return Double.NaN;
        }
        double level = mean(0);
        double trend = (mean(period) - level) / period;
        for (int k = 0; k < period; k++) {
            season[k] = stored[k] - level;
        }
        int slot = 0;
        for (int t = 0; t < count; t++) {
            double before = level + trend;
            double value = stored[t];
            double now = alpha * (value - season[slot]) + (1 - alpha) * before;
            trend = beta * (now - level) + (1 - beta) * trend;
            season[slot] = gamma * (value - before) + (1 - gamma) * season[slot];
            level = now;
            slot = slot + 1 == period ? 0 : slot + 1;
        }
        return level + trend + season[slot];
    }

    private double mean(int from) {
        double sum = 0;
        for (int k = from; k < from + period; k++) {
            sum += stored[k];
        }
        return sum / period;
    }
}
