package dev.prescale.forecast;

import dev.prescale.series.Step;

/** The parts of the horizon in which members are judged: up to 1 h, 6 h, 24 h and beyond. */
record HorizonBuckets(Step step) {
    private static final double[] ENDS_HOURS = {1, 6, 24, Double.POSITIVE_INFINITY};
    /** Horizons at which the weights of a bucket hold exactly; between them they are blended. */
    private static final double[] CENTRES_HOURS = {0.5, 3, 12, 36};

    static final int COUNT = ENDS_HOURS.length;

    /** Bucket of the {@code h}-th step after the origin. */
    int bucketOf(int h) {
        double hours = hoursTo(h);
        int bucket = 0;
        while (hours > ENDS_HOURS[bucket] + 1e-9) {
            bucket++;
        }
        return bucket;
    }

    /**
     * Position of the step between the centres of the buckets, in the logarithm of the horizon: 1.5 is half-way between the
     * second and the third.
     */
    double positionOf(int h) {
        double hours = hoursTo(h);
        int upper = 0;
        while (upper < COUNT && hours > CENTRES_HOURS[upper]) {
            upper++;
        }
        if (upper == 0 || upper == COUNT) {
            return Math.min(upper, COUNT - 1);
        }
        double low = CENTRES_HOURS[upper - 1];
        return upper - 1 + Math.log(hours / low) / Math.log(CENTRES_HOURS[upper] / low);
    }

    private double hoursTo(int h) {
        return h * step.seconds() / 3600.0;
    }
}
