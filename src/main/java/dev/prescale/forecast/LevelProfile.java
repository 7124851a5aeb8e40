package dev.prescale.forecast;

import java.util.function.IntUnaryOperator;

/**
 * The level-scaled profile: {@code f[t + h] = p[t + h] (1 + (r - 1) phi^(h/m))} with {@code p} the mean of the same local time of
 * the last five seasons, weighted {@code 0.7^j}, and {@code r} the mean rate of the last 24 h over the mean of {@code p} there,
 * within [0.2, 5]; the seasons are weeks, days while fewer than two weeks are known.
 */
final class LevelProfile implements Member {
    static final String NAME = "levelProfile";
    private static final int SEASONS = 5;
    private static final double MEMORY = 0.7;
    private static final double DECAY_PER_DAY = 0.8;
    private static final double LARGEST_RATIO = 5;

    private final String name;
    private final LearningHistory history;
    private final boolean weekly;
    private final double memory;

    LevelProfile(String name, LearningHistory history, boolean weekly, double memory) {
        this.name = name;
        this.history = history;
        this.weekly = weekly;
        this.memory = memory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean speaksAt(int origin) {
        return history.dayBefore(origin) >= 0;
    }

    private IntUnaryOperator season(int origin) {
        if (!weekly) {
            return history::dayBefore;
        }
        int week = history.weekBefore(origin);
        return week >= 0 && history.weekBefore(week) >= 0 ? history::weekBefore : history::dayBefore;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        IntUnaryOperator season = season(origin);
        int perDay = history.step().perDay();
        double observed = 0;
        double expected = 0;
        int stride = Math.max(1, perDay / 144);
        for (int t = Math.max(0, origin - perDay); t < origin; t += stride) {
            double p = profile(t, t, season);
            double y = history.rate(t);
            if (!Double.isNaN(p) && !Double.isNaN(y)) {
                observed += y;
                expected += p;
            }
        }
        double ratio = expected > 0 ? Math.clamp(observed / expected, 1 / LARGEST_RATIO, LARGEST_RATIO) : 1;
        for (int k = 0; k < horizons.length; k++) {
            double decay = Math.pow(DECAY_PER_DAY, (double) horizons[k] / perDay);
            rates[k] = profile(origin, origin + horizons[k] - 1, season) * (1 + (ratio - 1) * decay);
        }
    }

    private double profile(int origin, int target, IntUnaryOperator season) {
        double sum = 0;
        double weights = 0;
        double weight = 1;
        int used = 0;
        for (int t = season.applyAsInt(target); t >= 0 && used < SEASONS; t = season.applyAsInt(t)) {
            if (t < origin) {
                if (!Double.isNaN(history.rate(t))) {
                    sum += weight * history.rate(t);
                    weights += weight;
                }
                used++;
                weight *= memory;
            }
        }
        return weights > 0 ? sum / weights : Double.NaN;
    }
}
