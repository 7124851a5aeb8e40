package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.FORECAST_DISTRUSTED;
import static dev.prescale.scaling.ReasonCode.FORECAST_HOLD;
import static dev.prescale.scaling.ReasonCode.FORECAST_MISSED;
import static dev.prescale.scaling.ReasonCode.FORECAST_PRE_SCALE;
import static dev.prescale.scaling.ReasonCode.FORECAST_UNAVAILABLE;
import static dev.prescale.scaling.ReasonCode.PRESENT_LOAD;
import static dev.prescale.scaling.ReasonCode.SCALE_IN_NOT_UNANIMOUS;
import static dev.prescale.scaling.ReasonCode.SCHEDULE;
import static dev.prescale.scaling.ReasonCode.STEP;
import static dev.prescale.scaling.ReasonCode.TARGET_TRACKING;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.PolicyFixture.aPolicy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.prescale.scaling.ScalingPolicy.Schedule;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.testing.AutoscalerStory;
import dev.prescale.testing.PolicyFixture;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
                        "up to 90.0 req/s need 9 replicas at 10.0 req/s each until what is ordered now serves, 2 min ahead (quantile 0.95)")
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
                .says(FORECAST_UNAVAILABLE, "no forecast to act on (1 of 3 days of history): target tracking decides");
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
                        "scale-in waits: up to 70.0 req/s need 7 replicas at 10.0 req/s each within 2 min");
        story.forecasts(30, 400).at("00:01").sees(30).holdsBecause(FORECAST_HOLD); // kept, not added
    }

    @Test
    void scaleInNeverKeepsWhatThereIsWhileTheForecastCounts() {
        var story = autoscaler(halfUsed().scaleInNever()).startingWith(9);
        story.forecasts(30).at("00:00").sees(30).holdsBecause(SCALE_IN_NOT_UNANIMOUS);
        story.distrustsItsForecastOf(30).at("00:01").sees(30).decides(6);
    }

    @Test
    void aMissIsOverAfterTheSurpriseHold() {
        var story = story().forecasts(70);
        story.at("00:00").sees(60).decides(7).trailIs(FORECAST_PRE_SCALE);
        story.isMissedAt("00:01").at("00:01").sees(80).decides(16).because(FORECAST_MISSED);
        story.at("00:10:45").sees(60).decides(12).trailIs(FORECAST_MISSED, TARGET_TRACKING);
        story.at("00:11").sees(60).decides(7).trailIs(FORECAST_PRE_SCALE); // ten minutes after the miss
    }

    @Test
    void aFurtherMissBeginsTheHoldAnew() {
        var story = story().forecasts(70);
        story.isMissedAt("00:01").at("00:01").sees(80).decides(16);
        story.isMissedAt("00:08").at("00:08").sees(80).decides(16);
        story.at("00:17:45").sees(60).decides(12).because(FORECAST_MISSED);
        story.at("00:18").sees(60).decides(7).notBecause(FORECAST_MISSED);
    }

    @Test
    void distrustEndsTheHoldOfAMissAndTrustGoesOnWithIt() {
        var story = story().forecasts(200);
        story.isMissedAt("00:01").at("00:01").sees(60).decides(20).because(FORECAST_MISSED);
        story.distrustsItsForecastOf(200)
                .at("00:02")
                .sees(60)
                .decides(12)
                .trailIs(FORECAST_DISTRUSTED, TARGET_TRACKING);
        story.forecasts(70).at("00:03").sees(60).decides(12).because(FORECAST_MISSED);
        story.at("00:11").sees(60).decides(7);
    }

    @Test
    void aForecastThatIsLostWhileMissedLeavesTargetTrackingAlone() {
        var story = story().forecasts(200);
        story.isMissedAt("00:01").at("00:01").sees(60).decides(20);
        story.forecast(new ForecastView.Unavailable("stale"))
                .at("00:02")
                .sees(60)
                .decides(12)
                .trailIs(FORECAST_UNAVAILABLE, TARGET_TRACKING);
    }

    @Test
    void predictionIsSwitchedOffAndOn() {
        var story = story();
        story.forecasts(90).at("00:00").sees(60).decides(9);
        story.forecast(new ForecastView.Disabled())
                .at("00:01")
                .sees(60)
                .decides(12)
                .trailIs(TARGET_TRACKING)
                .proposes("forecast", null);
        story.forecasts(90).at("00:02").sees(60).decides(9).proposes("requestRate", null);
    }

    @Test
    void predictionThatIsOffInThePolicyIsOffWhateverIsForecast() {
        autoscaler(halfUsed().predictive(ScalingPolicy.Predictive.DEFAULT.disabled()))
                .forecasts(900)
                .at("00:00")
                .sees(60)
                .decides(12)
                .trailIs(TARGET_TRACKING);
    }

    @Test
    void addOnlyCountsTargetTrackingInEveryState() {
        var story = autoscaler(halfUsed().addOnly());
        story.forecasts(90).at("00:00").sees(60).decides(12);
        story.isMissedAt("00:01").at("00:01").sees(60).decides(12).because(FORECAST_MISSED);
        story.distrustsItsForecastOf(900).at("00:12").sees(60).decides(12);
        story.forecast(new ForecastView.Unavailable("stale"))
                .at("00:13")
                .sees(60)
                .decides(12);
        story.forecast(new ForecastView.Disabled()).at("00:14").sees(60).decides(12);
        story.forecasts(150).at("00:15").sees(60).decides(15).trailIs(FORECAST_PRE_SCALE);
    }

    static Stream<Arguments> states() {
        return Stream.of(
                arguments("trusted", available(true, false)),
                arguments("missed", available(true, true)),
                arguments("distrusted", available(false, false)),
                arguments("unavailable", new ForecastView.Unavailable("stale")),
                arguments("off", new ForecastView.Disabled()));
    }

    private static ForecastView available(boolean trusted, boolean missed) {
        return new ForecastView.Available(70, 70, Duration.ofMinutes(2), trusted, missed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void metricsStepsAndSchedulesCountInEveryState(String state, ForecastView view) {
        autoscaler(halfUsed().metric("queue", TargetType.AVERAGE_VALUE, 5))
                .forecast(view)
                .metric("queue", 100)
                .at("00:00")
                .sees(60)
                .decides(20);
        autoscaler(halfUsed().schedule(new Schedule("fair", now -> true, 20, null)))
                .forecast(view)
                .at("00:00")
                .sees(60)
                .decides(20)
                .because(SCHEDULE);
        var step = new StepRule(
                "requestRate", 50.0, null, Duration.ZERO, new StepRule.Change.Exact(20), Duration.ofMinutes(5));
        autoscaler(halfUsed().step(step))
                .forecast(view)
                .at("00:00")
                .sees(60)
                .decides(20)
                .because(STEP);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void noStateServesLessThanThePresentLoad(String state, ForecastView view) {
        autoscaler(aPolicy()).forecast(view).at("00:00").sees(200).decides(20);
    }
}
