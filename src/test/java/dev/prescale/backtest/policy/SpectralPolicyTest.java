package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.DAY;
import static dev.prescale.backtest.policy.PolicyStory.FROM;
import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static dev.prescale.backtest.policy.PolicyStory.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Source: gocrane/crane {@code pkg/prediction/dsp}, EffectiveHorizontalPodAutoscaler. */
class SpectralPolicyTest {
    private static final int CYCLE = 720;

    private static double[] signal(IntToDoubleFunction value) {
        return IntStream.range(0, 2 * CYCLE).mapToDouble(value).toArray();
    }

    private static double wave(int k, int period) {
        return Math.cos(2 * Math.PI * k / period);
    }

    private static double[] next(CraneEstimator estimator, double[] signal) {
        var fourier = new Fourier(signal.length);
        return estimator.nextCycle(fourier, fourier.of(signal), CYCLE, 60);
    }

    @Test
    void weakWavesFasterThanAnHourAreFilteredOut() {
        double[] slow = signal(k -> 20 + 5 * wave(k, 720) + 5 * wave(k, 360) + 5 * wave(k, 240));
        double[] weak = signal(k -> slow[k] + 0.5 * wave(k, 30));
        double[] strong = signal(k -> slow[k] + 5 * wave(k, 30));
        var estimator = new CraneEstimator(3, 1.0, 0.1);
        double[] cycle = Arrays.copyOf(slow, CYCLE);
        assertThat(next(estimator, weak)).containsExactly(cycle, within(1e-6));
        assertThat(next(estimator, strong)).containsExactly(Arrays.copyOf(strong, CYCLE), within(1e-6));
    }

    @Test
    void theStrongestItemsStayHoweverWeakTheyAre() {
        double[] faint = signal(k -> 20 + 0.1 * wave(k, 720) + 0.05 * wave(k, 30));
        assertThat(next(new CraneEstimator(2, 1.0, 0.1), faint)[0]).isCloseTo(20.15, within(1e-6));
        assertThat(next(new CraneEstimator(1, 1.0, 0.1), faint)[0]).isCloseTo(20.1, within(1e-6));
    }

    @Test
    void aWeakSlowWaveIsHalvedWithItsMirrorImage() {
        double[] faint = signal(k -> 20 + 5 * wave(k, 720) + 0.4 * wave(k, 240));
        assertThat(next(new CraneEstimator(1, 1.0, 0.1), faint)[0]).isCloseTo(25.2, within(1e-6));
    }

    @Test
    void tooLittleCountsForMoreThanTooMuch() {
        var estimator = new CraneEstimator(3, 1.0, 0);
        assertThat(estimator.error(new double[] {10}, new double[] {11})).isCloseTo(0.1, within(1e-9));
        // amplify(0.1) of the original
        assertThat(estimator.error(new double[] {10}, new double[] {9})).isCloseTo(0.47, within(0.005));
        assertThat(estimator.error(new double[] {0, 10}, new double[] {2, 9})).isEqualTo(1.5);
    }

    @Test
    void theMarginFractionThatWouldHaveServedTheLastCycleBestIsTaken() {
        double[] repeated = signal(k -> 20 + 5 * wave(k, 720));
        double[] longer = IntStream.range(0, 3 * CYCLE)
                .mapToDouble(k -> repeated[k % CYCLE])
                .toArray();
        assertThat(CraneForecast.nextCycle(longer, CYCLE, 60)[0]).isCloseTo(25 * 1.01, within(1e-6));
        // every cycle 12 % above the one before: a margin of 0.1 leaves 2 % that count for more than 3 % too much
        double[] growing = IntStream.range(0, 3 * CYCLE)
                .mapToDouble(k -> repeated[k % CYCLE] * Math.pow(1.12, k / CYCLE))
                .toArray();
        assertThat(CraneForecast.nextCycle(growing, CYCLE, 60)[CYCLE / 2] / growing[2 * CYCLE + CYCLE / 2])
                .isCloseTo(1.15, within(0.03));
    }

    private static double daily(int minute) {
        int ofDay = Math.floorMod(minute, DAY);
        return 60 - 40 * Math.cos(2 * Math.PI * ofDay / DAY);
    }

    @Test
    void thePredictionIsTheMaximumWithinPredictionWindowSeconds() {
        SeenLoad load = aStory().load(4 * DAY, SpectralPolicyTest::daily).seen(DAY);
        CraneForecast predicted = CraneForecast.of(load, 10, FROM, FROM.plusSeconds(60L * DAY));
        for (int minute : new int[] {0, 300, 650, 800, 1_300}) {
            double most = IntStream.rangeClosed(minute, minute + 60)
                    .mapToDouble(SpectralPolicyTest::daily)
                    .max()
                    .orElseThrow();
            assertThat(predicted.rateAt(FROM.plusSeconds(60L * minute)))
                    .as("minute %s", minute)
                    .isCloseTo(most * 1.01, within(0.5));
        }
    }

    @Test
    void theHpaTakesTheLargerOfPresentAndPrediction() {
        SortedMap<Integer, Integer> asked =
                aStory().replicas(4).load(4 * DAY, SpectralPolicyTest::daily).run(named("spectral"), 400);
        // in the morning an hour ahead of the load, at 5 req/s a replica
        int ahead = (int) Math.ceil(daily(360) * 1.01 / 5);
        assertThat(asked.get(300 * 60)).isBetween(ahead - 1, ahead + 1);
        SortedMap<Integer, Integer> surprised = aStory().replicas(4)
                .load(4 * DAY, minute -> minute < 0 ? daily(minute) : 150)
                .run(named("spectral"), 10);
        assertThat(surprised.get(585)).isEqualTo(30);
    }

    @Test
    void withoutAPeriodTheHpaIsAlone() {
        assertThat(aStory().replicas(10)
                        .load(4 * DAY, minute -> 50)
                        .run(named("spectral"), 5)
                        .values())
                .containsOnly(10);
    }

    @Test
    void anOldPredictionStaysUntilItsCycleIsOver() {
        // nothing is known from midnight on
        SeenLoad load = aStory().load(4 * DAY, minute -> minute < 0 ? daily(minute) : Double.NaN)
                .seen(3 * DAY);
        CraneForecast predicted = CraneForecast.of(load, 10, FROM, FROM.plusSeconds(60L * 3 * DAY));
        assertThat(predicted.rateAt(FROM.plusSeconds(60L * 1_400))).isPositive();
        assertThat(predicted.rateAt(FROM.plusSeconds(60L * 1_441))).isNaN();
    }
}
