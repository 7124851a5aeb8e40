package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.ABOVE_MAXIMUM;
import static dev.prescale.scaling.ReasonCode.AFTER_RESTART;
import static dev.prescale.scaling.ReasonCode.BELOW_MINIMUM;
import static dev.prescale.scaling.ReasonCode.FALLBACK;
import static dev.prescale.scaling.ReasonCode.FORECAST_HOLD;
import static dev.prescale.scaling.ReasonCode.FORECAST_PRE_SCALE;
import static dev.prescale.scaling.ReasonCode.MAXIMUM_RAISED;
import static dev.prescale.scaling.ReasonCode.NO_DATA;
import static dev.prescale.scaling.ReasonCode.PAUSED;
import static dev.prescale.scaling.ReasonCode.PRESENT_LOAD;
import static dev.prescale.scaling.ReasonCode.ROLLOUT_HOLD;
import static dev.prescale.scaling.ReasonCode.SCALE_DOWN_LIMITED;
import static dev.prescale.scaling.ReasonCode.SCALE_DOWN_STABILIZED;
import static dev.prescale.scaling.ReasonCode.SCALE_IN_NOT_UNANIMOUS;
import static dev.prescale.scaling.ReasonCode.SCALE_UP_LIMITED;
import static dev.prescale.scaling.ReasonCode.SCALE_UP_STABILIZED;
import static dev.prescale.scaling.ReasonCode.SCHEDULE;
import static dev.prescale.scaling.ReasonCode.STEP;
import static dev.prescale.scaling.ReasonCode.TARGET_TRACKING;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.PolicyFixture.aPolicy;
import static java.time.Duration.ofMinutes;

import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.ScalingPolicy.ReplicaChangePolicy;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import dev.prescale.scaling.ScalingPolicy.Select;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.testing.PolicyFixture;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who wins where two rules want different things: one test per row of the table of precedence in {@code docs/decision.md},
 * in its order. A replica sustains 10 req/s, all of which target tracking plans with.
 */
class PrecedenceTest {
    private static final ReplicaChangePolicy ONE_A_MINUTE = ReplicaChangePolicy.replicas(1, ofMinutes(1));

    /** 5 replicas are planned for 50 req/s at full use, 10 at half. */
    private static PolicyFixture halfUsed() {
        return aPolicy().targetUtilization(0.5);
    }

    private static Schedule schedule(@Nullable Integer min, @Nullable Integer max) {
        return new Schedule("fair", now -> true, min, max);
    }

    private static StepRule step(@Nullable Double above, @Nullable Double below, int replicas) {
        return new StepRule("p95", above, below, Duration.ZERO, new StepRule.Change.Replicas(replicas), ofMinutes(5));
    }

    private static PolicyFixture stepping(StepRule step) {
        return aPolicy().metric("p95", TargetType.VALUE, 100).step(step);
    }

    // What rules ask for: the largest wins.
    @Test
    void aTrustedForecastBeatsTargetTracking() {
        autoscaler(halfUsed()).forecasts(70).at("00:00").sees(50).decides(7).trailIs(FORECAST_PRE_SCALE);
    }

    @Test
    void targetTrackingBeatsAMissedForecastThatAsksForLess() {
        autoscaler(halfUsed())
                .forecastsWithAMiss(70)
                .at("00:00")
                .sees(50)
                .decides(10)
                .because(TARGET_TRACKING);
    }

    @Test
    void targetTrackingBeatsATrustedForecastWithAddOnly() {
        autoscaler(halfUsed().addOnly())
                .forecasts(70)
                .at("00:00")
                .sees(50)
                .decides(10)
                .trailIs(TARGET_TRACKING);
    }

    @Test
    void targetTrackingBeatsADistrustedForecastThatAsksForMore() {
        autoscaler(halfUsed()).distrustsItsForecastOf(900).at("00:00").sees(50).decides(10);
    }

    @Test
    void presentLoadBeatsAForecastThatAsksForLess() {
        autoscaler(aPolicy()).forecasts(20).at("00:00").sees(50).decides(5).trailIs(PRESENT_LOAD);
    }

    @Test
    void aMetricBeatsAForecastThatAsksForLess() {
        autoscaler(aPolicy().metric("queue", TargetType.AVERAGE_VALUE, 5))
                .metric("queue", 100)
                .forecasts(50)
                .at("00:00")
                .sees(50)
                .decides(20)
                .trailIs(TARGET_TRACKING);
    }

    @Test
    void aScheduledFloorBeatsAForecastThatAsksForLess() {
        autoscaler(aPolicy().schedule(schedule(9, null)))
                .forecasts(50)
                .at("00:00")
                .sees(50)
                .decides(9)
                .trailIs(SCHEDULE);
    }

