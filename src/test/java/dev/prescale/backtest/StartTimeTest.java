package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartTimeTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final StartTime SPREAD = new StartTime(Duration.ofSeconds(90), Duration.ofSeconds(120));

    @Test
    void drawsHaveTheMedianAndTheNinetyPercentQuantile() {
        ClusterChance chance = chance(1, SPREAD);
        long[] seconds = IntStream.range(0, 20_000)
                .mapToLong(m -> chance.startTimeAt(START.plusSeconds(60L * m)).toSeconds())
                .sorted()
                .toArray();
        // Standard error of an empirical quantile: sqrt(p (1 - p) / n) / density, below 0.4 s at both.
        assertThat(seconds[10_000]).isBetween(89L, 91L);
        assertThat(seconds[18_000]).isBetween(118L, 122L);
    }

    @Test
    void ordersOfTheSameMinuteTakeTheSameTimeWhateverWasDrawnBefore() {
        ClusterChance one = chance(1, SPREAD);
        IntStream.range(0, 50).forEach(m -> one.startTimeAt(START.plusSeconds(m)));
        assertThat(one.startTimeAt(START.plusSeconds(605)))
                .isEqualTo(chance(1, SPREAD).startTimeAt(START.plusSeconds(645)));
    }

    @Test
    void anotherSeedDrawsOtherTimes() {
        long same = IntStream.range(0, 100)
                .filter(m -> chance(1, SPREAD)
                        .startTimeAt(START.plusSeconds(60L * m))
                        .equals(chance(2, SPREAD).startTimeAt(START.plusSeconds(60L * m))))
                .count();
        assertThat(same).isLessThan(20);
    }

    @Test
    void equalMedianAndQuantileAreConstant() {
        ClusterChance chance = chance(1, StartTime.constant(Duration.ofMillis(1500)));
        assertThat(chance.startTimeAt(START)).isEqualTo(Duration.ofMillis(1500));
        assertThat(chance.longestStartTimeAround(START)).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void aMedianAboveTheQuantileIsRefused() {
        assertThatThrownBy(() -> new StartTime(Duration.ofSeconds(121), Duration.ofSeconds(120)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 <= median <= p90 <= PT1H, was PT2M1S PT2M");
    }

    private static ClusterChance chance(long seed, StartTime startTime) {
        return new ClusterChance(seed, new EndpointId("test", "shop"), startTime, Simulation.PLAIN);
    }
}
