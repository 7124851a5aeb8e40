package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References by mpmath 1.3.0 (40 digits): the regularised incomplete beta and gamma functions, inverted by bisection. */
class NegativeBinomialTest {
    @ParameterizedTest(name = "mean {0}, size {1}, level {2}")
    @CsvSource(textBlock = """
                    0.1,  1000, 0.95,     1, 0.90484194193276888
                    2,    0.5,  0.5,      1, 0.44721359549995794
                    2,    0.5,  0.95,     8, 0.44721359549995794
                    2,    0.5,  0.99,    15, 0.44721359549995794
                    30,   4,    0.9,     51, 0.00019156858754085799
                    199,  0.1,  0.99,  3162, 0.46783517727486473
                    400,  1000, 0.99,  456, 7.446707950645667e-147
                    5000, 0.2,  0.95, 25764, 0.13194973549629462
                    5000, 0.05, 0.5,      0, 0.56234104402116262
                    """)
    void quantilesAndTheChanceOfZeroAreThoseOfAnIndependentComputation(
            double mean, double size, double level, double quantile, double chanceOfZero) {
        NegativeBinomial count = new NegativeBinomial(mean, size);
        // above a mean of 200 by the gamma distribution, half a request off at most for these
        assertThat(count.quantile(level)).isCloseTo(quantile, within(mean > 200 ? 1.0 : 0.0));
        assertThat(count.chanceOfZero()).isCloseTo(chanceOfZero, within(1e-12));
    }

    @ParameterizedTest(name = "shape {0}, level {1}")
    @CsvSource(textBlock = """
                    0.05, 0.5,  1.11477568814925e-5, 1e-12
                    0.05, 0.99, 21.7525480018362,    1e-9
                    0.5,  0.95, 3.84145882069413,    1e-9
                    1,    0.5,  0.693147180559945,   1e-9
                    3,    0.1,  0.36735510941644,    1e-9
                    50,   0.99, 1.35806723171027,    1e-9
                    999,  0.95, 1.05260370472764,    1e-9
                    4000, 0.99, 1.0371500333721,     1e-4
                    """)
    void quantilesOfTheGammaDistribution(double shape, double level, double quantile, double tolerance) {
        assertThat(GammaQuantile.of(shape, level)).isCloseTo(quantile, within(tolerance));
    }

    @Test
    void geometricCountsByHand() {
        // size 1, mean 1: P(k) = 2^-(k+1), cumulated .5, .75, .875
        NegativeBinomial count = new NegativeBinomial(1, 1);
        assertThat(count.chanceOfZero()).isCloseTo(0.5, within(1e-15));
        assertThat(count.quantile(0.49)).isZero();
        assertThat(count.quantile(0.74)).isEqualTo(1);
        assertThat(count.quantile(0.87)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0", "1e-9", "0.3", "150", "1e6", "3.6e12"})
    void quantilesAreFiniteAndAscendAtEveryScale(double mean) {
        for (double size : new double[] {0.05, 1, 1e6}) {
            double last = 0;
            for (double level = 0.01; level < 1; level += 0.01) {
                double quantile = new NegativeBinomial(mean, size).quantile(level);
                assertThat(quantile).isBetween(last, 1e15);
                last = quantile;
            }
        }
    }
}
