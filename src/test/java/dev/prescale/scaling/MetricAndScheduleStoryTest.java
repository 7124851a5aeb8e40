package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.ABOVE_MAXIMUM;
import static dev.prescale.scaling.ReasonCode.FORECAST_PRE_SCALE;
import static dev.prescale.scaling.ReasonCode.SCALE_IN_NOT_UNANIMOUS;
import static dev.prescale.scaling.ReasonCode.SCHEDULE;
import static dev.prescale.scaling.ReasonCode.TARGET_TRACKING;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.DecisionAssert.assertThat;
import static dev.prescale.testing.PolicyFixture.aPolicy;

import dev.prescale.scaling.Observation.Phase;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Metrics beside the request rate, and scheduled floors and ceilings. */
class MetricAndScheduleStoryTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void theLargestOfSeveralMetricsDecides() {
        autoscaler(aPolicy()
                        .metric("cpu", TargetType.UTILIZATION, 0.7)
                        .metric("p95", TargetType.VALUE, 0.3)
                        .metric("queue", TargetType.AVERAGE_VALUE, 5))
                .startingWith(4)
                .metric("cpu", 0.81)
                .metric("p95", 0.41)
                .metric("queue", 60)
                .at("00:00")
                .sees(44)
                .decides(12)
                .proposes("requestRate", 4) // 44 / 40 is within tolerance
                .proposes("cpu", 5) // 0.81 / 0.7 * 4 = 4.6
                .proposes("p95", 6) // 0.41 / 0.3 * 4 = 5.5
                .proposes("queue", 12) // 60 / 5
                .says(TARGET_TRACKING, "queue is 60.0 in total, target 5.0 each: needs 12 replicas");
    }

    @Test
    void aMissingMetricHoldsScaleInButNotScaleOut() {
        var story =
                autoscaler(aPolicy().metric("cpu", TargetType.UTILIZATION, 0.7)).startingWith(6);
        story.at("00:00")
                .sees(20)
                .holdsBecause(SCALE_IN_NOT_UNANIMOUS)
                .says(
                        SCALE_IN_NOT_UNANIMOUS,
                        "no data for cpu, so that cpu cannot agree to scale-in: 6 replicas are kept");
        story.at("00:01").sees(90).decides(9).notBecause(SCALE_IN_NOT_UNANIMOUS);
        story.metric("cpu", 0.1).at("00:02").sees(20).decides(2);
    }

    @Test
    void metricsCountBesideATrustedForecast() {
        autoscaler(aPolicy().metric("queue", TargetType.AVERAGE_VALUE, 5))
                .forecasts(90)
                .metric("queue", 100)
                .at("00:00")
                .sees(60)
                .decides(20)
                .trailIs(TARGET_TRACKING);
    }

    @Test
    void aMetricThatNoReadyReplicaCanReportIsMissing() {
        var policy = aPolicy().metric("cpu", TargetType.UTILIZATION, 0.7).build();

        var decision = decide(policy, 0, Map.of("cpu", new RateReading.Known(0.9)), List.of());

        assertThat(decision).holdsBecause(SCALE_IN_NOT_UNANIMOUS).proposes("cpu", null);
    }

    @Test
    void podsAreReadWhereThereIsNoReadingOfTheWhole() {
        var policy = aPolicy().metric("cpu", TargetType.UTILIZATION, 0.5).build();
        var pods = List.of(pod(0.9, 1), pod(0.9, 1), pod(0.9, 1));

        assertThat(decide(policy, 3, Map.of(), pods))
                .decides(6) // 0.9 / 0.5 * 3 = 5.4
                .says(TARGET_TRACKING, "cpu is at 90 %, target 50 %: needs 6 replicas");
        assertThat(decide(policy, 3, Map.of("cpu", new RateReading.Known(0.6)), pods))
                .decides(4);
    }

    @Test
    void anAverageValueByPodIsAMeanAndNoTotal() {
        var policy = aPolicy().metric("cpu", TargetType.AVERAGE_VALUE, 0.3).build();

        assertThat(decide(policy, 3, Map.of(), List.of(pod(0.4, 1), pod(0.4, 1), pod(0.4, 1))))
                .decides(4)
                .says(TARGET_TRACKING, "cpu is 0.400 per pod, target 0.300: needs 4 replicas");
    }

    @Test
    void aPodWithoutARequestMakesItsMetricMissing() {
        var policy = aPolicy().metric("cpu", TargetType.UTILIZATION, 0.5).build();

        assertThat(decide(policy, 3, Map.of(), List.of(pod(0.9, 0), pod(0.9, 1))))
                .holdsBecause(SCALE_IN_NOT_UNANIMOUS)
                .says(
                        SCALE_IN_NOT_UNANIMOUS,
                        "a pod has no cpu request, so that cpu cannot agree to scale-in: 3 replicas are kept");
    }

    @Test
    void anOpenScheduleRaisesTheFloorAtOnce() {
        var story = autoscaler(aPolicy().schedule(from("08:00", "office", 4, null)));
        story.at("07:59").sees(10).decides(1);
        story.at("08:00")
                .sees(10)
                .decides(4)
                .trailIs(SCHEDULE)
                .says(SCHEDULE, "schedule office is open and keeps at least 4 replicas")
                .proposes("schedule:office", 4);
        story.at("08:01").seesNothing().decides(4);
    }

    @Test
    void anOpenScheduleLowersTheCeiling() {
        var story = autoscaler(aPolicy().schedule(from("20:00", "night", null, 3)));
        story.at("19:59").sees(60).decides(6);
        story.at("20:00").sees(60).decides(3).says(SCHEDULE, "6 replicas are above the maximum of 3 of schedule night");
    }

    @Test
    void theMaximumBeatsAScheduledFloorWhichBeatsAScheduledCeiling() {
        autoscaler(aPolicy().replicas(1, 5).schedule(from("00:00", "fair", 9, null)))
                .at("00:00")
                .sees(10)
                .decides(5)
                .because(ABOVE_MAXIMUM);
        autoscaler(aPolicy().schedule(from("00:00", "fair", 4, null)).schedule(from("00:00", "thrift", null, 2)))
                .at("00:00")
                .sees(10)
                .decides(4);
    }

    @Test
    void aFixedNumberIsFloorAndCeilingInOne() {
        var story = autoscaler(aPolicy().schedule(from("08:00", "show", 6, 6)));
        story.at("07:59").sees(90).decides(9);
        story.at("08:00").sees(90).decides(6).says(SCHEDULE, "9 replicas are above the maximum of 6 of schedule show");
        story.at("08:01")
                .sees(10)
                .decides(6)
                .trailIs(SCHEDULE)
                .says(SCHEDULE, "schedule show is open and keeps exactly 6 replicas");
    }

    @Test
    void ofOverlappingFloorsTheLargestCounts() {
        autoscaler(aPolicy().schedule(from("00:00", "day", 4, null)).schedule(from("00:00", "fair", 7, null)))
                .at("00:00")
                .sees(10)
                .decides(7)
                .says(SCHEDULE, "schedule fair is open and keeps at least 7 replicas");
    }

    @Test
    void ofOverlappingCeilingsTheSmallestCounts() {
        autoscaler(aPolicy().schedule(from("00:00", "day", null, 8)).schedule(from("00:00", "thrift", null, 3)))
                .at("00:00")
                .sees(90)
                .decides(3)
                .says(SCHEDULE, "9 replicas are above the maximum of 3 of schedule thrift");
    }

    @Test
    void aFloorBeatsAnOverlappingFixedNumberThatIsSmaller() {
        autoscaler(aPolicy().schedule(from("00:00", "show", 6, 6)).schedule(from("00:00", "fair", 8, null)))
                .at("00:00")
                .sees(90)
                .decides(8);
    }

    @Test
    void aForecastRaisesNoScheduledCeiling() {
        autoscaler(aPolicy().increasingMaximum(1, 40, 0).schedule(from("00:00", "thrift", null, 5)))
                .forecasts(900)
                .at("00:00")
                .sees(10)
                .decides(5)
                .trailIs(FORECAST_PRE_SCALE, SCHEDULE);
    }

    private static Schedule from(
            String time, String name, @Nullable Integer minReplicas, @Nullable Integer maxReplicas) {
        Instant start = Instant.parse("2024-01-01T" + time + ":00Z");
        return new Schedule(name, now -> !now.isBefore(start), minReplicas, maxReplicas);
    }

    /** A decision for three replicas without traffic. */
    private static ScalingDecision decide(
            ScalingPolicy policy, int ready, Map<String, RateReading> metrics, List<PodReading> pods) {
        var observation =
                new Observation(3, ready, new RateReading.Known(0), metrics, pods, false, Observation.Pause.NONE);
        return new CombinedDecisionRule()
                .decide(policy, observation, new ForecastView.Disabled(), ScalingHistory.NONE, START);
    }

    private static PodReading pod(double usedCores, double requestedCores) {
        return new PodReading(
                true, Phase.RUNNING, Map.of("cpu", usedCores), Map.of("cpu", requestedCores), false, false);
    }
}
