package dev.prescale.control;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.control.Signal.Cause;
import dev.prescale.control.Signals.Activity;
import dev.prescale.control.Signals.Seen;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsTest {
    private static final Signals SIGNALS = new Signals(Duration.ofSeconds(15));
    private static final RateReading NOTHING_THERE = new RateReading.Known(0);

    @Test
    void demandIsTheLargerOfLeadTimeDemandAndPresentRate() {
        assertThat(demand(aSnapshot("chat"))).isEqualTo(new Signal.Known(60, NOON));
        assertThat(demand(aSnapshot("chat").requestRate(new RateReading.Known(75))))
                .isEqualTo(new Signal.Known(75, NOON));
    }

    @Test
    void aMissedForecastBringsTheHeadroomOfTargetTrackingBack() {
        EndpointSpec spec = Specs.anEndpoint("chat", Specs.aPolicy(new RatePerReplica(10, 0.5)));
        Reason missed = new Reason(ReasonCode.FORECAST_MISSED, "forecast", 3, 3, "more was observed");
        ScalingDecision decision = new ScalingDecision(3, 3, 3, List.of(), List.of(missed));
        DecisionRecord latest = new DecisionRecord(NOON, spec.id(), spec.mode(), decision, true, "", 44, 2);

        assertThat(demand(aSnapshot(spec))).isEqualTo(new Signal.Known(60, NOON));
        assertThat(demand(aSnapshot(spec).latest(latest))).isEqualTo(new Signal.Known(88, NOON));
    }

    @Test
    void aTargetComesFromTheConfigurationAlone() {
        assertThat(Signals.target(Specs.anEndpoint("chat"), SignalKind.DEMAND)).hasValue(10);
        assertThat(Signals.target(Specs.anEndpoint("chat"), SignalKind.REPLICAS))
                .hasValue(1);
    }

    @Test
    void aForecastThatHasBeenDistrustedSinceIsNotAnswered() {
        EndpointSnapshot known = aSnapshot("chat").build();
        EndpointSnapshot after = aSnapshot("chat")
                .at(NOON.plusSeconds(15))
                .requestRate(new RateReading.Failed("refused"))
                .gate(new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2, "weekNaive", 1))
                .build();

        Signal signal = SIGNALS.at(Seen.of(known).then(after), SignalKind.DEMAND, NOON.plusSeconds(15));

        assertThat(signal)
                .isEqualTo(new Signal.Unknown(
                        Cause.DISTRUSTED,
                        "The forecast is distrusted since 2024-01-01T12:00:00Z: it was worse than weekNaive."));
    }

    @Test
    void anEndpointThatBeginsAnewKeepsItsDemandUntilItHasOneAgain() {
        Seen before = Seen.of(aSnapshot("chat").build());
        EndpointSnapshot anew = aSnapshot("chat")
                .at(NOON.plusSeconds(15))
                .leadTimeDemand(null)
                .gate(GateStatus.unknown(NOON.plusSeconds(15)))
                .build();

        assertThat(SIGNALS.at(before.then(anew), SignalKind.DEMAND, NOON.plusSeconds(15)))
                .isEqualTo(new Signal.Known(60, NOON));
        assertThat(SIGNALS.at(Seen.of(anew), SignalKind.DEMAND, NOON.plusSeconds(15)))
                .isEqualTo(new Signal.Unknown(Cause.NO_FORECAST, "There is no lead-time demand yet."));
    }

    @Test
    void anOutageIsBridgedForEightCycles() {
        EndpointSnapshot known = aSnapshot("chat").build();
        EndpointSnapshot after = aSnapshot("chat")
                .at(NOON.plusSeconds(300))
                .requestRate(new RateReading.Failed("connection refused"))
                .build();
        Seen seen = Seen.of(known).then(after);
        Signals slow = new Signals(Duration.ofMinutes(1));

        assertThat(slow.at(seen, SignalKind.REPLICAS, NOON.plusSeconds(480))).isEqualTo(new Signal.Known(5, NOON));
        assertThat(slow.at(seen, SignalKind.REPLICAS, NOON.plusSeconds(481)))
                .isEqualTo(new Signal.Unknown(Cause.TOO_OLD, "The history cannot be read: connection refused"));
    }

    @Test
    void whoHasNeverKnownTheRateSaysWhy() {
        Seen seen = Seen.of(
                aSnapshot("chat").requestRate(new RateReading.NoData(null)).build());

        assertThat(SIGNALS.at(seen, SignalKind.DEMAND, NOON))
                .isEqualTo(new Signal.Unknown(Cause.NOT_YET, "The history has no samples."));
    }

    @Test
    void withoutRequestsNowOrSoonThereIsNoActivity() {
        assertThat(activity(idle(), null, NOON)).isEqualTo(new Activity.Told(false, NOON));
        assertThat(activity(aSnapshot("chat"), null, NOON)).isEqualTo(new Activity.Told(true, NOON));
    }

    /** The forecast is none until 12:20, then 100 req/s; a lead time of two minutes and a cycle of 15 s. */
    @ParameterizedTest
    @CsvSource({"0, , false", "1064, , false", "1066, , true", "0, PT19M59S, false", "0, PT20M1S, true"})
    void activityIsToldOneLeadTimeAheadOfDemandFromZero(int afterNoon, Duration ahead, boolean isActive) {
        Instant cycle = NOON.plusSeconds(afterNoon);

        assertThat(activity(idle().at(cycle), ahead, cycle)).isEqualTo(new Activity.Told(isActive, cycle));
    }

    @Test
    void aDistrustedForecastActivatesNobody() {
        Snapshots distrusted = idle().latest(Snapshots.aDecision(Specs.anEndpoint("chat"), NOON, 0, 0))
                .gate(new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2, "weekNaive", 1));
        Seen seen = Seen.of(distrusted.build());

        assertThat(SIGNALS.activityAt(seen, SignalKind.REPLICAS, Duration.ofHours(1), NOON))
                .isEqualTo(new Activity.Told(false, NOON));
        assertThat(SIGNALS.activityAt(seen, SignalKind.DEMAND, Duration.ofHours(1), NOON))
                .isInstanceOfSatisfying(
                        Activity.NotTold.class,
                        told -> assertThat(told.why().cause()).isEqualTo(Cause.DISTRUSTED));
    }

    private static Snapshots idle() {
        double[][] rates = new double[6][];
        double[][] path = new double[1][6];
        for (int k = 0; k < 6; k++) {
            path[0][k] = k < 2 ? 0 : 100;
            rates[k] = new double[] {path[0][k], path[0][k], path[0][k]};
        }
        Forecast.Provenance provenance = Snapshots.aForecast(NOON, 1).provenance();
        return aSnapshot("chat")
                .requestRate(NOTHING_THERE)
                .leadTimeDemand(new LeadTimeDemand(
                        NOON, Duration.ofSeconds(135), Snapshots.LEVELS, List.of(0.0, 0.0, 0.004), PeakSource.DIRECT))
                .forecast(new Forecast(
                        NOON, Snapshots.TEN_MINUTES, Snapshots.LEVELS, rates, new ScenarioPaths(path), provenance));
    }

    private static Signal demand(Snapshots snapshot) {
        return SIGNALS.at(Seen.of(snapshot.build()), SignalKind.DEMAND, NOON);
    }

    private static Activity activity(Snapshots snapshot, Duration ahead, Instant now) {
        return SIGNALS.activityAt(Seen.of(snapshot.build()), SignalKind.DEMAND, ahead, now);
    }
}
