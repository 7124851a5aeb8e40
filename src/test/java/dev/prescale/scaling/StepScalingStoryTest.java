package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.COOLDOWN;
import static dev.prescale.scaling.ReasonCode.SCALE_IN_NOT_UNANIMOUS;
import static dev.prescale.scaling.ReasonCode.STEP;
import static dev.prescale.scaling.ReasonCode.TARGET_TRACKING;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.PolicyFixture.aPolicy;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.scaling.StepRule.Change;
import dev.prescale.testing.AutoscalerStory;
import dev.prescale.testing.PolicyFixture;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Step scaling on a latency in seconds. Its target tracking never asks for much: the target is 10 s. One replica serves
 * 10 req/s, and the traffic needs one.
 */
class StepScalingStoryTest {
    private static AutoscalerStory story(StepRule... steps) {
        PolicyFixture policy = aPolicy().metric("p95", TargetType.VALUE, 10);
        for (StepRule step : steps) {
            policy = policy.step(step);
        }
        return autoscaler(policy).startingWith(3);
    }

    private static StepRule step(@Nullable Double above, @Nullable Double below, Change change) {
        return new StepRule("p95", above, below, Duration.ZERO, change, ofMinutes(5));
    }

    private static StepRule lasting(Duration sustained, @Nullable Double above, @Nullable Double below, Change change) {
        return new StepRule("p95", above, below, sustained, change, ofMinutes(5));
    }

    private static Change add(int replicas) {
        return new Change.Replicas(replicas);
    }

    @Test
    void aStepAddsWhatItsIntervalSays() {
        story(step(0.5, 1.0, add(1)), step(1.0, null, add(4)))
                .metric("p95", 1.0) // the lower bound belongs to the interval, the upper does not
                .at("00:00")
                .sees(10)
                .decides(7)
                .trailIs(STEP)
                .says(STEP, "p95 is 1.0, at or above 1.0: +4 makes 7 replicas")
                .proposes("step:p95", 7);
    }

    @Test
    void outsideOfAllIntervalsAStepHasNoOpinion() {
        story(step(0.5, null, add(1)))
                .metric("p95", 0.49)
                .at("00:00")
                .sees(10)
                .decides(1)
                .proposes("step:p95", null);
    }

    @Test
    void aStepWaitsUntilTheBreachHasLasted() {
        var story = story(lasting(ofMinutes(2), 0.5, 1.0, add(1)), lasting(ofMinutes(2), 1.0, null, add(4)));
        story.metric("p95", 0.6).at("00:00").sees(30).decides(3).proposes("step:p95", null);
        story.metric("p95", 1.4).at("00:01").sees(30).decides(3);
        story.metric("p95", 0.7)
                .at("00:02")
                .sees(30)
                .decides(4)
                .says(STEP, "p95 is 0.700, from 0.500 to below 1.0 for 2 min: +1 makes 4 replicas");
    }

    @Test
    void aReadingOutsideBeginsTheWaitAnew() {
        var story = story(lasting(ofMinutes(2), 0.5, null, add(1)));
        story.metric("p95", 0.6).at("00:00").sees(30).decides(3);
        story.metric("p95", 0.4).at("00:01").sees(30).decides(3);
        story.metric("p95", 0.6).at("00:02").sees(30).decides(3);
        story.at("00:03").sees(30).decides(3);
        story.at("00:04").sees(30).decides(4);
    }

    @Test
    void aMissingReadingBeginsTheWaitAnew() {
        var story = story(lasting(ofMinutes(2), 0.5, null, add(1)));
        story.metric("p95", 0.6).at("00:00").sees(30).decides(3);
        story.metric("p95", new RateReading.NoData()).at("00:01").sees(30).decides(3);
        story.metric("p95", 0.6).at("00:02").sees(30).decides(3);
        story.at("00:04").sees(30).decides(4);
    }

    @Test
    void aReadingOfTheOtherDirectionBeginsTheWaitAnew() {
        var story = story(lasting(ofMinutes(2), 0.5, null, add(1)), lasting(ofMinutes(2), null, 0.5, add(-1)));
        story.metric("p95", 0.1).at("00:00").sees(30).decides(3);
        story.metric("p95", 0.6).at("00:01").sees(30).decides(3);
        story.metric("p95", 0.6).at("00:02").sees(30).decides(3);
    }

    @Test
    void aLongSilenceBeginsTheWaitAnew() {
        var story = story(lasting(ofMinutes(2), 0.5, null, add(1)));
        story.metric("p95", 0.6).at("00:00").sees(30).decides(3);
        story.at("00:02:01").sees(30).decides(3); // what was in between nobody knows
        story.at("00:04:01").sees(30).decides(4);
    }

