package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.ABOVE_MAXIMUM;
import static dev.prescale.scaling.ReasonCode.BELOW_MINIMUM;
import static dev.prescale.scaling.ReasonCode.FORECAST_PRE_SCALE;
import static dev.prescale.scaling.ReasonCode.MAXIMUM_RAISED;
import static dev.prescale.scaling.ReasonCode.PAUSED;
import static dev.prescale.scaling.ReasonCode.ROLLOUT_HOLD;
import static dev.prescale.scaling.ReasonCode.SCALE_DOWN_LIMITED;
import static dev.prescale.scaling.ReasonCode.SCALE_DOWN_STABILIZED;
import static dev.prescale.scaling.ReasonCode.SCALE_UP_LIMITED;
import static dev.prescale.scaling.ReasonCode.SCALE_UP_STABILIZED;
import static dev.prescale.scaling.ReasonCode.TARGET_TRACKING;
import static dev.prescale.scaling.ReasonCode.WITHIN_TOLERANCE;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.PolicyFixture.aPolicy;
import static java.time.Duration.ofMinutes;

import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.ScalingPolicy.ReplicaChangePolicy;
import dev.prescale.scaling.ScalingPolicy.Select;
import org.junit.jupiter.api.Test;

/** One story per limit. One replica serves 10 req/s unless a story says otherwise. */
class LimitStoryTest {
    @Test
    void targetTrackingSizesForTheTargetUtilization() {
        var story = autoscaler(aPolicy().capacityPerReplica(100).targetUtilization(0.5));
        story.at("00:00").sees(400).decides(8).trailIs(TARGET_TRACKING); // 400 / (100 * 0.5)
        story.at("00:01").sees(100).decides(2).says(TARGET_TRACKING, "100.0 req/s need 2 replicas at 50.0 req/s each");
    }

    @Test
    void smallChangesAreWithinTolerance() {
        var story = autoscaler(aPolicy()).startingWith(10);
        story.at("00:00").sees(109).holdsBecause(WITHIN_TOLERANCE);
        story.at("00:01")
                .sees(91)
                .holdsBecause(WITHIN_TOLERANCE)
                .says(
                        WITHIN_TOLERANCE,
                        "91.0 req/s are within 10 % of the 100.0 req/s that 10 replicas serve at 10.0 req/s each");
        story.at("00:02").sees(111).decides(12);
    }

    @Test
    void toleranceMayDifferByDirection() {
        var story = autoscaler(aPolicy().tolerance(0, 0.5)).startingWith(10);
        story.at("00:00").sees(60).holdsBecause(WITHIN_TOLERANCE);
        story.at("00:01").sees(101).decides(11);
    }

    @Test
    void scaleDownWaitsForTheStabilizationWindow() {
        var story = autoscaler(
                aPolicy().capacityPerReplica(100).targetUtilization(0.5).scaleDown(ofMinutes(5), Select.MAX));
        story.at("00:00").sees(400).decides(8); // 400 / (100 * 0.5)
        story.at("00:04").sees(100).holdsBecause(SCALE_DOWN_STABILIZED).recommends(2);
        story.at("00:06").sees(100).decides(2); // the 8 has scrolled out
    }

    @Test
    void scaleDownStopsAtTheHighestRecommendationOfTheWindow() {
        var story = autoscaler(aPolicy().scaleDown(ofMinutes(5), Select.MAX));
        story.at("00:00").sees(80).decides(8);
        story.at("00:02").sees(40).decides(8);
        story.at("00:05")
                .sees(20)
                .decides(4)
                .says(
                        SCALE_DOWN_STABILIZED,
                        "as many as 4 replicas were recommended within the last 5 min, so that scale-down waits");
    }

    @Test
    void scaleUpWaitsForItsOwnWindow() {
        var story = autoscaler(aPolicy().scaleUp(ofMinutes(1), Select.MAX)).startingWith(2);
        story.at("00:00").sees(20).decides(2);
        story.at("00:00:30").sees(80).holdsBecause(SCALE_UP_STABILIZED);
        story.at("00:01:15").sees(60).decides(6); // the 2 has scrolled out; 8 and 6 remain
    }

    @Test
    void scaleUpGoesAsFarAsTheLowestRecommendationOfItsWindow() {
        var story = autoscaler(aPolicy().scaleUp(ofMinutes(1), Select.MAX)).startingWith(2);
        story.paused(Pause.ALL).at("00:00").sees(60).decides(2).recommends(6);
        story.paused(Pause.NONE)
                .at("00:00:30")
                .sees(80)
                .decides(6)
                .says(
                        SCALE_UP_STABILIZED,
                        "as few as 6 replicas were recommended within the last 1 min, so that scale-up waits");
    }

