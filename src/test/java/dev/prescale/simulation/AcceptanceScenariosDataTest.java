package dev.prescale.simulation;

import static dev.prescale.simulation.StoryFleet.endpoint;
import static dev.prescale.testing.DecisionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointSpec;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbered acceptance scenarios on what comes in, through the whole production cycle; docs/decision.md lists all. */
class AcceptanceScenariosDataTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final String AT_ONCE = "behavior: {scaleDown: {stabilizationWindow: 0s}}";
    private static final EndpointSpec SHOP = endpoint("shop", AT_ONCE);

    private final StoryFleet fleet = new StoryFleet();

    private static Instant minute(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private void traffic(int from, int to, IntToDoubleFunction rate) {
        for (int m = from; m < to; m++) {
            fleet.minute("shop", minute(m), rate.applyAsDouble(m));
        }
    }

    /** Ten minutes that need 5 replicas, which are there. */
    private void begun() {
        fleet.replicas.put(SHOP.id(), 5);
        traffic(0, 10, m -> 50);
        fleet.start(START, SHOP).cycle(minute(10));
        assertThat(fleet.decision(SHOP)).decides(5);
    }

    @Test
    void scenario01InfluxErrorEmptyNanStaleAndZerosAreFiveOutcomes() {
        begun();
        fleet.history.failWith("connection refused");
        fleet.cycle(minute(11));
        assertThat(fleet.decision(SHOP)).holdsBecause(ReasonCode.HISTORY_FAILED);
        assertThat(fleet.snapshot(SHOP).requestRate()).isEqualTo(new RateReading.Failed("connection refused"));
        fleet.history.recover();

        // nothing since the tenth minute
        fleet.cycle(minute(14));
        assertThat(fleet.decision(SHOP)).holdsBecause(ReasonCode.STALE_DATA);

        traffic(10, 14, m -> m == 13 ? Double.NaN : 50);
        fleet.cycle(minute(14).plusSeconds(15));
        assertThat(fleet.decision(SHOP)).holdsBecause(ReasonCode.HISTORY_FAILED);
        assertThat(fleet.snapshot(SHOP).requestRate())
                .isEqualTo(new RateReading.Failed("value must be finite and >= 0, was NaN"));

        // zeros are traffic: the only one of the five that scales in
        traffic(13, 15, m -> 0);
        fleet.cycle(minute(15));
        assertThat(fleet.snapshot(SHOP).requestRate()).isEqualTo(new RateReading.Known(0));
        assertThat(fleet.decision(SHOP)).decides(1);

        var empty = new StoryFleet();
        empty.replicas.put(SHOP.id(), 5);
        empty.start(START, SHOP).cycle(minute(10));
        assertThat(empty.decision(SHOP)).holdsBecause(ReasonCode.NO_DATA);
    }

    @Test
    void scenario02WhatAppearsLaterIsScaledAndATargetChangedAtRunTimeCounts() {
        // a specification before its workload and its traffic: nothing is decided, then nothing is known, never 0
        fleet.start(START, SHOP).cycle(minute(1));
        assertThat(fleet.snapshot(SHOP).latest()).isNull();
        fleet.replicas.put(SHOP.id(), 3);
        fleet.cycle(minute(2));
        assertThat(fleet.decision(SHOP)).holdsBecause(ReasonCode.NO_DATA);
        traffic(2, 4, m -> 50);
        fleet.cycle(minute(4));
        assertThat(fleet.decision(SHOP)).decides(5);

        EndpointSpec other = endpoint(
                "shop",
                AT_ONCE,
                "reactive: {metrics: [{name: queue, target: {averageValue: 5}, %s}]}".formatted(gauge("queue")));
        fleet.history.write("gauges", Map.of(), "queue", minute(4), 40);
        fleet.replace(minute(5), other).cycle(minute(5));
        assertThat(fleet.decision(other)).decides(8).proposes("queue", 8);
        EndpointSpec tighter = endpoint(
                "shop",
                AT_ONCE,
                "reactive: {metrics: [{name: queue, target: {averageValue: 4}, %s}]}".formatted(gauge("queue")));
        fleet.replace(minute(5).plusSeconds(15), tighter).cycle(minute(5).plusSeconds(15));
        assertThat(fleet.decision(tighter)).decides(10).proposes("queue", 10);
    }

    static String gauge(String field) {
        return "influx: {bucket: traffic, measurement: gauges, field: %s}".formatted(field);
    }

    @Test
    void scenario04WithLessThanTwoSeasonsNothingDragsTheNumberDown() {
        fleet.replicas.put(SHOP.id(), 5);
        IntToDoubleFunction day = m -> 60 - 40 * Math.cos(2 * Math.PI * m / 1440) + new SplittableRandom(m).nextInt(5);
        traffic(0, 36 * 60, day);
        fleet.start(START, SHOP);
        for (int m = 10; m < 36 * 60; m += 10) {
            fleet.cycle(minute(m));
            ScalingDecision decision = fleet.decision(SHOP);
            int largest = decision.proposals().stream()
                    .map(Proposal::replicas)
                    .filter(Objects::nonNull)
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElseThrow();
            // the largest, never a mean of those that know and those that do not
            assertThat(decision.recommended()).isGreaterThanOrEqualTo(largest);
            if (m < 60) {
                assertThat(decision).proposes("forecast", null).because(ReasonCode.FORECAST_UNAVAILABLE);
                assertThat(decision.proposals().getFirst().replicas()).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-5, Double.NaN, Double.POSITIVE_INFINITY})
    void scenario05AForecastThatIsNoRateLeavesTargetTrackingInCharge(double demand) {
        var broken = new StoryFleet(FixedDemand.of(demand));
        broken.replicas.put(SHOP.id(), 3);
        for (int m = 0; m < 120; m++) {
            broken.minute("shop", minute(m), 50);
        }
        broken.start(START, SHOP).cycle(minute(120));
        assertThat(broken.decision(SHOP))
                .decides(5)
                .because(ReasonCode.FORECAST_UNAVAILABLE)
                .because(ReasonCode.TARGET_TRACKING);
    }

    @Test
    void scenario05ConstantZeroAndASingleSpikeAreForecastAsRates() {
        assertThat(replicasAfterADay(m -> 50)).isEqualTo(5);
        assertThat(replicasAfterADay(m -> 0)).isEqualTo(1);
        assertThat(replicasAfterADay(m -> m == 1_000 ? 900 : 50)).isBetween(5, 6);
    }

    private int replicasAfterADay(IntToDoubleFunction rate) {
        var story = new StoryFleet();
        story.replicas.put(SHOP.id(), 3);
        for (int m = 0; m < 30 * 60; m++) {
            story.minute("shop", minute(m), rate.applyAsDouble(m));
        }
        story.start(START, SHOP).cycle(minute(30 * 60));
        LeadTimeDemand demand = Objects.requireNonNull(story.snapshot(SHOP).leadTimeDemand());
        assertThat(demand.rates())
                .allSatisfy(value -> assertThat(value).isFinite().isNotNegative());
        return story.decision(SHOP).replicas();
    }

    @Test
    void scenario06LateDuplicateAndFuturePointsAndAClockThatGoesBackTakeNothingAway() {
        begun();
        // minute 10 is lost, minute 11 came twice: the second replaces the first
        traffic(11, 12, m -> 90);
        traffic(11, 12, m -> 60);
        fleet.cycle(minute(12));
        assertThat(fleet.decision(SHOP)).decides(6);
        assertThat(fleet.snapshot(SHOP).history().isGap(10)).isTrue();
        // minute 10 comes late
        traffic(10, 11, m -> 55);
        fleet.cycle(minute(12).plusSeconds(15));
        assertThat(fleet.snapshot(SHOP).history().rateAt(10)).isEqualTo(55);
        // a writer's clock is ahead: its points are not the present
        traffic(14, 15, m -> 900);
        traffic(12, 13, m -> 60);
        fleet.cycle(minute(13));
        assertThat(fleet.decision(SHOP)).decides(6);
        // our own clock is set back by two minutes
        fleet.cycle(minute(11));
        assertThat(fleet.decision(SHOP).replicas()).isEqualTo(6);
        fleet.cycle(minute(13).plusSeconds(15));
        assertThat(fleet.decision(SHOP)).decides(6);
    }

    @Test
    void scenario06SchedulesFollowTheClockOfTheBusinessOverDstLeapDayAndAChangeOfZone() {
        EndpointSpec berlin = office("Europe/Berlin");
        // 31 March 2024 has 23 hours in Berlin, 27 October 25, and 29 February is a day
        assertThat(replicasOfOfficeAt(berlin, "2024-03-30T06:59:45Z")).isEqualTo(1);
        assertThat(replicasOfOfficeAt(berlin, "2024-03-30T07:00:00Z")).isEqualTo(4);
        assertThat(replicasOfOfficeAt(berlin, "2024-03-31T05:59:45Z")).isEqualTo(1);
        assertThat(replicasOfOfficeAt(berlin, "2024-03-31T06:00:00Z")).isEqualTo(4);
        assertThat(replicasOfOfficeAt(berlin, "2024-10-27T06:59:45Z")).isEqualTo(1);
        assertThat(replicasOfOfficeAt(berlin, "2024-10-27T07:00:00Z")).isEqualTo(4);
        assertThat(replicasOfOfficeAt(berlin, "2024-02-29T07:00:00Z")).isEqualTo(4);
        // the business moves
        assertThat(replicasOfOfficeAt(office("America/New_York"), "2024-01-10T07:00:00Z"))
                .isEqualTo(1);
        assertThat(replicasOfOfficeAt(office("America/New_York"), "2024-01-10T13:00:00Z"))
                .isEqualTo(4);
    }

    private static EndpointSpec office(String zone) {
        return endpoint(
                "shop",
                AT_ONCE,
                "timeZone: " + zone,
                "schedules: [{name: office, start: \"0 8 * * *\", end: \"0 19 * * *\", minReplicas: 4}]");
    }

    private static int replicasOfOfficeAt(EndpointSpec spec, String time) {
        Instant now = Instant.parse(time);
        var story = new StoryFleet();
        story.replicas.put(spec.id(), 1);
        for (int m = 1; m <= 10; m++) {
            story.minute("shop", now.minusSeconds(60L * m + now.getEpochSecond() % 60), 5);
        }
        story.start(now, spec).cycle(now);
        return story.decision(spec).replicas();
    }
}
