package dev.prescale.forecast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
    private static final int FIRST_DAYS = 64;

    private final LearningHistory history;
    /** First step of each local day that has begun, and of the next one. */
    private int[] dayStarts = new int[FIRST_DAYS];

    private double[] dayLevels = new double[FIRST_DAYS];
    private int daysBegun;
    private @Nullable DayProfile profile;
    private int profileDay = LearningHistory.NONE;

    LevelShape(LearningHistory history) {
        this.history = history;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        return profileAt(origin).isKnown();
    }

    /** Profile of the day of the origin; it changes once a day. */
    private DayProfile profileAt(int origin) {
        int day = dayOf(origin);
        DayProfile kept = profile;
        if (kept == null || day != profileDay) {
            learnDaysBefore(day);
            kept = DayProfile.of(history, dayStarts, dayLevels, day);
            profile = kept;
            profileDay = day;
        }
        return kept;
    }

    private void learnDaysBefore(int day) {
        if (day + 2 > dayStarts.length) {
            dayStarts = Arrays.copyOf(dayStarts, 2 * day + 2);
            dayLevels = Arrays.copyOf(dayLevels, 2 * day + 2);
        }
        int d = Math.max(0, daysBegun - 1);
        int t = dayStarts[d];
        while (d <= day) {
            while (dayOf(t) <= d) {
                t++;
            }
            dayStarts[d + 1] = t;
            dayLevels[d] = DayProfile.meanRate(history, dayStarts[d], t);
            d++;
        }
        daysBegun = day + 1;
    }

    private int dayOf(int t) {
        return history.slots().epochDay(t) - history.slots().epochDay(0);
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        DayProfile profile = profileAt(origin);
        double level = profile.level() * partialLevel(profile, origin);
        for (int k = 0; k < horizons.length; k++) {
            rates[k] = level * profile.relativeRate(origin + horizons[k] - 1);
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
