package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateStatus.State;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthGateTest {
    private static final double LEVEL = 0.95;

    /** A day of 10 req/s, for which the model issues one rate and persistence another. */
    private static HealthGate gate(double issued, double persistence) {
        return HealthGate.bootstrapped(LEVEL, model(issued, persistence), Rates.of(Rates.MINUTE, 1440, t -> 10));
    }

    @Test
    void aRiseThatTheForecastOfDaysSaysInItsPlaceIsNotHeldAgainstIt() {
        RateSeries bursts = Rates.of(Rates.MINUTE, 1440, t -> t % 45 == 44 ? 10 : 0);

        HealthGate gate = HealthGate.bootstrapped(LEVEL, model(0, 12), bursts);

        assertThat(gate.status().state()).isEqualTo(State.TRUSTED);
    }

    @Test
    void aDayOfSilenceIsNoReasonForDistrust() {
        HealthGate gate = HealthGate.bootstrapped(LEVEL, model(0.1, 0), Rates.of(Rates.MINUTE, 1440, t -> 0));

        assertThat(gate.status().state()).isEqualTo(State.TRUSTED);
    }

    private static LeadTimeModel model(double issued, double persistence) {
        return new LeadTimeModel() {
            @Override
            public Duration window() {
                return Duration.ofMinutes(3);
            }

            @Override
            public QuantileLevels levels() {
                return QuantileLevels.of(LEVEL);
            }

            @Override
            public PeakSource source() {
                return PeakSource.DIRECT;
            }

            @Override
            public LeadTimeDemand demandAt(RateSeries history) {
                return demand(history, issued);
            }

            @Override
            public void writeTo(java.io.DataOutput out) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Map<PeakSource, LeadTimeDemand> baselinesAt(RateSeries history) {
                return Map.of(PeakSource.PERSISTENCE, demand(history, persistence));
            }

            private LeadTimeDemand demand(RateSeries history, double rate) {
                return new LeadTimeDemand(history.end(), window(), levels(), List.of(rate), source());
            }
        };
    }

    private static GateStatus observe(HealthGate gate, Instant at, double issued, double persistence) {
        return gate.observe(new DemandOutcome(at, issued, Map.of("persistence", persistence), 10));
    }

    /** Minutes with the same outcome until the state changes, -1 where it does not within two days. */
    private static int minutesUntilChange(HealthGate gate, Instant from, double issued, double persistence) {
        State before = gate.status().state();
        for (int minute = 1; minute <= 2880; minute++) {
            if (observe(gate, from.plusSeconds(60L * minute), issued, persistence)
                            .state()
                    != before) {
                return minute;
            }
        }
        return -1;
    }

    private static final Instant END = Rates.START.plusSeconds(86_400);

    @Test
    void startsTrustedWhereTheModelWouldHaveBeatenPersistence() {
        assertThat(gate(11, 14).status().state()).isEqualTo(State.TRUSTED);
        assertThat(gate(14, 11).status().state()).isEqualTo(State.DISTRUSTED);
    }

    @Test
    void startsDistrustedWhereNothingIsKnown() {
        GateStatus status = HealthGate.closed(LEVEL, END).status();
        assertThat(status.isTrusted()).isFalse();
        assertThat(status.loss()).isNaN();
        assertThat(status.bestBaseline()).isEmpty();
    }

    @Test
    void showsTheLossesItComparedAndWhichBaselineWasBest() {
        HealthGate gate = HealthGate.closed(LEVEL, END);
        GateStatus status =
                gate.observe(new DemandOutcome(END, 12, Map.of("persistence", 15.0, "weekNaive", 11.0), 10));
        // over by 2 costs (1 - .95) 2, over by 1 costs .05
        assertThat(status.loss()).isEqualTo(0.1, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(status.bestBaseline()).isEqualTo("weekNaive");
        assertThat(status.baselineLoss()).isEqualTo(0.05, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void distrustsAfterThreeHoursOfWorse() {
        HealthGate gate = gate(11, 11);
        // under by 5 costs 4.75 a minute: the rolling loss is worse at once, from the first such minute on
        assertThat(minutesUntilChange(gate, END, 5, 11)).isEqualTo(1 + 180);
        assertThat(gate.status().isTrusted()).isFalse();
        assertThat(gate.status().since()).isEqualTo(END.plusSeconds(60 * 181));
    }

    @Test
    void trustsAgainAfterSixHoursOfNotWorse() {
        HealthGate gate = gate(14, 11); // loss .2 against .05
        int minutes = minutesUntilChange(gate, END, 10, 14);
        // the rolling losses must first cross, then stay crossed for 360 minutes
        assertThat(minutes).isBetween(361, 900);
    }

    @Test
    void noiseWithinTheMarginMovesNothing() {
        // over by 1.14 costs .057; 5 % more than .05, and what nobody notices, is .0575
        assertThat(minutesUntilChange(gate(11, 11), END, 11.14, 11)).isEqualTo(-1);
        assertThat(minutesUntilChange(gate(11, 11), END, 11.2, 11)).isPositive();
    }

    /** What was yesterday would speak itself where it is a fifth better; target tracking acts in place of a distrusted forecast. */
    @Test
    void theDayBeforeMustBeBetterByMoreThanPersistence() {
        assertThat(afterMany(11.3, Map.of("persistence", 20.0, "dayNaive", 11.0))
                        .isTrusted())
                .isTrue();
        assertThat(afterMany(11.5, Map.of("persistence", 20.0, "dayNaive", 11.0))
                        .isTrusted())
                .isFalse();
        assertThat(afterMany(11.3, Map.of("persistence", 11.0, "dayNaive", 20.0))
                        .isTrusted())
                .isFalse();
    }

    private static GateStatus afterMany(double issued, Map<String, Double> baselines) {
        HealthGate gate = gate(11, 11);
        for (int minute = 1; minute < 1440; minute++) {
            gate.observe(new DemandOutcome(END.plusSeconds(60L * minute), issued, baselines, 10));
        }
        return gate.status();
    }

    @Test
    void aHundredthTooMuchIsNoFaultBesideABaselineThatIsExact() {
        assertThat(gate(10.1, 10).status().isTrusted()).isTrue();
        assertThat(gate(10.2, 10).status().isTrusted()).isFalse();
        assertThat(gate(9.95, 10).status().isTrusted()).isFalse();
    }

    @Test
    void aShortBadSpellThatIsMadeGoodDoesNotDistrust() {
        HealthGate gate = gate(11, 14);
        Instant at = END;
        for (int minute = 0; minute < 30; minute++) {
            at = at.plusSeconds(60);
            observe(gate, at, 9, 14); // under by 1
        }
        assertThat(minutesUntilChange(gate, at, 11, 14)).isEqualTo(-1);
    }

    @Test
    void aSilenceIsNotHeldAgainstTheForecast() {
        HealthGate gate = gate(11, 11);
        observe(gate, END.plusSeconds(60), 5, 11);
        assertThat(observe(gate, END.plusSeconds(4 * 3600), 5, 11).isTrusted()).isTrue();
        assertThat(minutesUntilChange(gate, END.plusSeconds(4 * 3600), 5, 11)).isEqualTo(180);
    }

    @Test
    void countsHowManyPeaksWereCovered() {
        HealthGate gate = HealthGate.closed(LEVEL, END);
        for (int minute = 0; minute < 4; minute++) {
            gate.observe(new DemandOutcome(END, minute == 0 ? 9 : 11, Map.of(), 10));
        }
        assertThat(gate.coverage().share()).isEqualTo(0.75, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(gate.coverage().outcomes()).isEqualTo(4);
        assertThat(gate.coverage().isOff()).isTrue();
    }
}
