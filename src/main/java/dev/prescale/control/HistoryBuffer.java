package dev.prescale.control;

import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The observed rates of one endpoint in memory: read whole once, then only what is new and the last steps again, for
 * samples that came late.
 */
final class HistoryBuffer {
    /** Steps read again each cycle, because samples may arrive late. */
    static final int REREAD_STEPS = 10;

    /** History is cut only when it is longer than asked for by this much: cutting copies. */
    private static final Duration TRIM_SLACK = Duration.ofDays(1);

    /** A rate so many times above all that was seen is no traffic but a broken unit or counter. */
    static final double LARGEST_JUMP = 1e6;

    private final TrafficSource source;
    private final Duration length;
    private final double usual;
    private @Nullable RateSeries series;

    /** @param usual req/s that a rate may always rise from, such as what one replica sustains */
    HistoryBuffer(TrafficSource source, Duration length, double usual) {
        this.source = source;
        this.length = length;
        this.usual = usual;
    }

    /** Whether the whole history has been read once. */
    boolean isFilled() {
        return series != null;
    }

    RateSeries series(Instant now) {
        return series != null ? series : RateSeries.empty(alignDown(now), source.step());
    }

    RateHistory.Query nextQuery(Instant now) {
        Instant to = alignDown(now);
        Step step = source.step();
        Instant from = series == null
                ? alignDown(to.minus(length))
                : min(series.end(), to).minus(step.duration().multipliedBy(REREAD_STEPS));
        Instant earliest = alignDown(to.minus(length));
        return new RateHistory.Query(source, from.isBefore(earliest) ? earliest : from, to);
    }

    /** Takes in an answer and says what the newest full step tells. */
    RateReading accept(RateHistory.Answer answer, Instant now) {
        return switch (answer) {
            case RateHistory.Samples samples -> {
                RateSeries plausible = withoutJumps(samples.series());
                merge(plausible);
                yield newest(samples.series(), plausible);
            }
            case RateHistory.Stale stale -> {
                merge(withoutJumps(stale.series()));
                yield new RateReading.Stale(stale.age());
            }
            case RateHistory.Empty ignored -> nothingNew(now);
            case RateHistory.Failed failed -> new RateReading.Failed(failed.reason());
        };
    }

    /** An incremental read without rows is stale data where there were samples before, else there is no data at all. */
    private RateReading nothingNew(Instant now) {
        if (series == null || !series.hasSamples()) {
            return new RateReading.NoData();
        }
        return new RateReading.Stale(Duration.between(series.instantAt(series.lastSample() + 1), now));
    }

    private void merge(RateSeries read) {
        RateSeries merged =
                series == null ? withoutLeadingGaps(read) : changes(series, read) ? series.overlaidBy(read) : series;
        if (merged == series) {
            return;
        }
        Duration covered = Duration.between(merged.start(), merged.end());
        RateSeries kept = covered.compareTo(length.plus(TRIM_SLACK)) > 0
                ? merged.from(merged.end().minus(length))
                : merged;
        series = kept.packed();
    }

    /** A young endpoint has nothing to tell about the weeks before its first sample. */
    private static RateSeries withoutLeadingGaps(RateSeries read) {
        int first = 0;
        while (first < read.size() && read.isGap(first)) {
            first++;
        }
        return read.slice(first, read.size());
    }

    private static boolean changes(RateSeries known, RateSeries read) {
        if (read.end().isAfter(known.end())) {
            return true;
        }
        int shift = known.indexOf(read.start());
        for (int k = 0; k < read.size(); k++) {
            boolean outside = shift + k < 0;
            if (!read.isGap(k) && (outside || known.rateAt(shift + k) != read.rateAt(k))) {
                return true;
            }
        }
        return false;
    }

    private static RateReading newest(RateSeries read, RateSeries plausible) {
        int last = read.lastSample();
        if (last < 0) {
            return new RateReading.NoData();
        }
        double rate = read.rateAt(last);
        return plausible.isGap(last)
                ? new RateReading.Failed(
                        String.format(Locale.ROOT, "%.3g req/s is more than a million times what was ever seen", rate))
                : new RateReading.Known(rate);
    }

    /** The same with gaps in place of rates that cannot be: they must teach nothing. */
    private RateSeries withoutJumps(RateSeries read) {
        double largest = 0;
        for (int k = 0; k < read.size(); k++) {
            largest = read.rateAt(k) > largest ? read.rateAt(k) : largest;
        }
        double most = LARGEST_JUMP * usual;
        if (largest <= most) {
            return read;
        }
        most = Math.max(most, LARGEST_JUMP * largestKnown());
        double[] rates = read.rates();
        for (int k = 0; k < rates.length; k++) {
            rates[k] = rates[k] > most ? Double.NaN : rates[k];
        }
        return RateSeries.of(read.start(), read.step(), rates);
    }

    private double largestKnown() {
        double largest = 0;
        for (int k = 0; series != null && k < series.size(); k++) {
            largest = series.rateAt(k) > largest ? series.rateAt(k) : largest;
        }
        return largest;
    }

    private Instant alignDown(Instant instant) {
        long stepMillis = 1000L * source.step().seconds();
        return Instant.ofEpochMilli(Math.floorDiv(instant.toEpochMilli(), stepMillis) * stepMillis);
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
