package dev.prescale.backtest.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Holt-Winters with additive trend and season, fed one value after another:
 *
 * <pre>
 *   l[t] = alpha (y[t] - s[t - m]) + (1 - alpha) (l[t-1] + b[t-1])
 *   b[t] = beta (l[t] - l[t-1]) + (1 - beta) b[t-1]
 *   s[t] = gamma (y[t] - l[t-1] - b[t-1]) + (1 - gamma) s[t - m]
 *   f[t+1] = l[t] + b[t] + s[t + 1 - m]
 * </pre>
 *
 * begun with two seasons: {@code l} the mean of the first, {@code b} the growth of the mean from the first to the second per step,
 * {@code s} the first less its mean. Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 8.3, as in
 * statsmodels' {@code ExponentialSmoothing}.
 */
final class ReplicaHoltWinters {
    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double[] season;
    private final List<Double> begun = new ArrayList<>();
    private double level;
    private double trend;
    private int slot;
    private boolean speaks;

    /** @param period values in a season */
    ReplicaHoltWinters(int period, double alpha, double beta, double gamma) {
        this.season = new double[period];
        this.alpha = alpha;
        this.beta = beta;
        this.gamma = gamma;
    }

    void observe(double value) {
        if (speaks) {
            learn(value);
            return;
        }
        begun.add(value);
        if (begun.size() == 2 * season.length) {
            begin();
        }
    }

    private void begin() {
        double first = mean(0);
        level = first;
        trend = (mean(season.length) - first) / season.length;
        for (int k = 0; k < season.length; k++) {
            season[k] = begun.get(k) - first;
        }
        speaks = true;
        begun.forEach(this::learn);
        begun.clear();
    }

    private double mean(int from) {
        return begun.subList(from, from + season.length).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    private void learn(double value) {
        double before = level + trend;
        double next = alpha * (value - season[slot]) + (1 - alpha) * before;
        trend = beta * (next - level) + (1 - beta) * trend;
        season[slot] = gamma * (value - before) + (1 - gamma) * season[slot];
        level = next;
        slot = (slot + 1) % season.length;
    }

    /** The next value, {@code NaN} before two seasons have been seen. */
    double next() {
        return speaks ? level + trend + season[slot] : Double.NaN;
    }
}
