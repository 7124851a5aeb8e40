package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static dev.prescale.backtest.policy.PolicyStory.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.RatePerReplica;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.Fallback;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.Reactive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.scaling.ScalingPolicy.ScalingRules;
import dev.prescale.scaling.ScalingPolicy.Select;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class KedaPolicyTest {
    private static ScalingPolicy from(int minReplicas, Behavior behavior) {
        return new ScalingPolicy(
                ReplicaBounds.of(minReplicas, 100),
                new RatePerReplica(10, 0.5),
                Predictive.DEFAULT,
                new Reactive(new Tolerance(0.5, 0.5), List.of()),
                List.of(),
                behavior,
                Fallback.DEFAULT);
    }

    @Test
    void cooldownPeriodBeforeTheLastReplicaGoes() {
        SortedMap<Integer, Integer> asked = aStory().policy(from(0, Behavior.DEFAULT))
                .load(10, minute -> minute < 1 ? 5 : 0)
                .run(named("keda"), 9);
        // the load of minute 0 is the newest until 120 s; last seen by the poll at 90 s
        assertThat(asked.get(390)).isEqualTo(1);
        assertThat(asked.get(405)).isEqualTo(1);
        assertThat(asked.get(420)).isZero();
    }

    @Test
    void oneReplicaIsTheLeastWhereNoneIsNotAllowed() {
        SortedMap<Integer, Integer> asked =
                aStory().policy(from(1, Behavior.DEFAULT)).load(10, minute -> 0).run(named("keda"), 12);
        assertThat(asked.values()).containsOnly(1);
    }

    @Test
    void aPollStartsTheFirstReplicaAndTheHpaTheRest() {
        SortedMap<Integer, Integer> asked = aStory().policy(from(0, Behavior.DEFAULT))
                .replicas(0)
                .load(10, minute -> minute < 2 ? 0 : 40)
                .run(named("keda"), 5);
        assertThat(asked.get(165)).isZero();
        assertThat(asked.get(180)).isEqualTo(1);
        // 40 req/s at 5 each are 8; the default behavior adds 4 in 15 s
        assertThat(asked.get(195)).isEqualTo(5);
        assertThat(asked.get(210)).isEqualTo(8);
    }

    @Test
    void aTriggerWithoutDataNeitherStartsNorTakesAway() {
        ScalingPolicy mayBeNone = from(0, Behavior.DEFAULT);
        assertThat(aStory().policy(mayBeNone)
                        .replicas(0)
                        .load(10, minute -> minute < -5 ? 5 : Double.NaN)
                        .run(named("keda"), 10)
                        .values())
                .containsOnly(0);
        assertThat(aStory().policy(mayBeNone)
                        .load(10, minute -> minute < 0 ? 0 : Double.NaN)
                        .run(named("keda"), 10)
                        .get(585))
                .isEqualTo(1);
    }

    @Test
    void theHpaThatItCreatesHasTheDefaultBehaviorAndTolerance() {
        var slow = new ScalingRules(Duration.ofMinutes(30), List.of(), Select.DISABLED);
        SortedMap<Integer, Integer> asked = aStory().policy(from(1, new Behavior(slow, slow)))
                .replicas(4)
                .load(10, minute -> 24)
                .run(named("keda"), 1);
        // 24 req/s at 5 each are 4.8 replicas: 20 % above what 4 are planned for
        assertThat(asked.get(0)).isEqualTo(5);
    }
}
