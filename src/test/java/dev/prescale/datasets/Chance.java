package dev.prescale.datasets;

import java.util.SplittableRandom;

/** Seeded draws. Only {@code nextDouble} of the generator is used and only {@code StrictMath}, so that every JVM draws the same. */
final class Chance {
    /** Means above this are drawn as rounded normals: the skew of a Poisson count is below 0.1 there. */
    private static final double LARGE_MEAN = 200;

    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    double uniform(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Standard normal, by the polar method (Marsaglia, Bray 1964), the second value thrown away. */
    double normal() {
        while (true) {
            double u = uniform(-1, 1);
            double v = uniform(-1, 1);
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    /** Log-normal with this median; {@code sigma} is the standard deviation of the logarithm. */
    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * normal());
    }

    /** Gamma with this shape and scale 1 (Marsaglia, Tsang 2000); shape at least 1. */
    double gamma(double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = 1 + c * x;
            v = v * v * v;
            if (v > 0 && StrictMath.log(uniform(0, 1)) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    long poisson(double mean) {
        if (mean > LARGE_MEAN) {
            return Math.max(0, (long) StrictMath.floor(mean + StrictMath.sqrt(mean) * normal() + 0.5));
        }
        long count = -1;
        double left = mean;
        while (left >= 0) {
            left += StrictMath.log(1 - uniform(0, 1));
            count++;
        }
        return count;
    }

    /** Count with this mean and variance {@code mean + mean^2 / dispersion}: a Poisson count of a gamma rate. */
    long negativeBinomial(double mean, double dispersion) {
        return mean <= 0 ? 0 : poisson(mean * gamma(dispersion) / dispersion);
    }
}
