package dev.prescale.control;

import static dev.prescale.testing.PolicyFixture.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricJumpsTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final MetricJumps jumps = new MetricJumps(
            aPolicy().metric("queue", TargetType.AVERAGE_VALUE, 5).build());

    @Test
    void aJumpByAMillionIsMissingAndSaysSo() {
        assertThat(read(0, 2)).isEqualTo(new RateReading.Known(2));
        assertThat(read(15, 3e6))
                .isEqualTo(new RateReading.Failed("3.00e+06 after 2.00 is a jump by more than 1000000 times"));
        assertThat(read(30, 3)).isEqualTo(new RateReading.Known(3));
    }

    @Test
    void aSteepRiseIsALoad() {
        read(0, 2);
        assertThat(read(15, 1e6)).isEqualTo(new RateReading.Known(1e6));
    }

    @Test
    void aRiseFromNothingIsNoJump() {
        read(0, 0);
        assertThat(read(15, 4000)).isEqualTo(new RateReading.Known(4000)); // up to a thousandth of 5, times a million
        read(30, 0);
        assertThat(read(45, 5001)).isInstanceOf(RateReading.Failed.class);
    }

    @Test
    void aFallIsNoJump() {
        read(0, 1e9);
        assertThat(read(15, 0)).isEqualTo(new RateReading.Known(0));
    }

    @Test
    void whatLastsIsANewLevel() {
        read(0, 2);
        assertThat(read(599, 3e6)).isInstanceOf(RateReading.Failed.class);
        assertThat(read(600, 3e6)).isEqualTo(new RateReading.Known(3e6));
        assertThat(read(615, 4e6)).isEqualTo(new RateReading.Known(4e6));
    }

    @Test
    void whatIsMissingStaysMissing() {
        var missing = new RateReading.NoData();
        assertThat(jumps.withoutJumps(Map.of("queue", missing), START)).containsEntry("queue", missing);
        assertThat(jumps.withoutJumps(Map.of(), START)).isEmpty();
    }

    private RateReading read(int second, double value) {
        return jumps.withoutJumps(Map.of("queue", new RateReading.Known(value)), START.plusSeconds(second))
                .getOrDefault("queue", new RateReading.NoData());
    }
}
