package dev.prescale.accuracy;

import dev.prescale.series.RateSeries;

/**
 * Whether a step tells of an outage rather than of demand: an hour or more of zeros where the day before had more than a
 * request per minute, and an hour around it. The same stretches from which forecasts do not learn.
 */
final class OutageWatch {
    private static final int SHORTEST_SECONDS = 3600;
    private static final int MARGIN_SECONDS = 3600;
    private static final double LEAST_USUAL_PER_SECOND = 1.0 / 60;

    private OutageWatch() {}

    static boolean isOutage(RateSeries series, int step) {
        int margin = MARGIN_SECONDS / series.step().seconds();
        int last = Math.min(series.size() - 1, step + margin);
        for (int t = Math.max(0, step - margin); t <= last; t++) {
            if (series.rateAt(t) == 0) {
                int from = t;
                while (from > 0 && series.rateAt(from - 1) == 0) {
                    from--;
                }
                int to = t + 1;
                while (to < series.size() && series.rateAt(to) == 0) {
                    to++;
                }
                if ((long) (to - from) * series.step().seconds() >= SHORTEST_SECONDS
                        && meanOfDayBefore(series, from) > LEAST_USUAL_PER_SECOND) {
                    return true;
                }
                t = to;
            }
        }
        return false;
    }

    private static double meanOfDayBefore(RateSeries series, int end) {
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