    @Test
    void aForecastBeatsAScheduledFloorThatAsksForLess() {
        autoscaler(aPolicy().schedule(schedule(4, null)))
                .forecasts(50)
                .at("00:00")
                .sees(50)
                .decides(5)
                .trailIs(PRESENT_LOAD);
    }

    @Test
    void aStepThatAddsBeatsTargetTrackingThatAsksForLess() {
        autoscaler(stepping(step(1.0, null, 4)))
                .startingWith(5)
                .metric("p95", 2)
                .at("00:00")
                .sees(50)
                .decides(9)
                .trailIs(STEP);
    }

    @Test
    void targetTrackingBeatsAStepThatTakesAway() {
        autoscaler(stepping(step(null, 1.0, -3)))
                .startingWith(5)
                .metric("p95", 0.5)
                .at("00:00")
                .sees(50)
                .decides(5)
                .proposes("step:p95", 2);
    }

    @Test
    void aForecastBeatsAStepThatTakesAway() {
        autoscaler(stepping(step(null, 1.0, -3)))
                .startingWith(5)
                .forecasts(80)
                .metric("p95", 0.5)
                .at("00:00")
                .sees(20)
                .decides(8)
                .trailIs(FORECAST_PRE_SCALE);
    }

    @Test
    void aScheduledFloorBeatsAStepThatTakesAway() {
        autoscaler(stepping(step(null, 1.0, -3)).schedule(schedule(5, null)))
                .startingWith(5)
                .metric("p95", 0.5)
                .at("00:00")
                .sees(10)
                .decides(5)
                .trailIs(SCHEDULE);
    }

    // Unanimity: what is missing or needed soon is not taken away.
    @Test
    void aMissingRateBeatsAMetricThatAsksForFewer() {
        autoscaler(aPolicy().metric("queue", TargetType.AVERAGE_VALUE, 5))
                .startingWith(8)
                .metric("queue", 10)
                .at("00:00")
                .seesNothing()
                .holdsBecause(NO_DATA);
    }

    @Test
    void aMetricThatAsksForMoreBeatsAMissingRate() {
        autoscaler(aPolicy().metric("queue", TargetType.AVERAGE_VALUE, 5))
                .startingWith(8)
                .metric("queue", 60)
                .at("00:00")
                .seesNothing()
                .decides(12);
    }

    @Test
    void aMissingMetricBeatsTargetTrackingThatAsksForFewer() {
        autoscaler(aPolicy().metric("queue", TargetType.AVERAGE_VALUE, 5))
                .startingWith(8)
                .at("00:00")
                .sees(20)
                .holdsBecause(SCALE_IN_NOT_UNANIMOUS);
    }

    @Test
    void aMissingRateBeatsAStepThatTakesAway() {
        autoscaler(stepping(step(null, 1.0, -3)))
                .startingWith(8)
                .metric("p95", 0.5)
                .at("00:00")
                .seesNothing()
                .holdsBecause(NO_DATA);
    }

    @Test
    void theScaleInHorizonBeatsTheLeadTimeDemand() {
        autoscaler(aPolicy())
                .startingWith(8)
                .forecasts(20, 60)
                .at("00:00")
                .sees(20)
                .decides(6)
                .because(FORECAST_HOLD);
    }

    @Test
    void aRestartBeatsEveryRuleThatAsksForFewer() {
        autoscaler(aPolicy())
                .startingWith(8)
                .restarted(true)
                .forecasts(20)
                .at("00:00")
                .sees(20)
                .holdsBecause(AFTER_RESTART);
    }

    @Test
    void theFallbackReplicasBeatTheHoldWithoutData() {
        autoscaler(aPolicy().fallback(1, 12))
                .startingWith(8)
                .at("00:00")
                .seesNothing()
                .decides(12)
                .trailIs(NO_DATA, FALLBACK);
    }

    // Limits: the later one has the last word.
    @Test
    void theScaleDownWindowBeatsAForecastThatFalls() {
        var story = autoscaler(aPolicy().scaleDown(ofMinutes(5), Select.MAX));
        story.forecasts(90).at("00:00").sees(20).decides(9);
        story.forecasts(20).at("00:01").sees(20).holdsBecause(SCALE_DOWN_STABILIZED);
    }

    @Test
    void theScaleUpWindowBeatsAForecast() {
        var story = autoscaler(aPolicy().scaleUp(ofMinutes(5), Select.MAX)).startingWith(2);
        story.forecasts(20).at("00:00").sees(20).decides(2);
        story.forecasts(90).at("00:01").sees(20).holdsBecause(SCALE_UP_STABILIZED);
    }

