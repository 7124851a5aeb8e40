package dev.prescale.forecast;

import dev.prescale.series.Step;

/**
 * The least that a rise of every day brings: {@code g (r + c) - c} with {@code r} the mean rate of the last half hour and {@code g}
 * the median, over the last seven days, of what the same window's peak was over the half hour before it, but no more than a week
 * ago; and at most four times {@code r}, or what came on one of those days. One steep rise among a thousand windows a day does
 * not move a regression, which then says too little just before and in it; where nothing rises the median is far below a sizing
 * quantile.
 */
final class RecurrentRise {
    private static final int DAYS = 7;
    private static final int FEWEST_DAYS = 4;
    private static final int BEFORE_MINUTES = 30;
    private static final double LARGEST_GROWTH = 4;

    private final RecentRates rates;
    private final SeasonLinks links;
    private final PeakSpan span;
    private final double offset;
    private final int perDay;
    private final int before;

    /** @param offset the {@code c}, req/s, see {@link PeakFeatures} */
    RecurrentRise(RecentRates rates, SeasonLinks links, Step step, PeakSpan span, double offset) {
        this.rates = rates;
        this.links = links;
        this.span = span;
        this.offset = offset;
        this.perDay = step.perDay();
        this.before = Math.max(1, 60 * BEFORE_MINUTES / step.seconds());
    }

    /** The peak (req/s) of the window of {@code t} that half of the last days would have brought, 0 where too few are known. */
    double rate(int t) {
        double recent = rates.mean(t - before, t);
        int yesterday = links.dayBefore(t);
        double[] growths = new double[DAYS];
        double most = LARGEST_GROWTH * (recent + offset);
        int days = 0;
        for (int k = 0; k < DAYS; k++) {
            int then = yesterday - k * perDay;
            if (isKnown(then)) {
                double peak = peak(then);
                growths[days++] = growth(then, peak);
                most = Math.max(most, peak + offset);
            }
        }
        if (days < FEWEST_DAYS || Double.isNaN(recent)) {
            return 0;
        }
        double growth = Quantiles.median(growths, days);
        int weekAgo = links.weekBefore(t);
        if (isKnown(weekAgo)) {
            growth = Math.min(growth, growth(weekAgo, peak(weekAgo)));
        }
        return Math.max(0, Math.min(growth * (recent + offset), most) - offset);
    }

    /** Half of the window, and something before it. */
    private boolean isKnown(int then) {
        return then - before >= rates.first()
                && 2 * rates.known(then + span.lag(), then + span.end()) > span.steps()
                && rates.known(then - before, then) > 0;
    }

    private double growth(int then, double peak) {
        return (peak + offset) / (rates.mean(then - before, then) + offset);
    }

    private double peak(int then) {
        return rates.largest(then + span.lag(), then + span.end());
    }
}