    /** Scenario 18 of the conformance list, its first half. */
    @Test
    void scenario18ALargerStepInTheScaleOutCooldownAddsTheDifference() {
        var story = story(step(0.5, 1.0, add(2)), step(1.0, null, add(3)));
        story.metric("p95", 0.7).at("00:00").sees(30).decides(5).trailIs(STEP);
        story.at("00:01").sees(30).holdsBecause(COOLDOWN);
        story.metric("p95", 1.2)
                .at("00:02")
                .sees(30)
                .decides(6)
                .says(STEP, "p95 is 1.2, at or above 1.0: +3 of the 3 before the step 2 min ago makes 6 replicas");
        story.at("00:04").sees(30).holdsBecause(COOLDOWN); // each step begins the cooldown anew
        story.at("00:06:59").sees(30).holdsBecause(COOLDOWN);
        story.at("00:07").sees(30).decides(9);
    }

    /** Scenario 18 of the conformance list, its second half. */
    @Test
    void scenario18AScaleOutEndsTheScaleInCooldown() {
        var story = story(step(null, 0.2, add(-1)), step(0.5, null, add(2))).startingWith(9);
        story.metric("p95", 0.1).at("00:00").sees(10).decides(8).trailIs(STEP);
        story.at("00:01").sees(10).holdsBecause(COOLDOWN);
        story.metric("p95", 0.6).at("00:02").sees(10).decides(10).trailIs(STEP);
        story.metric("p95", 0.1).at("00:03").sees(10).decides(9).trailIs(STEP);
        story.at("00:07:59").sees(10).holdsBecause(COOLDOWN);
        story.at("00:08").sees(10).decides(8);
    }

    @Test
    void aScaleOutOfAnotherRuleEndsTheScaleInCooldownToo() {
        var story = story(step(null, 0.2, add(-1))).startingWith(9);
        story.metric("p95", 0.1).at("00:00").sees(10).decides(8);
        story.at("00:01").sees(100).decides(10).trailIs(TARGET_TRACKING);
        story.at("00:02").sees(10).decides(9).trailIs(STEP);
    }

    @Test
    void whatAStepAddedIsKeptWhileItsMetricIsInBreach() {
        var story = story(step(0.5, null, add(2)));
        story.metric("p95", 0.7).at("00:00").sees(10).decides(5);
        story.at("00:03").sees(10).holdsBecause(COOLDOWN);
        story.metric("p95", 0.3).at("00:04").sees(10).decides(1).notBecause(COOLDOWN);
    }

    @Test
    void otherRulesScaleOutInACooldown() {
        var story = story(step(0.5, null, add(2)));
        story.metric("p95", 0.7).at("00:00").sees(30).decides(5);
        story.at("00:01").sees(90).decides(9).trailIs(TARGET_TRACKING);
    }

    @Test
    void aStepMakesItsPolicyRoundAsAwsDoes() {
        var growth = new Change.Percent(25, 0);
        assertThat(growth.from(3)).isEqualTo(4); // 0.75 is one
        assertThat(growth.from(7)).isEqualTo(8); // 1.75 is cut to one
        assertThat(growth.from(0)).isZero();
        var shrinking = new Change.Percent(-25, 0);
        assertThat(shrinking.from(3)).isEqualTo(2); // -0.75 is minus one
        assertThat(shrinking.from(27)).isEqualTo(21); // -6.75 is cut to minus six
        assertThat(new Change.Percent(25, 2).from(4)).isEqualTo(6);
        assertThat(new Change.Percent(-25, 2).from(4)).isEqualTo(2);
        assertThat(new Change.Percent(-100, 0).from(4)).isZero();
        assertThat(new Change.Replicas(-9).from(4)).isZero();
    }

    @Test
    void anExactStepSetsANumber() {
        var story = story(step(1.0, null, new Change.Exact(10)));
        story.metric("p95", 1.5)
                .at("00:00")
                .sees(10)
                .decides(10)
                .says(STEP, "p95 is 1.5, at or above 1.0: exactly 10 makes 10 replicas");
        story.at("00:01").sees(10).decides(10);
        story.startingWith(12).at("00:02").sees(10).decides(10);
    }

    @Test
    void aStepTakesAwayOnlyWhereAllOthersAgree() {
        var story = story(step(null, 0.2, add(-1))).startingWith(6);
        story.metric("p95", 0.1).at("00:00").sees(60).decides(6).trailIs(ReasonCode.WITHIN_TOLERANCE);
        story.at("00:01").sees(10).decides(5).trailIs(STEP);
    }

    @Test
    void aStepWhoseMetricIsMissingTakesNothingAway() {
        story(step(0.5, null, add(2)), step(null, 0.2, add(-1)))
                .metric("p95", new RateReading.Failed("refused"))
                .at("00:00")
                .sees(10)
                .holdsBecause(SCALE_IN_NOT_UNANIMOUS)
                .proposes("step:p95", null);
    }

    @Test
    void theRequestRateMayDriveStepsToo() {
        var policy = aPolicy()
                .capacityPerReplica(1000)
                .step(new StepRule("requestRate", 50.0, null, Duration.ZERO, add(3), ofMinutes(5)));
        autoscaler(policy).at("00:00").sees(60).decides(4).trailIs(STEP);
    }

    @Test
    void stepsCountBesideATrustedForecast() {
        story(step(0.5, null, add(4)))
                .forecasts(30)
                .metric("p95", 0.7)
                .at("00:00")
                .sees(10)
                .decides(7)
                .trailIs(STEP);
    }
}