    @Test
    void theScaleUpPolicyBeatsAForecastAndAScheduledFloorDoesNot() {
        var slow = aPolicy().scaleUp(Duration.ZERO, Select.MAX, ONE_A_MINUTE);
        autoscaler(slow)
                .startingWith(2)
                .forecasts(90)
                .at("00:00")
                .sees(20)
                .decides(3)
                .because(SCALE_UP_LIMITED);
        autoscaler(slow.schedule(schedule(7, null)))
                .startingWith(2)
                .forecasts(90)
                .at("00:00")
                .sees(20)
                .decides(7)
                .trailIs(FORECAST_PRE_SCALE, SCALE_UP_LIMITED, SCHEDULE);
    }

    @Test
    void theScaleUpPolicyBeatsAStep() {
        autoscaler(stepping(step(1.0, null, 4)).scaleUp(Duration.ZERO, Select.MAX, ONE_A_MINUTE))
                .startingWith(5)
                .metric("p95", 2)
                .at("00:00")
                .sees(50)
                .decides(6)
                .trailIs(STEP, SCALE_UP_LIMITED);
    }

    @Test
    void theScaleDownWindowBeatsAStepThatTakesAway() {
        var story = autoscaler(stepping(step(null, 1.0, -3)).scaleDown(ofMinutes(5), Select.MAX));
        story.metric("p95", 5).at("00:00").sees(80).decides(8);
        story.metric("p95", 0.5).at("00:01").sees(10).holdsBecause(SCALE_DOWN_STABILIZED);
    }

    @Test
    void theScaleDownPolicyComesAfterTheWindow() {
        var story = autoscaler(aPolicy().scaleDown(ofMinutes(1), Select.MAX, ONE_A_MINUTE));
        story.at("00:00").sees(80).decides(8);
        story.at("00:01").sees(20).decides(7).trailIs(TARGET_TRACKING, SCALE_DOWN_LIMITED);
    }

    @Test
    void theMaximumBeatsTheScaleDownWindow() {
        autoscaler(aPolicy().replicas(1, 6).scaleDown(ofMinutes(5), Select.MAX, ONE_A_MINUTE))
                .startingWith(9)
                .at("00:00")
                .sees(90)
                .decides(6)
                .because(ABOVE_MAXIMUM);
    }

    @Test
    void theMinimumBeatsTheScaleUpWindowAndPolicy() {
        var story = autoscaler(aPolicy().replicas(4, 9).scaleUp(ofMinutes(5), Select.DISABLED));
        story.startingWith(1).at("00:00").sees(10).decides(4).because(BELOW_MINIMUM);
    }

    @Test
    void theMaximumBeatsAForecastWithHonorAndNotWithIncrease() {
        autoscaler(aPolicy().replicas(1, 6))
                .forecasts(90)
                .at("00:00")
                .sees(20)
                .decides(6)
                .because(ABOVE_MAXIMUM);
        autoscaler(aPolicy().increasingMaximum(1, 6, 0))
                .forecasts(90)
                .at("00:00")
                .sees(20)
                .decides(9)
                .because(MAXIMUM_RAISED);
    }

    @Test
    void theMaximumBeatsAStepAlsoWithIncrease() {
        autoscaler(stepping(step(1.0, null, 9)).increasingMaximum(1, 6, 0))
                .startingWith(5)
                .metric("p95", 2)
                .at("00:00")
                .sees(50)
                .decides(6)
                .trailIs(STEP, ABOVE_MAXIMUM);
    }

    @Test
    void theScaleDownWindowBeatsTheMaximumThatWasRaised() {
        var story = autoscaler(aPolicy().increasingMaximum(1, 6, 0).scaleDown(ofMinutes(5), Select.MAX));
        story.forecasts(90).at("00:00").sees(20).decides(9);
        story.forecasts(20).at("00:01").sees(20).decides(9).because(MAXIMUM_RAISED);
    }

    @Test
    void theMaximumBeatsAScheduledFloor() {
        autoscaler(aPolicy().replicas(1, 6).schedule(schedule(9, null)))
                .at("00:00")
                .sees(20)
                .decides(6)
                .trailIs(SCHEDULE, ABOVE_MAXIMUM);
    }

    @Test
    void aScheduledCeilingBeatsAForecastAlsoWithIncrease() {
        autoscaler(aPolicy().increasingMaximum(1, 40, 0).schedule(schedule(null, 5)))
                .forecasts(900)
                .at("00:00")
                .sees(20)
                .decides(5)
                .trailIs(FORECAST_PRE_SCALE, SCHEDULE);
    }

