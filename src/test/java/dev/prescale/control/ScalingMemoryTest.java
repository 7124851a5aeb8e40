package dev.prescale.control;

import static dev.prescale.testing.PolicyFixture.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.Observation;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingHistory.Breach;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingHistory.StepTaken;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Select;
import dev.prescale.scaling.StepRule;
import dev.prescale.scaling.StepRule.Direction;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingMemoryTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void aRestoredRecommendationCountsUntilTheNextOne() {
        var memory = new ScalingMemory(Specs.aPolicy());

        memory.restore(List.of(decided(2, 240), decided(8, 0)), at(400)); // the journal answers newest first

        assertThat(memory.past(false).recommendations()).containsExactly(recommended(8, 240), recommended(2, 400));
    }

    @Test
    void theNewestRecommendationCountsUntilNowHoweverLongThereWasNoProcess() {
        var memory = new ScalingMemory(Specs.aPolicy());

        memory.restore(List.of(decided(8, 0)), at(3_000));

        assertThat(memory.past(false).recommendations()).containsExactly(recommended(8, 3_000));
    }

    @Test
    void changesThatWereCarriedOutAreRestoredOnce() {
        var memory = new ScalingMemory(Specs.aPolicy());

        memory.restore(List.of(decided(2, 240), decided(8, 0)), at(250));

        assertThat(memory.past(false).changes())
                .containsExactly(new ReplicaChange(START, 1, 8), new ReplicaChange(START.plusSeconds(240), 1, 2));
    }

    @Test
    void stepsAreRestoredFromTheTrail() {
        var memory = new ScalingMemory(stepping());

        memory.restore(
                List.of(
                        stepped(5, 6, 240), // within the cooldown of the first
                        stepped(3, 5, 0)),
                at(250));

        assertThat(memory.past(false).steps())
                .containsExactly(
                        new StepTaken(START, "step:requestRate", 3, 5),
                        new StepTaken(START.plusSeconds(240), "step:requestRate", 5, 6));
    }

    @Test
    void stepsThatFollowEachOtherAreForgottenTogether() {
        var memory = new ScalingMemory(stepping());
        memory.restore(List.of(decided(2, 530), stepped(5, 6, 240), stepped(3, 5, 0)), at(530));
        assertThat(memory.past(false).steps()).hasSize(2); // the cooldown of the second counts from the first

        memory.restore(List.of(decided(2, 541)), at(541));
        assertThat(memory.past(false).steps()).isEmpty();
    }

    @Test
    void whatIsLeftToKedaCountsOnceItIsSeenToBeDone() {
        var memory = new ScalingMemory(Specs.aPolicy());
        DecisionRecord done = decided(8, 0);
        DecisionRecord left = new DecisionRecord(
                done.at(), done.endpoint(), Mode.KEDA, done.decision(), false, WorkloadScale.LeftToKeda.REASON, 10, 1);
        memory.restore(List.of(left), at(0));

        memory.observe(1, at(15));
        assertThat(memory.past(false).changes()).isEmpty();

        memory.restore(List.of(left), at(0));
        memory.observe(8, at(15));
        assertThat(memory.past(false).changes()).containsExactly(new ReplicaChange(START, 1, 8));
    }

    @Test
    void aStepThatWasNotCarriedOutIsNone() {
        var memory = new ScalingMemory(stepping());
        DecisionRecord done = stepped(3, 5, 0);
        memory.restore(
                List.of(new DecisionRecord(
                        done.at(), done.endpoint(), Mode.SCALE, done.decision(), false, "refused", 10, 1)),
                at(10));
        assertThat(memory.past(false).steps()).isEmpty();
    }

    @Test
    void aStepThatAHoldUndidIsNone() {
        var memory = new ScalingMemory(stepping());
        var trail = List.of(new Reason(ReasonCode.STEP, "step:requestRate", 3, 2, "fewer"));
        var decision = new ScalingDecision(3, 4, 4, List.of(), trail);
        memory.restore(List.of(record(decision, 0)), at(10));
        assertThat(memory.past(false).steps()).isEmpty();
    }

    @Test
    void breachesAreRememberedFromReadingToReading() {
        var memory = new ScalingMemory(stepping());
        memory.remember(decided(2, 0), seeing(60));
        memory.remember(decided(2, 15), seeing(70));
        assertThat(memory.past(false).breaches())
                .containsExactly(new Breach("requestRate", Direction.ADDS, START, START.plusSeconds(15)));
        memory.remember(decided(2, 30), seeing(10));
        assertThat(memory.past(false).breaches()).isEmpty();
    }

    @Test
    void thePolicySaysHowFarBackIsRemembered() {
        var memory = new ScalingMemory(
                aPolicy().scaleDown(Duration.ofMinutes(1), Select.MAX).build());
        for (int second = 0; second <= 600; second += 15) {
            memory.remember(decided(2 + second % 2, second), seeing(10));
        }
        assertThat(memory.past(false).recommendations()).hasSizeLessThanOrEqualTo(5);
        assertThat(memory.past(false).changes()).hasSizeLessThanOrEqualTo(5);
    }

    private static ScalingPolicy stepping() {
        return aPolicy()
                .step(new StepRule(
                        "requestRate",
                        50.0,
                        null,
                        Duration.ofMinutes(2),
                        new StepRule.Change.Replicas(2),
                        Duration.ofMinutes(5)))
                .build();
    }

    private static Observation seeing(double rate) {
        return new Observation(1, 1, new RateReading.Known(rate), Map.of(), List.of(), false, Observation.Pause.NONE);
    }

    private static DecisionRecord stepped(int from, int to, int seconds) {
        var trail = List.of(new Reason(ReasonCode.STEP, "step:requestRate", from, to, "more"));
        return record(new ScalingDecision(from, to, to, List.of(), trail), seconds);
    }

    private static DecisionRecord record(ScalingDecision decision, int seconds) {
        return new DecisionRecord(
                START.plusSeconds(seconds), new EndpointId("test", "shop"), Mode.SCALE, decision, true, "", 10, 1);
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

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
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
