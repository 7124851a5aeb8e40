package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static dev.prescale.backtest.policy.PolicyStory.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.RatePerReplica;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.testing.Specs;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Target 7 req/s: 70 % of the 10 that a replica sustains, whatever the specification's target utilization is. */
class KnativePolicyTest {
    @Test
    void panicsWithinACycleOfAJumpThatTargetTrackingSeesWhenTheMinuteHasEnded() {
        SortedMap<Integer, Integer> asked =
                aStory().replicas(2).load(10, minute -> minute < 2 ? 14 : 70).run(named("knative"), 4);
        assertThat(asked.subMap(60, 121).values()).containsExactly(2, 2, 2, 2, 2);
        assertThat(asked.get(135)).isEqualTo(10);
    }

    @Test
    void keepsThePeakOfAPanicForAStableWindow() {
        // two ticks of 140 req/s and then nothing much: ready replicas stay until 60 s after the last tick over the
        // threshold
        SortedMap<Integer, Integer> asked =
                aStory().replicas(2).load(10, minute -> minute == 2 ? 140 : 14).run(named("knative"), 6);
        assertThat(asked.get(135)).isEqualTo(20);
        assertThat(asked.get(180)).isEqualTo(20);
        // the threshold was last crossed when fewer than half of them were ready, at 120 s to 135 s
        assertThat(asked.get(225)).isLessThan(20);
        assertThat(asked.get(345)).isEqualTo(2);
    }

    @Test
    void aGapChangesNothing() {
        SortedMap<Integer, Integer> asked = aStory().replicas(2)
                .load(10, minute -> minute >= 2 && minute < 6 ? Double.NaN : 14)
                .run(named("knative"), 8);
        assertThat(asked.values()).containsOnly(2);
    }

    @Test
    void theLastReplicaStaysForTheGracePeriod() {
        ScalingPolicy base = Specs.aPolicy(new RatePerReplica(10, 0.5));
        var mayBeNone = new ScalingPolicy(
                ReplicaBounds.of(0, 100),
                base.capacity(),
                base.predictive(),
                base.reactive(),
                List.of(),
                base.behavior(),
                base.fallback());
        SortedMap<Integer, Integer> asked = aStory().policy(mayBeNone)
                .load(10, minute -> minute < 1 || minute >= 5 ? 5 : 0)
                .run(named("knative"), 7);
        // the stable window is empty from 120 s on
        assertThat(asked.get(135)).isEqualTo(1);
        assertThat(asked.get(150)).isZero();
        assertThat(asked.get(300)).isZero();
        assertThat(asked.get(315)).isEqualTo(1);
    }
}
