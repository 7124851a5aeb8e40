package dev.prescale.backtest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.RatePerReplica;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Cases of knative/serving {@code pkg/autoscaler/scaling/autoscaler_test.go}, by their names there. */
class KnativeDeciderTest {
    private static final Instant NOW = Instant.parse("2024-01-15T00:00:00Z");

    /** The rates of the upstream tests; the defaults are 1000 and 2. */
    private static KnativeDecider upstream(double target) {
        return new KnativeDecider(capacity(target), 10, 10, 0, NOW);
    }

    private static RatePerReplica capacity(double target) {
        return new RatePerReplica(target / KnativeDecider.TARGET_UTILIZATION, 1);
    }

    @Test
    void autoscalerStableModeIncrease() {
        KnativeDecider decider = upstream(10);
        assertThat(decider.desired(NOW, 0, 50, 50)).isEqualTo(5);
        assertThat(decider.desired(NOW, 5, 100, 100)).isEqualTo(10);
    }

    @Test
    void autoscalerStableModeDecrease() {
        KnativeDecider decider = upstream(10);
        assertThat(decider.desired(NOW, 8, 100, 100)).isEqualTo(10);
        assertThat(decider.desired(NOW, 8, 50, 50)).isEqualTo(5);
    }

    @Test
    void autoscalerStableModeNoTrafficScaleToZero() {
        KnativeDecider decider = upstream(10);
        assertThat(decider.desired(NOW, 0, 1, 0)).isEqualTo(1);
        assertThat(decider.desired(NOW, 0, 0, 0)).isZero();
    }

    @Test
    void autoscalerPanicModeDoublePodCount() {
        assertThat(upstream(10).desired(NOW, 1, 50, 100)).isEqualTo(10);
    }

    @Test
    void autoscalerPanicModeExponentialTrackAndStabilize() {
        KnativeDecider decider = upstream(1);
        assertThat(decider.desired(NOW, 0, 6, 6)).isEqualTo(6);
        assertThat(decider.desired(NOW, 6, 36, 36)).isEqualTo(36);
        assertThat(decider.desired(NOW, 36, 216, 216)).isEqualTo(216);
        assertThat(decider.desired(NOW, 216, 1296, 1296)).isEqualTo(1296);
    }

    @Test
    void autoscalerPanicThenUnPanicScaleDown() {
        KnativeDecider decider = upstream(10);
        assertThat(decider.desired(NOW, 0, 100, 100)).isEqualTo(10);
        assertThat(decider.desired(NOW, 10, 100, 1000)).isEqualTo(100);
        assertThat(decider.desired(NOW.plusSeconds(30), 10, 1, 1)).isEqualTo(100);
        assertThat(decider.desired(NOW.plusSeconds(61), 10, 1, 1)).isEqualTo(1);
    }

    @Test
    void autoscalerRateLimitScaleUp() {
        KnativeDecider decider = upstream(10);
        assertThat(decider.desired(NOW, 1, 1000, 1001)).isEqualTo(10);
        assertThat(decider.desired(NOW, 10, 1000, 1001)).isEqualTo(100);
    }

    @Test
    void byDefaultHalfOfTheReadyReplicasStay() {
        var decider = new KnativeDecider(capacity(10), 1, NOW);
        assertThat(decider.desired(NOW, 11, 1, 1)).isEqualTo(5);
    }

    @Test
    void moreThanOneReplicaBeginInPanic() {
        var decider = new KnativeDecider(capacity(10), 8, NOW);
        assertThat(decider.desired(NOW.plusSeconds(60), 8, 10, 10)).isEqualTo(8);
        assertThat(decider.desired(NOW.plusSeconds(61), 8, 10, 10)).isEqualTo(4);
    }

    @Test
    void justBelowTwiceTheReadyReplicasIsNoPanic() {
        KnativeDecider decider = upstream(10);
        assertThat(decider.desired(NOW, 10, 100, 190)).isEqualTo(10);
        assertThat(decider.desired(NOW, 10, 100, 191)).isEqualTo(20);
    }

    @Test
    void thePeakOfOnePanicIsForgottenInTheNext() {
        KnativeDecider decider = upstream(10);
        assertThat(decider.desired(NOW, 10, 100, 1000)).isEqualTo(100);
        assertThat(decider.desired(NOW.plusSeconds(61), 100, 100, 100)).isEqualTo(10);
        assertThat(decider.desired(NOW.plusSeconds(63), 10, 100, 300)).isEqualTo(30);
    }
}
