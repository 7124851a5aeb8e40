package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalEquationsTest {
    @Test
    void aHeavierRowDrawsTheMeanTowardsItself() {
        // one constant feature: the weighted mean (1 x 2 + 3 x 6) / 4
        double[] beta = new NormalEquations(1)
                .solve(new double[][] {{1}, {1}}, new double[] {2, 6}, new double[] {1, 3}, 0, 2, 0);
        assertThat(beta[0]).isCloseTo(5, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 7, 8, 9})
    void anExactLineIsFoundWhateverTheNumberOfRows(int count) {
        SplittableRandom random = new SplittableRandom(count);
        double[][] rows = new double[count + 2][3];
        double[] targets = new double[count + 2];
        for (int k = 0; k < rows.length; k++) {
            Arrays.setAll(rows[k], i -> random.nextDouble());
            targets[k] = rows[k][0] - 2 * rows[k][1] + 3 * rows[k][2];
        }
        targets[0] = 99; // outside of the rows asked for
        targets[count + 1] = 99;
        double[] weights = new double[count + 2];
        Arrays.setAll(weights, k -> 0.5 + random.nextDouble());
        NormalEquations equations = new NormalEquations(3);
        equations.solve(rows, targets, weights, 0, count + 2, 1); // what it leaves behind must not matter
        double[] beta = equations.solve(rows, targets, weights, 1, count + 1, 0);
        assertThat(beta).containsExactly(new double[] {1, -2, 3}, within(1e-6));
    }
}
