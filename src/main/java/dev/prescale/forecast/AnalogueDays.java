package dev.prescale.forecast;

/**
 * What followed on the past days that were most like the last 24 hours: with {@code z} the logarithms without outliers,
 *
 * <pre>
 *   d_k = mean |z[t - j] - z[t - j - k days]|,  l_k = half the mean of z[t - j] - z[t - j - k days]   over the last day
 *   z^[t + h] = sum w_k (z[t + h - k days] + l_k) / sum w_k,   w_k = exp(-4 (d_k / d_best - 1))
 * </pre>
 *
 * over up to 35 days, those left out whose continuation is not known. {@code l_k} stays within a factor of three. Nearest
 * neighbours on whole days, after Lorenz's analogues (1969).
 */
final class AnalogueDays implements Member {
    static final String NAME = "analogueDays";

    private static final int FEWEST_DAYS = 4;
    private static final int MOST_DAYS = 35;
    private static final double SHARPNESS = 4;
    private static final double LEAST_WEIGHT = 1e-3;
    private static final double LARGEST_LEVEL = Math.log(3);
    private static final double LEAST_DISTANCE = 1e-6;
    /** Steps of the last day that are compared: more cost time and change nothing. */
    private static final int COMPARED = 48;

    private final LearningHistory history;
    private final SeasonalStates states;
    private final double[] weights = new double[MOST_DAYS + 1];
    private final double[] levels = new double[MOST_DAYS + 1];
    private int days;

    AnalogueDays(LearningHistory history, SeasonalStates states) {
        this.history = history;
        this.states = states;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        int first = history.firstKnown();
        return origin - first >= FEWEST_DAYS * history.step().perDay();
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        compare(origin);
        for (int i = 0; i < horizons.length; i++) {
            int target = origin + horizons[i] - 1;
            double sum = 0;
            double weight = 0;
            for (int k = 1; k <= days; k++) {
                int then = weights[k] > LEAST_WEIGHT ? history.daysEarlier(target, k) : origin;
                double z = then < origin ? states.clipped(then) : Double.NaN;
                if (!Double.isNaN(z)) {
                    sum += weights[k] * (z + levels[k]);
                    weight += weights[k];
                }
            }
            rates[i] = weight > 0 ? history.fromLog(sum / weight + states.added(target)) : Double.NaN;
        }
    }

    /** Weighs the days before the origin by their likeness to the last one. */
    private void compare(int origin) {
        int perDay = history.step().perDay();
        days = Math.min(MOST_DAYS, origin / perDay - 1);
        double best = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= days; k++) {
            weights[k] = distance(origin, k);
            // yesterday is as good as another day, but says nothing of tomorrow
            best = k > 1 ? Math.min(best, weights[k]) : best;
        }
        best = Math.max(best, LEAST_DISTANCE);
        for (int k = 1; k <= days; k++) {
            weights[k] = Math.exp(-SHARPNESS * (weights[k] / best - 1));
        }
    }

    /** {@code d_k}, infinite where half of the day or more cannot be compared; sets {@code l_k}. */
    private double distance(int origin, int k) {
        int perDay = history.step().perDay();
        int stride = Math.max(1, perDay / COMPARED);
        double sum = 0;
        double distance = 0;
        int known = 0;
        int asked = 0;
        for (int t = origin - 1; t >= origin - perDay; t -= stride) {
            asked++;
            double change = states.clipped(t) - states.clipped(history.daysEarlier(t, k));
            if (!Double.isNaN(change)) {
                sum += change;
                distance += Math.abs(change);
                known++;
            }
        }
        levels[k] = known > 0 ? Math.clamp(sum / known / 2, -LARGEST_LEVEL, LARGEST_LEVEL) : 0;
        return 2 * known > asked ? distance / known : Double.POSITIVE_INFINITY;
    }
}
