package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastCostPlanTest {
    private static final ReplicaBounds BOUNDS = ReplicaBounds.of(1, 4);

    @Test
    void bridgesADipShorterThanAStart() {
        assertThat(plan(3, 3, 3, 1, 1, 3, 3)).containsExactly(3, 3, 3, 3, 3, 3);
        assertThat(plan(3, 3, 3, 1, 1, 1, 3)).containsExactly(3, 3, 1, 1, 1, 3);
    }

    @Test
    void holesCostNothing() {
        assertThat(plan(3, 2, Double.NaN, Double.NaN, 2)).startsWith(2).endsWith(2);
    }

    @Test
    void keepsTheBounds() {
        assertThat(plan(3, 0, 0, 9, 9, 9)).containsExactly(1, 1, 4, 4, 4);
    }

    /** Every plan of ten minutes and up to three replicas that the start time allows is tried. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noPlanCostsLess(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] busy = new double[10];
        for (int m = 0; m < busy.length; m++) {
            busy[m] = random.nextInt(3) == 0 ? 1 : random.nextDouble(0, 3);
        }
        int away = random.nextInt(1, 4);
        int[] planned = new LeastCostPlan(busy, ReplicaBounds.of(1, 3), 3, away).replicas();
        assertThat(isPossible(planned, away)).isTrue();
        assertThat(cost(planned, busy)).isCloseTo(leastCost(busy, away), within(1e-9));
    }

    private static double leastCost(double[] busy, int away) {
        double least = Double.POSITIVE_INFINITY;
        int[] tried = new int[busy.length];
        for (int number = 0; number < Math.pow(3, busy.length); number++) {
            int rest = number;
            for (int m = 0; m < tried.length; m++) {
                tried[m] = 1 + rest % 3;
                rest /= 3;
            }
            if (isPossible(tried, away)) {
                least = Math.min(least, cost(tried, busy));
            }
        }
        return least;
    }

    private static boolean isPossible(int[] replicas, int away) {
        for (int level = 2; level <= 3; level++) {
            int last = -1;
            for (int m = 0; m < replicas.length; m++) {
                if (replicas[m] >= level) {
                    if (last >= 0 && m > last + 1 && m - last - 1 < away) {
                        return false;
                    }
                    last = m;
                }
            }
        }
        return true;
    }

    /** Missing at four times the price of idle. */
    private static double cost(int[] replicas, double[] busy) {
        double cost = 0;
        for (int m = 0; m < busy.length; m++) {
            cost += replicas[m] + 4 * Math.max(0, busy[m] - replicas[m]);
        }
        return cost;
    }

    private static int[] plan(int away, double... busy) {
        return new LeastCostPlan(busy, BOUNDS, 19, away).replicas();
    }
}
