package dev.prescale.forecast;

/**
 * Decomposition by {@link MultipleSeasons} (day, and week where two of them are known), a baseline. The last cycle of each
 * season is repeated in local time and the rest goes on at its level {@code l} of simple exponential smoothing:
 *
 * <pre>
 * f[t+h] = max(0, l[t] + S_day[t+h-k day] + S_week[t+h-k week])
 * l[t] = l[t-1] + alpha (a[t] - l[t-1]),  a = y - S_day - S_week
 * </pre>
 *
 * with the {@code alpha} of nine that has the least squared error one step ahead. Each origin decomposes what came before
 * it, at most {@value #MOST_DAYS} days: a decomposition looks both ways, so one of the whole history would look ahead.
 */
final class SeasonalTrend implements Member {
    static final String NAME = "seasonalTrend";

    private static final int MOST_DAYS = 35;
    private static final int FEWEST_DAYS = 2;
    private static final int FEWEST_DAYS_OF_WEEKS = 14;
    private static final int DAYS_PER_WEEK = 7;
    private static final int ALPHAS = 9;

    private final LearningHistory history;
    private int keptOrigin = LearningHistory.NONE;
    private MultipleSeasons kept;

    SeasonalTrend(LearningHistory history) {
        this.history = history;
        this.kept = new MultipleSeasons(new double[0]);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        return daysKnown(origin) >= FEWEST_DAYS;
    }

    private int daysKnown(int origin) {
        return (origin - history.firstKnown()) / history.step().perDay();
    }

    private int begin(int origin) {
        return Math.max(
                history.firstKnown(), origin - MOST_DAYS * history.step().perDay());
    }

    private boolean hasWeeks(int origin) {
        return daysKnown(origin) >= FEWEST_DAYS_OF_WEEKS;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        decomposeBefore(origin);
        double level = level(kept.adjusted());
        for (int i = 0; i < horizons.length; i++) {
            int target = origin + horizons[i] - 1;
            double rate = level + lastCycle(0, origin, target);
            rates[i] = Math.max(0, hasWeeks(origin) ? rate + lastCycle(1, origin, target) : rate);
        }
    }

    private void decomposeBefore(int origin) {
        if (keptOrigin == origin) {
            return;
        }
        double[] y = new double[origin - begin(origin)];
        for (int t = 0; t < y.length; t++) {
            y[t] = history.rate(begin(origin) + t);
        }
        int day = history.step().perDay();
        kept = hasWeeks(origin) ? new MultipleSeasons(y, day, DAYS_PER_WEEK * day) : new MultipleSeasons(y, day);
        keptOrigin = origin;
    }

    /** The season's component at the same local time of its last cycle before the origin; 0 where there is none. */
    private double lastCycle(int season, int origin, int target) {
        int t = target;
        while (t >= origin) {
            t = season == 0 ? history.dayBefore(t) : history.weekBefore(t);
        }
        return t >= begin(origin) ? kept.seasonal(season, t - begin(origin)) : 0;
    }

    private static double level(double[] adjusted) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= ALPHAS; i++) {
            double alpha = (double) i / (ALPHAS + 1);
            double level = Double.NaN;
            double squares = 0;
            for (double a : adjusted) {
                if (!Double.isNaN(a)) {
                    double e = Double.isNaN(level) ? 0 : a - level;
                    level = Double.isNaN(level) ? a : level + alpha * e;
                    squares += e * e;
                }
            }
            if (squares < least) {
                least = squares;
                best = level;
            }
        }
        return best;
    }
}
