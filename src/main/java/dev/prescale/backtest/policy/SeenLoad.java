package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.SampleArrivals;
import dev.prescale.control.RateHistory;
import dev.prescale.control.TrafficSource;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The load of an endpoint as a replay reveals it, in steps of {@code traffic.step}: a step is seen once it has ended and its sample
 * has arrived; a sample that is lost is a gap, which is never zero. Who asks for a step that has not ended sees the future, which is
 * left to the caller not to do.
 */
final class SeenLoad {
    private final RateSeries series;
    private final double[] rates;
    /** Newest step that is not a gap among those up to each, -1 for none. */
    private final int[] newestSample;
    /** Seconds from the end of a step until its sample arrives; null where all are in time. */
    private final int @Nullable [] delays;

    private SeenLoad(RateSeries series, int @Nullable [] delays) {
        this.series = series;
        this.rates = series.rates();
        this.newestSample = new int[rates.length];
        this.delays = delays;
        int newest = -1;
        for (int k = 0; k < rates.length; k++) {
            newest = Double.isNaN(rates[k]) ? newest : k;
            newestSample[k] = newest;
        }
    }

    /** @param series the whole of it, be it not over yet; every sample in time */
    static SeenLoad of(RateSeries series) {
        return new SeenLoad(series, null);
    }

    static SeenLoad of(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
        TrafficSource traffic = endpoint.spec().traffic();
        RateSeries whole = endpoint.trace().minutes().regrid(traffic.step());
        SampleArrivals arrivals = SampleArrivals.of(setup, traffic);
        if (arrivals.areAllInTime()) {
            return of(whole);
        }
        double[] arriving = whole.rates();
        int[] delays = new int[arriving.length];
        for (int k = 0; k < arriving.length; k++) {
            Instant begin = whole.instantAt(k);
            arriving[k] = arrivals.isLost(begin) ? Double.NaN : arriving[k];
            delays[k] = Math.toIntExact(arrivals.delayOf(begin).toSeconds());
        }
        return new SeenLoad(RateSeries.of(whole.start(), whole.step(), arriving), delays);
    }

    /** All steps, those that have not ended too. */
    RateSeries series() {
        return series;
    }

    Step step() {
        return series.step();
    }

    Instant start() {
        return series.start();
    }

    /** The step that covers the instant; may lie outside of the load. */
    int indexOf(Instant instant) {
        return series.indexOf(instant);
    }

    Instant instantAt(int index) {
        return series.instantAt(index);
    }

    /** Rate of a step in req/s, {@code NaN} for a gap and outside of the load. */
    double rateAt(int index) {
        return index < 0 || index >= rates.length ? Double.NaN : rates[index];
    }

    /** Steps that had ended at an instant. */
    int endedAt(Instant now) {
        return Math.clamp(indexOf(now), 0, rates.length);
    }

    /** The newest step that had ended and whose sample had arrived, -1 for none. */
    int newestAt(Instant now) {
        int ended = endedAt(now);
        int newest = ended == 0 ? -1 : newestSample[ended - 1];
        while (newest >= 0
                && delays != null
                && instantAt(newest + 1).plusSeconds(delays[newest]).isAfter(now)) {
            newest = newest == 0 ? -1 : newestSample[newest - 1];
        }
        return newest;
    }

    /** The present rate as the production cycle reads it: the newest sample, while it is not too old to act on. */
    RateReading readingAt(Instant now) {
        int newest = newestAt(now);
        if (newest < 0) {
            return new RateReading.NoData();
        }
        Duration age = Duration.between(instantAt(newest + 1), now);
        return age.compareTo(step().duration().multipliedBy(RateHistory.STALE_AFTER_STEPS)) > 0
                ? new RateReading.Stale(age)
                : new RateReading.Known(rates[newest]);
    }
}