    @Test
    void aScheduledCeilingBeatsPresentLoad() {
        autoscaler(aPolicy().schedule(schedule(null, 5)))
                .forecasts(20)
                .at("00:00")
                .sees(90)
                .decides(5)
                .trailIs(PRESENT_LOAD, SCHEDULE);
    }

    @Test
    void aScheduledCeilingBeatsTheScaleDownWindow() {
        autoscaler(aPolicy().schedule(schedule(null, 5)).scaleDown(ofMinutes(5), Select.MAX))
                .startingWith(9)
                .at("00:00")
                .sees(90)
                .decides(5);
    }

    @Test
    void theMinimumBeatsAScheduledCeiling() {
        autoscaler(aPolicy().replicas(4, 40).schedule(schedule(null, 2)))
                .at("00:00")
                .sees(90)
                .decides(4);
    }

    @Test
    void aScheduledFloorBeatsAScheduledCeiling() {
        autoscaler(aPolicy().schedule(schedule(7, null)).schedule(schedule(null, 5)))
                .at("00:00")
                .sees(20)
                .decides(7);
    }

    @Test
    void aScheduledCeilingBeatsTheHoldAfterARestart() {
        autoscaler(aPolicy().schedule(schedule(null, 5)))
                .startingWith(9)
                .restarted(true)
                .at("00:00")
                .seesNothing()
                .decides(5)
                .trailIs(NO_DATA, AFTER_RESTART, SCHEDULE);
    }

    @Test
    void theMaximumBeatsMissingData() {
        autoscaler(aPolicy().replicas(1, 6))
                .startingWith(9)
                .at("00:00")
                .seesNothing()
                .decides(6)
                .trailIs(NO_DATA, ABOVE_MAXIMUM);
    }

    @Test
    void theMaximumBeatsTheFallbackReplicas() {
        autoscaler(aPolicy().replicas(1, 6).fallback(1, 12))
                .startingWith(3)
                .at("00:00")
                .seesNothing()
                .decides(6)
                .trailIs(NO_DATA, FALLBACK, ABOVE_MAXIMUM);
    }

    @Test
    void aRolloutBeatsScaleInOfEveryRule() {
        autoscaler(aPolicy())
                .startingWith(9)
                .rollingOut(true)
                .forecasts(20)
                .at("00:00")
                .sees(20)
                .holdsBecause(ROLLOUT_HOLD);
    }

    @Test
    void theMaximumBeatsARollout() {
        autoscaler(aPolicy().replicas(1, 6))
                .startingWith(9)
                .rollingOut(true)
                .at("00:00")
                .sees(20)
                .decides(6);
    }

    @Test
    void aScheduledCeilingBeatsARollout() {
        autoscaler(aPolicy().schedule(schedule(null, 5)))
                .startingWith(9)
                .rollingOut(true)
                .at("00:00")
                .sees(20)
                .decides(5);
    }

    @Test
    void scaleOutBeatsARollout() {
        autoscaler(aPolicy())
                .startingWith(3)
                .rollingOut(true)
                .at("00:00")
                .sees(90)
                .decides(9);
    }

    @Test
    void aPauseBeatsTheBounds() {
        autoscaler(aPolicy().replicas(2, 6))
                .startingWith(9)
                .paused(Pause.ALL)
                .at("00:00")
                .sees(20)
                .holdsBecause(PAUSED);
        autoscaler(aPolicy().replicas(2, 6))
                .startingWith(1)
                .paused(Pause.ALL)
                .at("00:00")
                .sees(20)
                .holdsBecause(PAUSED);
    }

    @Test
    void aPauseBeatsASchedule() {
        autoscaler(aPolicy().schedule(schedule(7, 7)))
                .startingWith(3)
                .paused(Pause.ALL)
                .at("00:00")
                .sees(20)
                .holdsBecause(PAUSED);
    }

    @Test
    void aPauseOfScaleInBeatsTheMaximumAndNotScaleOut() {
        var story = autoscaler(aPolicy().replicas(1, 6)).paused(Pause.SCALE_IN);
        story.startingWith(9).at("00:00").sees(20).holdsBecause(PAUSED);
        story.startingWith(3).at("00:01").sees(50).decides(5);
    }

    @Test
    void activationBeatsTheScaleUpRules() {
        autoscaler(aPolicy().replicas(0, 9).scaleUp(ofMinutes(5), Select.DISABLED))
                .startingWith(0)
                .at("00:00")
                .sees(50)
                .decides(1)
                .because(SCALE_UP_LIMITED);
    }
}
