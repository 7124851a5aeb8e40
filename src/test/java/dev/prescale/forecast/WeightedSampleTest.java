package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedSampleTest {
    @Test
    void aQuantileIsTheLeastValueWhoseShareOfTheWeightReachesTheLevel() {
        WeightedSample sample = new WeightedSample();
        sample.add(3, 1);
        sample.add(-1, 2);
        sample.add(2, 1);
        assertThat(sample.quantiles(new double[] {0, 0.5, 0.51, 0.75, 0.76, 1})).containsExactly(-1, -1, 2, 2, 3, 3);
    }

    @Test
    void quantilesOfValuesThatDifferInTheLastBitAscend() {
        WeightedSample sample = new WeightedSample();
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 200; k++) {
            double sign = random.nextBoolean() ? 1 : -1;
            sample.add(sign * (1 + random.nextInt(50) * Math.ulp(1.0)), 1 + random.nextDouble());
        }
        double[] levels = new double[100];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (i + 0.5) / levels.length;
        }
        assertThat(sample.quantiles(levels)).isSorted();
    }
}
