package dev.prescale.forecast;

/**
 * What a value may be at its slot without being an outlier: within {@code reach} of the nearest references or between them.
 * References are the seasonal states of the slot of the day and of the week, and the values seen there a day and a week
 * before as they were. So a value is an outlier only if it is one for its slot of the day <em>and</em> of the week, and a job
 * that runs at the same time every day or every week is drawn in once and never again. Reused for every step, so that no
 * step allocates.
 */
final class OutlierBand {
    private double reach;
    private double least;
    private double most;

    /**
     * Begins a band without references, in which everything is allowed.
     *
     * @param reach how far a value may be from a reference, >= 0
     */
    OutlierBand around(double reach) {
        this.reach = reach;
        this.least = Double.POSITIVE_INFINITY;
        this.most = Double.NEGATIVE_INFINITY;
        return this;
    }

    /** Adds a reference; {@code NaN} is none. */
    OutlierBand including(double reference) {
        if (!Double.isNaN(reference)) {
            least = Math.min(least, reference);
            most = Math.max(most, reference);
        }
        return this;
    }

    boolean isOutlier(double value) {
        return least <= most && (value < least - reach || value > most + reach);
    }

    /** The value, or the nearest one that is no outlier; {@code NaN} stays. */
    double drawnIn(double value) {
        return isOutlier(value) ? Math.clamp(value, least - reach, most + reach) : value;
    }
}
