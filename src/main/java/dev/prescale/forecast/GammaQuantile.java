package dev.prescale.forecast;

/**
 * Quantiles of the gamma distribution with mean 1, by bisection of its distribution function {@code P(a, a x)}, the
 * regularised lower incomplete gamma function: its power series below {@code a + 1}, its continued fraction above
 * (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31). From a shape of a thousand on, where the distribution is nearly normal,
 * the cube-root approximation of Wilson and Hilferty (1931), whose error is below 1e-4 there.
 */
final class GammaQuantile {
    private static final double NEARLY_NORMAL = 1000;
    private static final int MOST_TERMS = 5000;
    private static final double PRECISION = 1e-14;
    private static final int BISECTIONS = 80;
    /** Of the logarithm of a quantile: beyond it nothing is told apart. */
    private static final double LOWEST_LOG = -700;

    private static final double[] LANCZOS = {
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private GammaQuantile() {}

    /**
     * The quantile of a gamma variable with mean 1.
     *
     * @param shape > 0; the variance is {@code 1 / shape}
     * @param level in (0, 1)
     */
    static double of(double shape, double level) {
        if (shape >= NEARLY_NORMAL) {
            double root = 1 - 1 / (9 * shape) + normal(level) / (3 * Math.sqrt(shape));
            return root * root * root;
        }
        double low = LOWEST_LOG;
        double high = Math.log(1 + 40 * (1 + 1 / shape));
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (distribution(shape, shape * Math.exp(middle)) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(high);
    }

    /** {@code P(a, x)}. */
    static double distribution(double a, double x) {
        if (x <= 0) {
            return 0;
        }
        double front = Math.exp(a * Math.log(x) - x - logGamma(a));
        return x < a + 1 ? front * series(a, x) : 1 - front * fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > PRECISION * sum; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** The continued fraction of {@code Q(a, x)} by the method of Lentz (1976). */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double h = d;
        double change = 0;
        for (int n = 1; n < MOST_TERMS && Math.abs(change - 1) > PRECISION; n++) {
            double an = -n * (n - a);
            b += 2;
            d = 1 / (an * d + b);
            c = b + an / c;
            change = c * d;
            h *= change;
        }
        return h;
    }

    /** {@code ln Gamma(x)} for {@code x > 0} (Lanczos 1964, g = 7, n = 9). */
    static double logGamma(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double sum = 0.99999999999980993;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i);
        }
        double t = x + LANCZOS.length - 1.5;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }

    /** The quantile of the standard normal distribution (Abramowitz and Stegun 1964, 26.2.23; error below 4.5e-4). */
    private static double normal(double level) {
        double tail = Math.min(level, 1 - level);
        double t = Math.sqrt(-2 * Math.log(tail));
        double z =
                t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        return level < 0.5 ? -z : z;
    }
}
