package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.DAY;
import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static dev.prescale.backtest.policy.PolicyStory.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.Trace;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Replicas at half of their 10 req/s: 5 req/s each. */
class NaivePoliciesTest {
    @Test
    void lastValueHasTheHeadroomOfTargetTrackingButNoTolerance() {
        SortedMap<Integer, Integer> asked =
                aStory().replicas(10).load(10, minute -> minute < 1 ? 50 : 51).run(named("lastValue"), 3);
        assertThat(asked.get(105)).isEqualTo(10);
        assertThat(asked.get(120)).isEqualTo(11);
        assertThat(aStory().replicas(10)
                        .load(10, minute -> minute < 1 ? 50 : 51)
                        .run(named("hpa"), 3)
                        .get(165))
                .isEqualTo(10);
    }

    @Test
    void lastValueHoldsOverAGap() {
        SortedMap<Integer, Integer> asked = aStory().replicas(10)
                .load(10, minute -> minute < 2 ? 50 : Double.NaN)
                .run(named("lastValue"), 30);
        assertThat(asked.values()).containsOnly(10);
    }

    @Test
    void dayNaiveIsReadyForTheRiseOfYesterday() {
        // yesterday 20 req/s, from minute 30 on 100
        SortedMap<Integer, Integer> asked = aStory().replicas(4)
                .load(DAY, minute -> minute < -DAY + 30 ? 20 : minute < 0 ? 100 : 20)
                .run(named("dayNaive"), 40);
        // 3 min and a cycle ahead of minute 30, at 1800 s
        assertThat(asked.get(1800 - 195)).isEqualTo(4);
        assertThat(asked.get(1800 - 180)).isGreaterThan(4);
        assertThat(asked.get(1800)).isEqualTo(20);
    }

    @Test
    void dayNaiveServesAtLeastThePresentLoadAtFullCapacity() {
        SortedMap<Integer, Integer> asked =
                aStory().replicas(8).load(DAY, minute -> minute < 0 ? 5 : 80).run(named("dayNaive"), 10);
        assertThat(asked.get(585)).isEqualTo(8);
    }

    @Test
    void weekNaiveKnowsTheWeekday() {
        // 100 req/s on Mondays only, and the story begins on one
        SortedMap<Integer, Integer> asked = aStory().replicas(10)
                .load(7 * DAY, minute -> Math.floorMod(minute, 7 * DAY) < DAY ? 100 : 20)
                .run(named("weekNaive"), 5);
        assertThat(asked.get(15)).isEqualTo(20);
        assertThat(aStory().replicas(10)
                        .load(7 * DAY, minute -> minute < 0 && minute >= -6 * DAY ? 20 : 50)
                        .run(named("dayNaive"), 5)
                        .get(30))
                .isLessThan(20);
    }

    @Test
    void aGapTakesTheSeasonBeforeIt() {
        var past = new SeasonalNaivePeak(
                aStory().load(3 * DAY, minute -> minute < -2 * DAY ? 7 : minute < -DAY + 5 ? Double.NaN : 9)
                        .seen(20),
                ZoneOffset.UTC,
                1,
                Duration.ofMinutes(1));
        assertThat(past.rateAt(PolicyStory.FROM)).isEqualTo(7);
        assertThat(past.rateAt(PolicyStory.FROM.plusSeconds(5 * 60))).isEqualTo(9);
    }

    @Test
    void withoutASeasonTargetTrackingDecides() {
        assertThat(aStory().replicas(10)
                        .load(60, minute -> 51)
                        .run(named("weekNaive"), 5)
                        .values())
                .containsOnly(10);
    }

    @Test
    void theSeasonIsInLocalTime() {
        // Berlin puts its clocks forward on 31 March: 10:00 is 08:00 UTC then, and was 09:00 UTC the day before
        double[] rates = IntStream.range(0, 2 * DAY).mapToDouble(k -> k).toArray();
        SeenLoad load = SeenLoad.of(RateSeries.of(Instant.parse("2024-03-30T00:00:00Z"), Trace.MINUTE, rates));
        var past = new SeasonalNaivePeak(load, ZoneId.of("Europe/Berlin"), 1, Duration.ofMinutes(2));
        assertThat(past.rateAt(Instant.parse("2024-03-31T08:00:00Z"))).isEqualTo(9 * 60 + 1);
        assertThat(past.rateAt(Instant.parse("2024-03-31T00:30:00Z"))).isEqualTo(30 + 1);
    }
}
