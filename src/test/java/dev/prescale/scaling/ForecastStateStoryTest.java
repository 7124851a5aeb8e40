package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.FORECAST_DISTRUSTED;
import static dev.prescale.scaling.ReasonCode.FORECAST_HOLD;
import static dev.prescale.scaling.ReasonCode.FORECAST_MISSED;
import static dev.prescale.scaling.ReasonCode.FORECAST_PRE_SCALE;
import static dev.prescale.scaling.ReasonCode.FORECAST_UNAVAILABLE;
import static dev.prescale.scaling.ReasonCode.PRESENT_LOAD;
import static dev.prescale.scaling.ReasonCode.SCALE_IN_NOT_UNANIMOUS;
import static dev.prescale.scaling.ReasonCode.TARGET_TRACKING;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.PolicyFixture.aPolicy;

import dev.prescale.testing.AutoscalerStory;
import dev.prescale.testing.PolicyFixture;
import org.junit.jupiter.api.Test;

/**
 * Each row and each passage of the table at {@link ForecastState}. A replica sustains 10 req/s; target tracking plans
 * with half of that, so that 60 req/s are 6 replicas of present load and 12 of target tracking.
 */
class ForecastStateStoryTest {
    private static PolicyFixture halfUsed() {
        return aPolicy().targetUtilization(0.5);
    }

    private static AutoscalerStory story() {
        return autoscaler(halfUsed());
    }

    @Test
    void aTrustedForecastSizesAheadOfTheLoad() {
        story().forecasts(90)
                .at("00:00")
                .sees(60)
                .decides(9)
                .trailIs(FORECAST_PRE_SCALE)
                .says(
                        FORECAST_PRE_SCALE,
                        "lead-time demand: up to 90.0 req/s need 9 replicas at 10.0 req/s each within 2 min (quantile 0.95)")
                .proposes("requestRate", null)
                .proposes("presentLoad", 6)
                .proposes("forecast", 9);
    }

    @Test
    void presentLoadIsTheFloorUnderATrustedForecast() {
        story().forecasts(40)
                .at("00:00")
                .sees(60)
                .decides(6)
                .trailIs(PRESENT_LOAD)
                .says(PRESENT_LOAD, "60.0 req/s need 6 replicas at 10.0 req/s each at full capacity");
    }

    @Test
    void aMissLetsTargetTrackingJoinUntilTheRateIsInsideAgain() {
        var story = story();
        story.forecasts(70).at("00:00").sees(60).decides(7);
        story.forecastsWithAMiss(70).at("00:01").sees(90).decides(18).trailIs(FORECAST_MISSED, TARGET_TRACKING);
        story.forecasts(95).at("00:11").sees(90).decides(10).notBecause(FORECAST_MISSED); // 95 / 10
    }

    @Test
    void aMissedForecastStillCounts() {
        story().forecastsWithAMiss(200).at("00:00").sees(60).decides(20).trailIs(FORECAST_MISSED, FORECAST_PRE_SCALE);
    }

    @Test
    void aDistrustedForecastIsSilentUntilItIsTrustedAgain() {
        var story = story();
        story.distrustsItsForecastOf(900)
                .at("00:00")
                .sees(60)
                .decides(12)
                .trailIs(FORECAST_DISTRUSTED, TARGET_TRACKING)
                .proposes("forecast", null);
        story.forecasts(90).at("06:00").sees(60).decides(9).notBecause(FORECAST_DISTRUSTED);
        story.distrustsItsForecastOf(90).at("09:00").sees(60).decides(12);
    }

    @Test
    void withoutAForecastTargetTrackingDecidesUntilThereIsOne() {
        var story = story();
        story.forecast(new ForecastView.Unavailable("1 of 3 days of history"))
                .at("00:00")
                .sees(60)
                .decides(12)
                .trailIs(FORECAST_UNAVAILABLE, TARGET_TRACKING)
                .says(FORECAST_UNAVAILABLE, "no forecast (1 of 3 days of history): target tracking decides");
        story.forecasts(90).at("00:01").sees(60).decides(9);
        story.forecast(new ForecastView.Unavailable("stale"))
                .at("00:02")
                .sees(60)
                .decides(12);
    }

    @Test
    void aDisabledForecastLeavesNoTrace() {
        story().forecast(new ForecastView.Disabled())
                .at("00:00")
                .sees(60)
                .decides(12)
                .trailIs(TARGET_TRACKING);
    }

    @Test
    void addOnlyIsNeverBelowTargetTracking() {
        var story = autoscaler(halfUsed().addOnly());
        story.forecasts(90).at("00:00").sees(60).decides(12).trailIs(TARGET_TRACKING);
        story.forecasts(150).at("00:01").sees(60).decides(15).trailIs(FORECAST_PRE_SCALE);
        story.distrustsItsForecastOf(900).at("00:02").sees(60).decides(12);
    }

    @Test
    void theForecastRefusesScaleInOfReplicasItNeedsSoon() {
        var story = story().startingWith(9);
        story.forecasts(90).at("00:00").sees(30).holdsBecause(FORECAST_HOLD).trailIs(FORECAST_HOLD);
        story.forecasts(40).at("00:01").sees(30).decides(4).trailIs(FORECAST_PRE_SCALE);
    }

    @Test
    void aLongerScaleInHorizonKeepsReplicasOverAShortDip() {
        var story = story().startingWith(9);
        story.forecasts(30, 70)
                .at("00:00")
                .sees(30)
                .decides(7)
                .trailIs(PRESENT_LOAD, FORECAST_HOLD)
                .says(
                        FORECAST_HOLD,
                        "scale-in waits: up to 70.0 req/s need 7 replicas at 10.0 req/s each within the scale-in horizon");
        story.forecasts(30, 400).at("00:01").sees(30).holdsBecause(FORECAST_HOLD); // kept, not added
    }

    @Test
    void scaleInNeverKeepsWhatThereIsWhileTheForecastCounts() {
        var story = autoscaler(halfUsed().scaleInNever()).startingWith(9);
        story.forecasts(30).at("00:00").sees(30).holdsBecause(SCALE_IN_NOT_UNANIMOUS);
        story.distrustsItsForecastOf(30).at("00:01").sees(30).decides(6);
    }
}
