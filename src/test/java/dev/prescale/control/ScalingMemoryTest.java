package dev.prescale.control;

import static dev.prescale.testing.PolicyFixture.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingPolicy.Select;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalingMemoryTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void aRestoredRecommendationCountsUntilTheNextOne() {
        var memory = new ScalingMemory(Specs.aPolicy());

        memory.restore(List.of(decided(2, 240), decided(8, 0))); // the journal answers newest first

        assertThat(memory.past(false).recommendations())
                .containsExactly(recommended(8, 240), recommended(2, 240 + 300));
    }

    @Test
    void aRestoredRecommendationCountsNoLongerThanTheJournalMayBeSilent() {
        var memory = new ScalingMemory(
                aPolicy().scaleDown(Duration.ofHours(1), Select.MAX).build());

        memory.restore(List.of(decided(2, 1800), decided(8, 0))); // half an hour without a process

        assertThat(memory.past(false).recommendations()).contains(recommended(8, 300));
        assertThat(memory.past(false).recommendations()).doesNotContain(recommended(8, 1800));
    }

    @Test
    void changesThatWereCarriedOutAreRestoredOnce() {
        var memory = new ScalingMemory(Specs.aPolicy());

        memory.restore(List.of(decided(2, 240), decided(8, 0)));

        assertThat(memory.past(false).changes())
                .containsExactly(new ReplicaChange(START, 1, 8), new ReplicaChange(START.plusSeconds(240), 1, 2));
    }

    @Test
    void failuresAreCountedInARow() {
        var memory = new ScalingMemory(Specs.aPolicy());
        memory.countFailure();
        memory.countFailure();
        assertThat(memory.past(false).failures()).isEqualTo(2);
        memory.clearFailures();
        assertThat(memory.past(false).failures()).isZero();
    }

    private static Recommendation recommended(int replicas, int seconds) {
        return new Recommendation(START.plusSeconds(seconds), replicas);
    }

    private static DecisionRecord decided(int replicas, int seconds) {
        var decision = new ScalingDecision(1, replicas, replicas, List.of(), List.of());
        return new DecisionRecord(
                START.plusSeconds(seconds), new EndpointId("test", "shop"), Mode.SCALE, decision, true, "", 10, 1);
    }
}