    @Test
    void stabilizationComesBeforeThePolicies() {
        var story = autoscaler(
                        aPolicy().scaleDown(ofMinutes(5), Select.MAX, ReplicaChangePolicy.replicas(3, ofMinutes(1))))
                .startingWith(20);
        story.at("00:00").sees(150).decides(17).trailIs(TARGET_TRACKING, SCALE_DOWN_LIMITED);
        // from 17 the 15 of a minute ago is the stabilized number, and the policy allows 14
        story.at("00:02").sees(50).decides(15).trailIs(TARGET_TRACKING, SCALE_DOWN_STABILIZED);
    }

    @Test
    void aDirectionThatIsDisabledSaysSo() {
        var story = autoscaler(aPolicy().scaleUp(ofMinutes(0), Select.DISABLED)).startingWith(5);
        story.at("00:00")
                .sees(200)
                .holdsBecause(SCALE_UP_LIMITED)
                .says(SCALE_UP_LIMITED, "scale-up is disabled: 5 replicas are kept");
    }

    @Test
    void scaleUpIsLimitedPerPeriod() {
        var story =
                autoscaler(aPolicy().scaleUp(ofMinutes(0), Select.MAX, ReplicaChangePolicy.replicas(4, ofMinutes(1))));
        story.at("00:00").sees(200).decides(5).because(SCALE_UP_LIMITED);
        story.at("00:00:30").sees(200).holdsBecause(SCALE_UP_LIMITED);
        story.at("00:01")
                .sees(200)
                .decides(9)
                .says(SCALE_UP_LIMITED, "the scale-up policies allow at most 9 replicas now");
    }

    @Test
    void scaleDownIsLimitedPerPeriod() {
        var story = autoscaler(
                        aPolicy().scaleDown(ofMinutes(0), Select.MAX, ReplicaChangePolicy.percent(50, ofMinutes(1))))
                .startingWith(16);
        story.at("00:00").sees(10).decides(8).because(SCALE_DOWN_LIMITED);
        story.at("00:00:30").sees(10).holdsBecause(SCALE_DOWN_LIMITED); // 16 at the start of the minute
        story.at("00:01").sees(10).decides(4);
    }

    @Test
    void disabledScaleDownNeverTakesAway() {
        var story =
                autoscaler(aPolicy().scaleDown(ofMinutes(0), Select.DISABLED)).startingWith(9);
        story.at("00:00").sees(10).holdsBecause(SCALE_DOWN_LIMITED);
        story.at("00:01").sees(100).decides(10);
    }

    @Test
    void theBoundsHold() {
        var story = autoscaler(aPolicy().replicas(2, 6));
        story.at("00:00").sees(100).decides(6).says(ABOVE_MAXIMUM, "10 replicas are above the maximum of 6");
        story.at("00:01").sees(0).decides(2).says(BELOW_MINIMUM, "0 replicas are below the minimum of 2");
    }

    @Test
    void aWorkloadOutsideItsBoundsIsBroughtBackAtOnceWithoutData() {
        var slow = ReplicaChangePolicy.replicas(1, ofMinutes(10));
        var policy = aPolicy()
                .replicas(4, 6)
                .scaleUp(ofMinutes(5), Select.MAX, slow)
                .scaleDown(ofMinutes(5), Select.MAX, slow);
        autoscaler(policy).startingWith(1).at("00:00").seesNothing().decides(4).because(BELOW_MINIMUM);
        autoscaler(policy).startingWith(9).at("00:00").seesNothing().decides(6).because(ABOVE_MAXIMUM);
    }

    @Test
    void aForecastMayRaiseTheMaximumWithABuffer() {
        var story = autoscaler(aPolicy().increasingMaximum(1, 40, 0.1));
        story.forecasts(500).at("00:00").sees(100).decides(50).because(MAXIMUM_RAISED);
        story.at("00:01")
                .sees(700) // present load needs 70, the raised maximum is 50 * 1.1
                .decides(55)
                .says(
                        MAXIMUM_RAISED,
                        "the forecast needs 50 replicas, more than the maximum of 40, which is raised to 55");
    }

    @Test
    void presentLoadAloneRaisesNoMaximum() {
        var story = autoscaler(aPolicy().increasingMaximum(1, 40, 0.1)).forecasts(300);
        story.at("00:00").sees(500).decides(40).because(ABOVE_MAXIMUM).notBecause(MAXIMUM_RAISED);
    }

    @Test
    void aRolloutHoldsScaleInButNotScaleOut() {
        var story = autoscaler(aPolicy()).startingWith(8).rollingOut(true);
        story.at("00:00").sees(20).holdsBecause(ROLLOUT_HOLD);
        story.at("00:01").sees(120).decides(12).notBecause(ROLLOUT_HOLD);
        story.rollingOut(false).at("00:02").sees(20).decides(2);
    }

    @Test
    void aRolloutDoesNotHoldReplicasAboveTheMaximum() {
        var story = autoscaler(aPolicy().replicas(1, 5)).startingWith(8).rollingOut(true);
        story.at("00:00").sees(20).decides(5).trailIs(TARGET_TRACKING, ROLLOUT_HOLD);
    }

