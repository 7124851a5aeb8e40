package dev.prescale.forecast;

import java.util.function.IntUnaryOperator;

/**
 * The seasonal naive: {@code f[t + h] = y[t + h - k P]} with {@code P} the season in local time and {@code k} the least
 * number of seasons for which that step is known at {@code t} (Hyndman and Athanasopoulos, Forecasting: Principles and
 * Practice, 5.2). A gap takes the season before, the week naive then the day before.
 */
final class SeasonalNaive implements Member {
    static final String DAY = "dayNaive";
    static final String WEEK = "weekNaive";

    private final String name;
    private final LearningHistory history;
    private final IntUnaryOperator seasonBefore;

    private SeasonalNaive(String name, LearningHistory history, IntUnaryOperator seasonBefore) {
        this.name = name;
        this.history = history;
        this.seasonBefore = seasonBefore;
    }

    static SeasonalNaive ofDay(LearningHistory history) {
        return new SeasonalNaive(DAY, history, history::dayBefore);
    }

    static SeasonalNaive ofWeek(LearningHistory history) {
        return new SeasonalNaive(WEEK, history, history::weekBefore);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean speaksAt(int origin) {
        return seasonBefore.applyAsInt(origin) >= 0;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        for (int k = 0; k < horizons.length; k++) {
            int target = origin + horizons[k] - 1;
            double rate = newestKnown(origin, target, seasonBefore);
            rates[k] = Double.isNaN(rate) ? newestKnown(origin, target, history::dayBefore) : rate;
        }
    }

    private double newestKnown(int origin, int target, IntUnaryOperator before) {
        int t = before.applyAsInt(target);
        while (t >= 0 && (t >= origin || Double.isNaN(history.rate(t)))) {
            t = before.applyAsInt(t);
        }
        return t >= 0 ? history.rate(t) : Double.NaN;
    }
}
