package dev.prescale.forecast;

import dev.prescale.series.Require;

/**
 * The negative binomial distribution: a Poisson count whose mean is gamma-distributed with this mean and shape
 * {@code size}; its variance is {@code mean + mean^2 / size}.
 *
 * @param mean >= 0
 * @param size > 0; the larger, the closer to Poisson
 */
record NegativeBinomial(double mean, double size) {
    /** Above it, counts are so many that their steps do not matter and the gamma distribution serves. */
    private static final double LARGEST_COUNTED_MEAN = 200;

    private static final int MOST_COUNTED = 20_000;

    NegativeBinomial {
        Require.that(mean >= 0 && mean < Double.POSITIVE_INFINITY, "mean must be finite and >= 0, was %s", mean);
        Require.that(size > 0, "size must be > 0, was %s", size);
    }

    /** {@code P(0) = (1 + mean/size)^-size}. */
    double chanceOfZero() {
        return Math.exp(-size * Math.log1p(mean / size));
    }

    /**
     * The least count whose cumulated probability reaches the level, by the recursion
     * {@code P(k + 1) = P(k) (k + size)/(k + 1) mean/(mean + size)}.
     *
     * @param level in (0, 1)
     */
    double quantile(double level) {
        if (mean == 0) {
            return 0;
        }
        if (mean <= LARGEST_COUNTED_MEAN) {
            double probability = chanceOfZero();
            double cumulated = probability;
            double ratio = mean / (mean + size);
            for (int k = 0; k < MOST_COUNTED; k++) {
                if (cumulated >= level) {
                    return k;
                }
                probability *= (k + size) / (k + 1) * ratio;
                cumulated += probability;
            }
        }
        double shape = 1 / (1 / mean + 1 / size);
        return Math.rint(mean * GammaQuantile.of(shape, level));
    }
}