    @Test
    void aPauseHoldsEverything() {
        var story = autoscaler(aPolicy().replicas(2, 6)).startingWith(8).paused(Pause.ALL);
        story.at("00:00").sees(20).holdsBecause(PAUSED);
        story.at("00:01").sees(500).holdsBecause(PAUSED);
        story.paused(Pause.NONE).at("00:02").sees(20).decides(2);
    }

    @Test
    void aPauseOfScaleInLetsScaleOutThrough() {
        var story = autoscaler(aPolicy()).startingWith(8).paused(Pause.SCALE_IN);
        story.at("00:00").sees(20).holdsBecause(PAUSED);
        story.at("00:01").sees(90).decides(9).notBecause(PAUSED);
    }

    @Test
    void anIdleWorkloadGoesToZeroAndIsActivatedByDemand() {
        var byPercent = ReplicaChangePolicy.percent(100, ofMinutes(1));
        var story = autoscaler(aPolicy().replicas(0, 10).scaleUp(ofMinutes(0), Select.MAX, byPercent));
        story.at("00:00").sees(0).decides(0);
        story.at("00:01").sees(0).decides(0);
        story.at("00:02").sees(25).decides(1).because(SCALE_UP_LIMITED); // one may always be added to none
        story.at("00:03").sees(25).decides(2);
    }

    @Test
    void zeroIsLeftWhateverTheChangeRulesSay() {
        var story = autoscaler(aPolicy()
                        .replicas(0, 10)
                        .scaleUp(ofMinutes(5), Select.DISABLED, ReplicaChangePolicy.percent(10, ofMinutes(1))))
                .startingWith(0);
        story.at("00:00").sees(0).decides(0);
        story.at("00:01").sees(25).decides(1).trailIs(TARGET_TRACKING, SCALE_UP_STABILIZED);
        story.at("00:02").sees(25).decides(1); // what comes after the first obeys the rules
    }

    @Test
    void zeroIsLeftOneLeadTimeAheadOfTheTraffic() {
        var story = autoscaler(aPolicy().replicas(0, 10)).startingWith(0);
        story.forecasts(0).at("00:00").sees(0).decides(0);
        story.forecasts(5) // within two minutes
                .at("00:01")
                .sees(0)
                .decides(1)
                .trailIs(FORECAST_PRE_SCALE);
        story.forecasts(5).at("00:03").sees(4).decides(1);
        story.forecasts(0).at("00:09").sees(0).decides(0);
    }

    @Test
    void withoutDataZeroStaysZero() {
        autoscaler(aPolicy().replicas(0, 10))
                .startingWith(0)
                .at("00:00")
                .seesNothing()
                .decides(0);
    }

    @Test
    void aRaisedMaximumStaysAsLongAsTheScaleDownWindow() {
        var story = autoscaler(aPolicy().increasingMaximum(1, 40, 0).scaleDown(ofMinutes(5), Select.MAX));
        story.forecasts(500).at("00:00").sees(100).decides(50).because(MAXIMUM_RAISED);
        story.forecasts(300)
                .at("00:01")
                .sees(100)
                .decides(50)
                .trailIs(FORECAST_PRE_SCALE, SCALE_DOWN_STABILIZED, MAXIMUM_RAISED)
                .says(
                        MAXIMUM_RAISED,
                        "the maximum of 40 was raised and stays at 50 until the scale-down window is over");
        story.forecasts(450).at("00:04").sees(100).decides(50);
        story.forecasts(300).at("00:05").sees(100).decides(45).because(MAXIMUM_RAISED); // the 50 has scrolled out
        story.forecasts(300).at("00:09").sees(100).decides(30).notBecause(MAXIMUM_RAISED);
    }

    @Test
    void aSlowScaleDownPolicyKeepsNothingAboveTheRaisedMaximum() {
        var story = autoscaler(aPolicy()
                .increasingMaximum(1, 40, 0)
                .scaleDown(ofMinutes(0), Select.MAX, ReplicaChangePolicy.replicas(1, ofMinutes(1))));
        story.forecasts(500).at("00:00").sees(100).decides(50);
        story.forecasts(450).at("00:01").sees(100).decides(45).because(MAXIMUM_RAISED);
        story.forecasts(300).at("00:02").sees(100).decides(40).because(ABOVE_MAXIMUM);
    }

    @Test
    void withoutDataARaisedMaximumIsHeld() {
        var story = autoscaler(aPolicy().increasingMaximum(1, 40, 0));
        story.forecasts(500).at("00:00").sees(100).decides(50);
        story.forecasts(100).at("00:01").seesNothing().decides(50).because(MAXIMUM_RAISED);
    }

    @Test
    void aMaximumThatNobodyRaisedIsKeptAtOnce() {
        autoscaler(aPolicy().increasingMaximum(1, 40, 0))
                .startingWith(200)
                .at("00:00")
                .sees(100)
                .decides(10);
        autoscaler(aPolicy().replicas(1, 40).scaleDown(ofMinutes(5), Select.MAX))
                .startingWith(50)
                .at("00:00")
                .sees(450)
                .decides(40)
                .because(ABOVE_MAXIMUM);
    }
}
