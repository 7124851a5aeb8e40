package dev.prescale.series;

import java.util.function.IntToDoubleFunction;

/**
 * Tells zeros that come again from zeros that do not: an office that is closed at night or on Sundays is silent at the same time
 * a day or a week before, an outage is not.
 */
public final class UsualSilence {
    private static final int DAYS_PER_WEEK = 7;

    private UsualSilence() {}

    /**
     * Whether it was silent a day or a week before: at least half of these steps were zeros then, in a stretch of as many. A shorter
     * one is no custom.
     *
     * @param rate of a step, {@code NaN} where it is not known
     * @param from first step of the zeros
     * @param steps how many of them are looked at
     */
    public static boolean in(IntToDoubleFunction rate, int from, int steps, int perDay) {
        return wasSilent(rate, from - perDay, steps) || wasSilent(rate, from - DAYS_PER_WEEK * perDay, steps);
    }

    private static boolean wasSilent(IntToDoubleFunction rate, int from, int steps) {
        int zeros = 0;
        int run = 0;
        boolean isStretch = false;
        for (int t = from - steps; t < from + 2 * steps; t++) {
            boolean isZero = rate.applyAsDouble(t) == 0;
            run = isZero ? run + 1 : 0;
            isStretch |= run >= steps;
            zeros += isZero && t >= from && t < from + steps ? 1 : 0;
        }
        return isStretch && 2 * zeros >= steps;
    }
}
