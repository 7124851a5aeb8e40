package dev.prescale.forecast;

import java.util.function.IntUnaryOperator;

/**
 * The level-scaled profile: {@code f[t + h] = p[t + h] (1 + (r - 1) .8^(h / 1 d))} with {@code p} the mean of the same local time
 * in the last five seasons, weighted {@code 0.7^j}, and {@code r} the mean rate of the last 24 h over that of {@code p}, within
 * [0.2, 5]. The seasons are weeks, and days while fewer than two weeks are known. Gaps are left out.
 */
record LevelProfile(LearningHistory history) implements Member {
    static final String NAME = "levelProfile";

    private static final int SEASONS = 5;
    private static final double MEMORY = 0.7;
    private static final double DECAY_PER_DAY = 0.8;
    private static final double LARGEST_RATIO = 5;
    /** Steps of the last day that are compared: more cost time and change nothing. */
    private static final int COMPARED = 72;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        return history.dayBefore(origin) >= 0;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        IntUnaryOperator seasonBefore = season(origin);
        double excess = ratio(origin, seasonBefore) - 1;
        double decay = Math.log(DECAY_PER_DAY) / history.step().perDay();
        for (int k = 0; k < horizons.length; k++) {
            double profile = profile(origin, origin + horizons[k] - 1, seasonBefore);
            rates[k] = profile * (1 + excess * Math.exp(decay * horizons[k]));
        }
    }

    private IntUnaryOperator season(int origin) {
        int week = history.weekBefore(origin);
        return week >= 0 && history.weekBefore(week) >= 0 ? history::weekBefore : history::dayBefore;
    }

    private double ratio(int origin, IntUnaryOperator seasonBefore) {
        int perDay = history.step().perDay();
        int stride = Math.max(1, perDay / COMPARED);
        double observed = 0;
        double expected = 0;
        for (int t = origin - 1; t >= Math.max(0, origin - perDay); t -= stride) {
            double profile = profile(t, t, seasonBefore);
            double rate = history.rate(t);
            if (!Double.isNaN(profile) && !Double.isNaN(rate)) {
                observed += rate;
                expected += profile;
            }
        }
        return expected > 0 ? Math.clamp(observed / expected, 1 / LARGEST_RATIO, LARGEST_RATIO) : 1;
    }

    /** {@code p} of a target as known at the origin, {@code NaN} where its slot was never seen. */
    private double profile(int origin, int target, IntUnaryOperator seasonBefore) {
        double sum = 0;
        double weights = 0;
        double weight = 1;
        int used = 0;
        int t = seasonBefore.applyAsInt(target);
        while (t >= 0 && used < SEASONS) {
            if (t < origin) {
                if (!Double.isNaN(history.rate(t))) {
                    sum += weight * history.rate(t);
                    weights += weight;
                }
                used++;
                weight *= MEMORY;
            }
            t = seasonBefore.applyAsInt(t);
        }
        return weights > 0 ? sum / weights : Double.NaN;
    }
}
