package dev.prescale.forecast;

import dev.prescale.series.Step;

/**
 * The least that a rise of every day brings: {@code g (r + c) - c} with {@code r} the mean rate of the last 20 minutes and {@code g}
 * the median, over the last seven days, of what the same window's peak was over the 20 minutes before it, but no more than a week
 * ago. One steep rise among a thousand windows a day does not move a regression, which then says too little just before and in
 * it; where nothing rises the median is far below a sizing quantile.
 */
final class RecurrentRise {
    private static final int DAYS = 7;
    private static final int FEWEST_DAYS = 4;
    private static final int BEFORE_MINUTES = 20;

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
        double growth = growth(t);
        return Double.isNaN(recent) || Double.isNaN(growth) ? 0 : Math.max(0, growth * (recent + offset) - offset);
    }

    private double growth(int t) {
        int yesterday = links.dayBefore(t);
        double[] known = new double[DAYS];
        int days = 0;
        for (int k = 0; k < DAYS; k++) {
            double growth = growthThen(yesterday - k * perDay);
            if (!Double.isNaN(growth)) {
                known[days++] = growth;
            }
        }
        if (days < FEWEST_DAYS) {
            return Double.NaN;
        }
        double median = Quantiles.median(known, days);
        double weekAgo = growthThen(links.weekBefore(t));
        return Double.isNaN(weekAgo) ? median : Math.min(median, weekAgo);
    }

    /** {@code NaN} where most of the window is not known, or nothing before it. */
    private double growthThen(int then) {
        int from = then + span.lag();
        int to = then + span.end();
        boolean isKnown = then - before >= rates.first() && 2 * rates.known(from, to) > span.steps();
        return isKnown ? (rates.largest(from, to) + offset) / (rates.mean(then - before, then) + offset) : Double.NaN;
    }
}
