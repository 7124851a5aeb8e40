package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.SampleDelivery;
import dev.prescale.control.RateHistory;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;

/**
 * The load of an endpoint as a replay reveals it, in steps of {@code traffic.step}: a step is seen once it has ended and its sample
 * has arrived. A gap is never zero. Who asks for a later step than {@link #newestAt} sees the future, which is left to the caller not
 * to do; an older one whose sample is still on its way is told all the same.
 */
final class SeenLoad {
    private final RateSeries series;
    private final SampleDelivery delivery;
    private final double[] rates;
    /** Newest step that is not a gap among those up to each, -1 for none. */
    private final int[] newestSample;

    private SeenLoad(RateSeries series, SampleDelivery delivery) {
        this.series = series;
        this.delivery = delivery;
        this.rates = series.rates();
        this.newestSample = new int[rates.length];
        int newest = -1;
        for (int k = 0; k < rates.length; k++) {
            rates[k] = delivery.isLost(series.instantAt(k)) ? Double.NaN : rates[k];
            newest = Double.isNaN(rates[k]) ? newest : k;
            newestSample[k] = newest;
        }
    }

    static SeenLoad of(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
        return new SeenLoad(
                endpoint.trace().minutes().regrid(endpoint.spec().traffic().step()),
                SampleDelivery.of(setup, endpoint));
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

    /** The newest step that had ended, whose sample had arrived, -1 for none. */
    int newestAt(Instant now) {
        int ended = endedAt(now);
        int newest = ended == 0 ? -1 : newestSample[ended - 1];
        while (newest >= 0 && !delivery.hasArrived(instantAt(newest), step(), now)) {
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
