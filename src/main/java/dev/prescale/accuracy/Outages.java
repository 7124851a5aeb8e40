package dev.prescale.accuracy;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.UsualSilence;

/**
 * Windows that say nothing of a forecast: an hour or more of zeros where the day before had traffic, as when a feed or the
 * service is down, unless they are {@linkplain UsualSilence usual} at that time, and the hour after it.
 */
final class Outages {
    private static final int SHORTEST_SECONDS = 3600;
    private static final int MARGIN_SECONDS = 3600;
    private static final double LEAST_USUAL_PER_SECOND = 1.0 / 60;

    /** What is known of a window. */
    enum Verdict {
        OUTSIDE,
        INSIDE,
        /** It ends in zeros that have not lasted for an hour yet. */
        UNDECIDED
    }

    private Outages() {}

    /** Steps around an outage that say nothing either. */
    static int margin(Step step) {
        return MARGIN_SECONDS / step.seconds();
    }

    /** Whether the steps {@code [from, to)} of the series belong to an outage. */
    static Verdict of(RateSeries series, int from, int to) {
        int stepSeconds = series.step().seconds();
        int shortest = Math.ceilDiv(SHORTEST_SECONDS, stepSeconds);
        int t = Math.max(0, from - margin(series.step()));
        int end = Math.min(to, series.size());
        while (t < end) {
            if (series.rateAt(t) != 0) {
                t++;
                continue;
            }
            int begin = t;
            while (begin > 0 && t - begin < shortest && series.rateAt(begin - 1) == 0) {
                begin--;
            }
            int after = t + 1;
            while (after < series.size() && after - begin < shortest && series.rateAt(after) == 0) {
                after++;
            }
            boolean isLong = after - begin >= shortest;
            boolean isOpen = after == series.size();
            if ((isLong || isOpen)
                    && usual(series, begin) > LEAST_USUAL_PER_SECOND
                    && !UsualSilence.in(
                            k -> k < 0 ? Double.NaN : series.rateAt(k),
                            begin,
                            shortest,
                            series.step().perDay())) {
                return isLong ? Verdict.INSIDE : Verdict.UNDECIDED;
            }
            t = after;
        }
        return Verdict.OUTSIDE;
    }

    /** Mean rate (req/s) of the day before a step that is not a zero of the same stretch. */
    private static double usual(RateSeries series, int end) {
        double sum = 0;
        int known = 0;
        for (int t = Math.max(0, end - series.step().perDay()); t < end; t++) {
            if (!series.isGap(t)) {
                sum += series.rateAt(t);
                known++;
            }
        }
        return known > 0 ? sum / known : 0;
    }
}
