package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.DAY;
import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static dev.prescale.backtest.policy.PolicyStory.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.capacity.RatePerReplica;
import java.time.Duration;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Source: jthomperoo/predictive-horizontal-pod-autoscaler, models and the simple-holt-winters example. */
class HoltWintersPolicyTest {
    private static double next(ReplicaHoltWinters model, double... values) {
        for (double value : values) {
            model.observe(value);
        }
        return model.next();
    }

    @Test
    void aSeasonWithoutTrendGoesOn() {
        var model = new ReplicaHoltWinters(3, 4, 0.9, 0.9, 0.9);
        assertThat(next(model, 1, 5, 3, 1, 5, 3)).isCloseTo(1, within(1e-9));
        assertThat(next(model, 1)).isCloseTo(5, within(1e-9));
    }

    @Test
    void theRecursionByHand() {
        // l 3, b (7 - 3) / 2 = 2, s -1 1; then 2 4 6 8 by alpha 0.5, beta 0.5, gamma 0.5
        // 2: before 5, l 0.5 * 3 + 0.5 * 5 = 4, b 0.5 * 1 + 1 = 1.5, s0 0.5 * -3 - 0.5 = -2
        // 4: before 5.5, l 0.5 * 3 + 2.75 = 4.25, b 0.125 + 0.75 = 0.875, s1 0.5 * -1.5 + 0.5 = -0.25
        // 6: before 5.125, l 0.5 * 8 + 2.5625 = 6.5625, b 1.15625 + 0.4375 = 1.59375, s0 0.4375 - 1 = -0.5625
        // 8: before 8.15625, l 0.5 * 8.25 + 4.078125 = 8.203125, b 0.8203125 + 0.796875 = 1.6171875
        var model = new ReplicaHoltWinters(2, 4, 0.5, 0.5, 0.5);
        assertThat(next(model, 2, 4, 6, 8)).isCloseTo(8.203125 + 1.6171875 - 0.5625, within(1e-12));
    }

    @Test
    void twoSeasonsAreNeeded() {
        assertThat(next(new ReplicaHoltWinters(2, 4, 0.9, 0.9, 0.9), 2, 4, 6)).isNaN();
    }

    @Test
    void storedSeasonsForgetsOlderOnes() {
        var young = new ReplicaHoltWinters(2, 2, 0.9, 0.9, 0.9);
        var old = new ReplicaHoltWinters(2, 2, 0.9, 0.9, 0.9);
        next(old, 100, 0, 50);
        assertThat(next(old, 2, 4, 6, 8)).isEqualTo(next(young, 2, 4, 6, 8));
    }

    @Test
    void theIntervalCoversTheLeadTimeAndDividesADay() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(ReplicaForecast.stepsPerInterval(1_440, minute, Duration.ofSeconds(75)))
                .isEqualTo(2);
        assertThat(ReplicaForecast.stepsPerInterval(1_440, minute, Duration.ofSeconds(195)))
                .isEqualTo(4);
        assertThat(ReplicaForecast.stepsPerInterval(1_440, minute, Duration.ofSeconds(615)))
                .isEqualTo(12);
        assertThat(ReplicaForecast.stepsPerInterval(24, Duration.ofHours(1), Duration.ofSeconds(15)))
                .isEqualTo(1);
    }

    @Test
    void decisionTypeMaximumOrdersTheRiseOfEveryDayAnIntervalAhead() {
        // 4 replicas until 01:00 of every day, then 20
        SortedMap<Integer, Integer> asked = aStory().replicas(4)
                .load(3 * DAY, minute -> Math.floorMod(minute, DAY) < 60 ? 20 : 100)
                .run(named("holtWinters"), 70);
        // the interval of 4 min that begins at 01:00 is the first to read 100 req/s at its end, which is foreseen from
        // there on
        assertThat(asked.get(3600 - 15)).isEqualTo(4);
        assertThat(asked.get(3600 + 45)).isGreaterThan(4);
        assertThat(aStory().replicas(4)
                        .load(3 * DAY, minute -> Math.floorMod(minute, DAY) < 60 ? 20 : 100)
                        .run(named("hpa"), 70)
                        .get(3600 + 45))
                .isEqualTo(4);
    }

    @Test
    void decisionTypeMaximumKeepsWhatTheHpaCalculates() {
        SortedMap<Integer, Integer> asked = aStory().replicas(4)
                .load(3 * DAY, minute -> minute < 0 ? 20 : 100)
                .run(named("holtWinters"), 3);
        assertThat(asked.get(120)).isGreaterThanOrEqualTo(20);
    }

    @Test
    void missingSamplesLeaveTheReplicasThatWereCalculated() {
        var forecast = new ReplicaForecast(
                aStory().load(3 * DAY, minute -> minute >= -120 ? Double.NaN : 50)
                        .seen(60),
                new RatePerReplica(10, 0.5),
                1,
                Duration.ofMinutes(4));
        assertThat(forecast.rateAt(PolicyStory.FROM)).isEqualTo(100);
    }
}
