package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileRegressionTest {
    private static final int ROWS = 2000;

    /** Rows whose first two features are random and whose last is 1. */
    private static double[][] rows(SplittableRandom random) {
        double[][] rows = new double[ROWS][PeakFeatures.COUNT];
        for (double[] row : rows) {
            row[0] = random.nextDouble() - 0.5;
            row[1] = random.nextDouble() - 0.5;
            row[PeakFeatures.COUNT - 1] = 1;
        }
        return rows;
    }

    @Test
    void recoversAnExactLine() {
        double[][] rows = rows(new SplittableRandom(1));
        double[] targets = new double[ROWS];
        for (int k = 0; k < ROWS; k++) {
            targets[k] = 2 * rows[k][0] - rows[k][1] + 3;
        }
        double[] start = QuantileRegression.start(rows, targets, 0, ROWS);
        double[] beta = QuantileRegression.fit(rows, targets, 0, ROWS, 0.9, start);
        // the ridge of 1e-4 draws every coefficient a little towards zero
        assertThat(beta[0]).isCloseTo(2, within(0.02));
        assertThat(beta[1]).isCloseTo(-1, within(0.02));
        assertThat(beta[PeakFeatures.COUNT - 1]).isCloseTo(3, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.95})
    void leavesTheShareOfTheLevelBelowIt(double level) {
        SplittableRandom random = new SplittableRandom(2);
        double[][] rows = rows(random);
        double[] targets = new double[ROWS];
        for (int k = 0; k < ROWS; k++) {
            targets[k] = rows[k][0] + (1 + rows[k][1]) * random.nextDouble(); // wider where the second is larger
        }
        double[] start = QuantileRegression.start(rows, targets, 0, ROWS);
        double[] beta = QuantileRegression.fit(rows, targets, 0, ROWS, level, start);
        int below = 0;
        for (int k = 0; k < ROWS; k++) {
            below += targets[k] <= QuantileRegression.dot(rows[k], beta) ? 1 : 0;
        }
        assertThat((double) below / ROWS).isCloseTo(level, within(0.02));
    }

    @Test
    void solvesAPositiveDefiniteSystem() {
        // [4 2; 2 3] x = [8; 7] has x = (1.25, 1.5); only the lower triangle is read
        double[] x = Cholesky.solve(new double[][] {{4, 0}, {2, 3}}, new double[] {8, 7});
        assertThat(x[0]).isCloseTo(1.25, within(1e-12));
        assertThat(x[1]).isCloseTo(1.5, within(1e-12));
    }
}
