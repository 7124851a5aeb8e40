package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.TEN_MINUTES;
import static dev.prescale.testing.Snapshots.aScore;
import static dev.prescale.testing.Snapshots.aSnapshot;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.accuracy.HorizonBucket;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointAccuracy;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SeriesQuality;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What the page shows in its tests: two endpoints with a week of history and numbers that can be read off a chart. */
final class PageFixture {
    static final EndpointSpec CHECKOUT = Specs.anEndpoint("checkout");
    static final EndpointSpec CHAT = Specs.anEndpoint("chat");

    private static final Instant WEEK_AGO = NOON.minus(Duration.ofDays(7));
    private static final int MINUTES_A_DAY = 1_440;
    private static final int FORECAST_STEPS = 288;

    private PageFixture() {}

    /** 44 req/s now, 200 (150 to 260) ahead, 3 replicas asked for and 2 ready, told to go to 5. */
    static EndpointSnapshot checkout() {
        return checkout(44);
    }

    static EndpointSnapshot checkout(double requestRate) {
        return aSnapshot(CHECKOUT)
                .history(week())
                .requestRate(new RateReading.Known(requestRate))
                .forecast(flatForecast())
                .accuracy(new EndpointAccuracy(
                        null,
                        List.of(
                                aScore(
                                        HorizonBucket.WITHIN_1H,
                                        new GateStatus(GateStatus.State.TRUSTED, NOON, 0.8, "weekNaive", 1.6)),
                                aScore(HorizonBucket.FROM_24H_TO_48H, null))))
                .latest(decision(NOON, 3, 5))
                .build();
    }

    /** Its samples are seven minutes old, and there is no forecast. */
    static EndpointSnapshot chat() {
        return aSnapshot(CHAT)
                .history(week())
                .requestRate(new RateReading.Stale(Duration.ofMinutes(7)))
                .forecast(null)
                .leadTimeDemand(null)
                .gate(GateStatus.unknown(NOON))
                .latest(null)
                .warnings("The newest sample is 420 s old.")
                .build();
    }

    /** The same, held by an operator. */
    static EndpointSpec paused(EndpointSpec spec) {
        return new EndpointSpec(
                spec.id(),
                spec.mode(),
                spec.scaleTargetRef(),
                spec.policy(),
                spec.calendar(),
                spec.traffic(),
                spec.history(),
                spec.metricSources(),
                new EndpointSpec.Pausing(true, false));
    }

    /** A day looks like a triangle from 20 req/s at midnight to 120 at noon; a gap from 03:00 to 04:00 of the last day. */
    private static RateSeries week() {
        double[] rates = new double[7 * MINUTES_A_DAY];
        Arrays.setAll(rates, minute -> {
            double hour = (minute / 60.0 + 12) % 24;
            return 120 - 100 * Math.abs(hour - 12) / 12;
        });
        int three = rates.length - 9 * 60;
        Arrays.fill(rates, three, three + 60, Double.NaN);
        return RateSeries.of(WEEK_AGO, Specs.MINUTE, rates);
    }

    private static Forecast flatForecast() {
        double[][] rates = new double[FORECAST_STEPS][];
        Arrays.fill(rates, new double[] {150, 180, 200, 220, 260});
        double[][] path = new double[1][FORECAST_STEPS];
        Arrays.fill(path[0], 200);
        Forecast.Provenance provenance = new Forecast.Provenance(
                List.of(new Forecast.MemberWeight("levelShape", 0.75), new Forecast.MemberWeight("weekNaive", 0.25)),
                List.of(Duration.ofDays(1)),
                new SeriesQuality(10_020, 60, 0),
                new Forecast.Skill(0.8, "weekNaive", 1.0),
                List.of());
        QuantileLevels levels = QuantileLevels.of(0.05, 0.25, 0.5, 0.75, 0.95);
        return new Forecast(NOON, TEN_MINUTES, levels, rates, new ScenarioPaths(path), provenance);
    }

    /** By the forecast, after target tracking asked for no more than there is. */
    static DecisionRecord decision(Instant at, int from, int to) {
        List<Reason> trail = List.of(
                new Reason(
                        ReasonCode.TARGET_TRACKING, "requestRate", from, from, "30.0 req/s need " + from + " replicas"),
                new Reason(
                        ReasonCode.FORECAST_PRE_SCALE,
                        "forecast",
                        from,
                        to,
                        "50.0 req/s are expected within the lead time: <b>" + to + "</b> replicas"));
        List<Proposal> proposals =
                List.of(Proposal.of("requestRate", from, "a sentence"), Proposal.of("forecast", to, "a sentence"));
        ScalingDecision decision = new ScalingDecision(from, to, to, proposals, trail);
        return new DecisionRecord(at, CHECKOUT.id(), CHECKOUT.mode(), decision, true, "", 30, from);
    }
}
