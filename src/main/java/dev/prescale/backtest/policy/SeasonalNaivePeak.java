package dev.prescale.backtest.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The largest rate of a window as it was a season before, in local time. */
final class SeasonalNaivePeak implements LoadForecast {
    private final SeenLoad load;
    private final ZoneId zone;
    private final int days;
    private final Duration window;

    /** @param window shorter than 22 h, so that a day before it all has ended */
    SeasonalNaivePeak(SeenLoad load, ZoneId zone, int days, Duration window) {
        this.load = load;
        this.zone = zone;
        this.days = days;
        this.window = window;
    }

    /** Over {@code [now, now + window)}, req/s; {@code NaN} where nothing is known of any season before. */
    @Override
    public double rateAt(Instant now) {
        double peak = Double.NaN;
        int end = load.indexOf(now.plus(window).minusNanos(1));
        for (int step = load.indexOf(now); step <= end; step++) {
            double rate = newestKnown(load.instantAt(step));
            peak = Double.isNaN(rate) || rate <= peak ? peak : rate;
        }
        return peak;
    }

    /** The rate at the same local time the fewest seasons before; a gap takes the season before that, then the day before. */
    private double newestKnown(Instant begin) {
        double rate = newestKnown(begin, days);
        return Double.isNaN(rate) && days > 1 ? newestKnown(begin, 1) : rate;
    }

    private double newestKnown(Instant begin, int season) {
        ZonedDateTime local = begin.atZone(zone).minusDays(season);
        double rate = Double.NaN;
        while (Double.isNaN(rate) && !local.toInstant().isBefore(load.start())) {
            rate = load.rateAt(load.indexOf(local.toInstant()));
            local = local.minusDays(season);
        }
        return rate;
    }
}
