package dev.prescale.forecast;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Level x shape: {@code f[t + h] = l g[w] S[s]} with {@code w} the weekday of the target (a holiday is a Sunday) and
 * {@code s} its slot of the local day; see {@link DayProfile} for {@code l}, {@code g} and {@code S} of the days before.
 *
 * <p>Today's partial level: with {@code A = sum y} and {@code B = l g[w] sum S} over the slots of today that have passed and
 * {@code v} their share of the day's shape, {@code l <- l (u A / B + 1 - u)}, {@code u = v / (v + 0.1)}: a whole day is
 * believed for nine tenths, an hour for a third.
 *
 * <p>The rank-1 model of FLAIR (Honda, arXiv:2605.07222) with exponential smoothing in place of its ridge.
 */
final class LevelShape implements Member {
    static final String NAME = "levelShape";

    private static final double PRIOR_SHARE = 0.1;

    private final LearningHistory history;
    /** First step of each local day, and the end of the grid. */
    private final int[] dayStarts;

    private final double[] dayLevels;
    private final Map<Integer, DayProfile> profiles = new HashMap<>();

    LevelShape(LearningHistory history) {
        this.history = history;
        this.dayStarts = dayStarts(history);
        this.dayLevels = new double[dayStarts.length - 1];
        for (int d = 0; d < dayLevels.length; d++) {
            dayLevels[d] = DayProfile.meanRate(history, dayStarts[d], dayStarts[d + 1]);
        }
    }

    private static int[] dayStarts(LearningHistory history) {
        int[] starts = new int[history.sizeAhead() / history.step().perDay() + 4];
        int days = 0;
        for (int t = 0; t < history.sizeAhead(); t++) {
            if (t == 0 || history.slots().epochDay(t) != history.slots().epochDay(t - 1)) {
                starts[days++] = t;
            }
        }
        starts[days++] = history.sizeAhead();
        return Arrays.copyOf(starts, days);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        return profileAt(origin).isKnown();
    }

    private DayProfile profileAt(int origin) {
        return profiles.computeIfAbsent(dayOf(origin), d -> DayProfile.of(history, dayStarts, dayLevels, d));
    }

    private int dayOf(int t) {
        return history.slots().epochDay(t) - history.slots().epochDay(0);
    }

    @Override
    public void forecast(int origin, double[] rates) {
        DayProfile profile = profileAt(origin);
        double level = profile.level() * partialLevel(profile, origin);
        for (int h = 0; h < rates.length; h++) {
            rates[h] = level * profile.relativeRate(origin + h);
        }
    }

    /** What today has shown so far over what was to be expected of it, shrunk towards 1. */
    private double partialLevel(DayProfile profile, int origin) {
        double observed = 0;
        double expected = 0;
        double shape = 0;
        for (int t = dayStarts[dayOf(origin)]; t < origin; t++) {
            double relative = profile.relativeRate(t);
            if (!Double.isNaN(history.rate(t)) && !Double.isNaN(relative)) {
                observed += history.rate(t);
                expected += profile.level() * relative;
                shape += relative;
            }
        }
        if (!(expected > 0)) {
            return 1;
        }
        double share = shape / (profile.weekdayFactor(origin) * history.step().perDay());
        double evidence = share / (share + PRIOR_SHARE);
        return evidence * observed / expected + 1 - evidence;
    }
}
