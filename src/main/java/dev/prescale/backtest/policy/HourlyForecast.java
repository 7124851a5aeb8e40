package dev.prescale.backtest.policy;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Hourly means expected from hourly means: the mean of the same hour of the same weekday in the history, of the same hour of the day
 * where there is none. Made anew every 6 hours from at most 14 days and at least 24 hours. An hour counts from the scheduling buffer
 * before it begins.
 *
 * <p>AWS publishes these constants, but not the model; this one has the daily and weekly patterns that it says it looks for.
 */
final class HourlyForecast implements LoadForecast {
    static final Duration REFRESH = Duration.ofHours(6);
    static final Duration HISTORY = Duration.ofDays(14);
    static final int LEAST_HOURS = 24;

    /** {@code SchedulingBufferTime}. */
    static final Duration BUFFER = Duration.ofSeconds(300);

    private static final Step HOUR = new Step(3_600);

    private final RateSeries hours;
    private final ZoneId zone;
    private Instant asked = Instant.MIN;
    private double expected = Double.NaN;

    HourlyForecast(SeenLoad load, ZoneId zone) {
        this.hours = load.series().regrid(HOUR);
        this.zone = zone;
    }

    /** Of this hour, or of the next one if it is larger and begins within the buffer; req/s, {@code NaN} for too little history. */
    @Override
    public double rateAt(Instant now) {
        Instant buffered = now.plus(BUFFER);
        Instant hour = beginOf(HOUR.duration(), buffered);
        // nothing changes but at a refresh and where an hour begins or comes into the buffer
        if (asked.isBefore(hour.minus(BUFFER)) || asked.isBefore(beginOf(HOUR.duration(), now))) {
            expected = largerOf(ofHour(beginOf(HOUR.duration(), now), now), ofHour(hour, now));
        }
        asked = now;
        return expected;
    }

    private static double largerOf(double one, double other) {
        return Double.isNaN(one) || other > one ? other : one;
    }

    private double ofHour(Instant hour, Instant now) {
        Instant issued = beginOf(REFRESH, now);
        Instant oldest = issued.minus(HISTORY);
        if (known(oldest, issued) < LEAST_HOURS) {
            return Double.NaN;
        }
        double weekly = mean(hour, 7, oldest, issued);
        return Double.isNaN(weekly) ? mean(hour, 1, oldest, issued) : weekly;
    }

    private int known(Instant from, Instant to) {
        int known = 0;
        for (int k = Math.max(hours.indexOf(from), 0); k < Math.min(hours.indexOf(to), hours.size()); k++) {
            known += hours.isGap(k) ? 0 : 1;
        }
        return known;
    }

    /** Of the hours that are whole seasons before, begin in {@code [oldest, issued)} and had ended by then. */
    private double mean(Instant hour, int days, Instant oldest, Instant issued) {
        double sum = 0;
        int count = 0;
        ZonedDateTime local = hour.atZone(zone).minusDays(days);
        while (!local.toInstant().isBefore(oldest)) {
            int index = hours.indexOf(local.toInstant());
            if (index >= 0 && index < Math.min(hours.indexOf(issued), hours.size()) && !hours.isGap(index)) {
                sum += hours.rateAt(index);
                count++;
            }
            local = local.minusDays(days);
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private static Instant beginOf(Duration length, Instant instant) {
        long seconds = length.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
    }
}
