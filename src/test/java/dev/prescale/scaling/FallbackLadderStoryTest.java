package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.AFTER_RESTART;
import static dev.prescale.scaling.ReasonCode.FALLBACK;
import static dev.prescale.scaling.ReasonCode.FORECAST_PRE_SCALE;
import static dev.prescale.scaling.ReasonCode.HISTORY_FAILED;
import static dev.prescale.scaling.ReasonCode.NO_DATA;
import static dev.prescale.scaling.ReasonCode.STALE_DATA;
import static dev.prescale.scaling.ReasonCode.TARGET_TRACKING;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.PolicyFixture.aPolicy;
import static java.time.Duration.ofMinutes;

import dev.prescale.scaling.RateReading.Failed;
import dev.prescale.scaling.RateReading.Stale;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import org.junit.jupiter.api.Test;

/** Trusted forecast, reactive rules, hold, hold and alarm: one story per rung. */
class FallbackLadderStoryTest {
    @Test
    void aTrueZeroIsDataAndScalesIn() {
        autoscaler(aPolicy()).startingWith(5).at("00:00").sees(0).decides(1).notBecause(NO_DATA);
    }

    @Test
    void nothingFromTheSourceHolds() {
        autoscaler(aPolicy())
                .startingWith(5)
                .at("00:00")
                .seesNothing()
                .holdsBecause(NO_DATA)
                .trailIs(NO_DATA)
                .proposes("requestRate", null)
                .says(NO_DATA, "no data for requestRate: no replicas are taken away");
    }

    @Test
    void staleDataHold() {
        autoscaler(aPolicy())
                .startingWith(5)
                .at("00:00")
                .sees(new Stale(ofMinutes(4)))
                .holdsBecause(STALE_DATA)
                .says(STALE_DATA, "the newest data for requestRate are 4 min old: no replicas are taken away");
    }

    @Test
    void aFailedReadHolds() {
        autoscaler(aPolicy())
                .startingWith(5)
                .at("00:00")
                .sees(new Failed("connection refused"))
                .holdsBecause(HISTORY_FAILED)
                .says(HISTORY_FAILED, "requestRate could not be read: connection refused: no replicas are taken away");
    }

    @Test
    void withoutARateAMetricMayAddButNotTakeAway() {
        var story =
                autoscaler(aPolicy().metric("cpu", TargetType.UTILIZATION, 0.5)).startingWith(4);
        story.metric("cpu", 0.25)
                .at("00:00")
                .seesNothing()
                .holdsBecause(NO_DATA)
                .trailIs(TARGET_TRACKING, NO_DATA);
        story.metric("cpu", 1.0).at("00:01").seesNothing().decides(8).trailIs(TARGET_TRACKING, NO_DATA);
    }

    @Test
    void withoutARateATrustedForecastMayAddButNotTakeAway() {
        var story = autoscaler(aPolicy()).startingWith(4);
        story.forecasts(80).at("00:00").seesNothing().decides(8).trailIs(FORECAST_PRE_SCALE, NO_DATA);
        story.forecasts(20).at("00:01").seesNothing().holdsBecause(NO_DATA);
    }

    @Test
    void afterTooManyCyclesWithoutDataTheFallbackReplicasAreTheFloor() {
        var story = autoscaler(aPolicy().fallback(3, 7)).startingWith(4);
        story.at("00:00").seesNothing().holdsBecause(NO_DATA).notBecause(FALLBACK);
        story.at("00:01").seesNothing().holdsBecause(NO_DATA).notBecause(FALLBACK);
        story.at("00:02")
                .seesNothing()
                .decides(7)
                .says(FALLBACK, "no request rate for 3 cycles in a row: at least 7 replicas");
        story.at("00:03").seesNothing().holdsBecause(FALLBACK);
        story.at("00:04").sees(40).decides(4).notBecause(FALLBACK);
        story.at("00:05").seesNothing().holdsBecause(NO_DATA).notBecause(FALLBACK); // counts from the start again
    }

    @Test
    void fallbackReplicasNeverTakeAway() {
        autoscaler(aPolicy().fallback(1, 2))
                .startingWith(6)
                .at("00:00")
                .seesNothing()
                .holdsBecause(FALLBACK);
    }

    @Test
    void withoutFallbackReplicasTheAlarmIsRaisedAndTheReplicasAreHeld() {
        autoscaler(aPolicy().fallback(1, null))
                .startingWith(6)
                .at("00:00")
                .seesNothing()
                .holdsBecause(FALLBACK)
                .says(FALLBACK, "no request rate for 1 cycle in a row: 6 replicas are held");
    }

    @Test
    void afterARestartNothingIsTakenAwayUntilTheHistoryIsRead() {
        var story = autoscaler(aPolicy()).startingWith(6).restarted(true);
        story.at("00:00").seesNothing().holdsBecause(AFTER_RESTART);
        story.at("00:01").sees(20).holdsBecause(AFTER_RESTART);
        story.at("00:02").sees(80).decides(8);
        story.restarted(false).at("00:03").sees(20).decides(2).notBecause(AFTER_RESTART);
    }
}
