package dev.prescale.control;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.TEN_MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three minutes of window; the forecast expects 12 req/s from 12:20 on, and nothing before. */
class ExpectedRiseTest {
    private static final QuantileLevels SIZING = QuantileLevels.of(0.95);

    private final ExpectedRise rise = new ExpectedRise();

    @Test
    void theForecastOfDaysSpeaksOneWindowAheadOfARiseOutOfNothing() {
        assertThat(demandAt(16, 0.01)).isEqualTo(0.05);
        assertThat(demandAt(17, 0.01)).isEqualTo(0.05);
        assertThat(demandAt(18, 0)).isEqualTo(12);
    }

    @Test
    void inSilenceTheDemandSaysNoMoreThanTheForecastOfDays() {
        assertThat(demandAt(16, 0)).isZero();
        assertThat(joined(at(18), 0, null).at(0.95)).isEqualTo(0.05);
    }

    @Test
    void whatTheDemandCanSayIsLeftToIt() {
        assertThat(demandAt(18, 1)).isEqualTo(0.05); // up to 20 req/s are within its reach
        assertThat(demandAt(18, 0.5)).isEqualTo(12);
    }

    @Test
    void aRiseThatDoesNotComeIsWaitedForAQuarterOfAnHour() {
        demandAt(18, 0);

        assertThat(demandAt(34, 0)).isEqualTo(12);
        assertThat(demandAt(35, 0)).isZero();
        assertThat(demandAt(50, 0)).isZero();
        assertThat(demandAt(50, 0.1)).isEqualTo(0.05);
    }

    @Test
    void aLargerRiseThanTheOneWaitedForIsAnotherOne() {
        Forecast early = forecast(1, 12);
        assertThat(joined(at(9), 0, early).at(0.95)).isEqualTo(1);

        assertThat(joined(at(17), 0, early).at(0.95)).isEqualTo(1);
        assertThat(joined(at(18), 0, early).at(0.95)).isEqualTo(12);
        assertThat(joined(at(34), 0, early).at(0.95)).isEqualTo(12);
        assertThat(joined(at(35), 0, early).at(0.95)).isZero();
    }

    @Test
    void theNextRiseIsExpectedAgain() {
        demandAt(18, 0);
        assertThat(demandAt(40, 0)).isZero();
        joined(at(60), 0, null);

        assertThat(demandAt(18, 0)).isEqualTo(12);
    }

    @Test
    void soonAfterARiseThatCameAsExpectedItIsNotTakenForOneThatGoesOn() {
        assertThat(afterSilence(5, 13)).isEqualTo(12);
        assertThat(afterSilence(5, 19)).isEqualTo(200);
        assertThat(afterSilence(30, 13)).isEqualTo(200);
    }

    /** What becomes of a demand of 200 req/s so many minutes after 12:30, when traffic came. */
    private double afterSilence(int minutes, double rate) {
        double[] rates = new double[120];
        Arrays.fill(rates, 120 - minutes, 120, rate);
        Instant end = at(30 + minutes);
        RateSeries series = RateSeries.of(end.minusSeconds(7_200), Specs.MINUTE, rates);
        LeadTimeDemand demand =
                new LeadTimeDemand(end, Duration.ofMinutes(3), SIZING, List.of(200.0), PeakSource.DIRECT);
        return rise.joinedTo(demand, series, forecast()).at(0.95);
    }

    @Test
    void saysWhoSpeaks() {
        assertThat(joined(at(18), 0, forecast()).source()).isEqualTo(PeakSource.FORECAST);
        assertThat(joined(NOON, 1, forecast()).source()).isEqualTo(PeakSource.DIRECT);
    }

    private double demandAt(int minutesAfterNoon, double present) {
        return joined(at(minutesAfterNoon), present, forecast()).at(0.95);
    }

    private static Instant at(int minutesAfterNoon) {
        return NOON.plusSeconds(minutesAfterNoon * 60L);
    }

    private LeadTimeDemand joined(Instant end, double present, @Nullable Forecast planning) {
        double[] rates = new double[120];
        Arrays.fill(rates, present);
        RateSeries series = RateSeries.of(end.minusSeconds(7_200), Specs.MINUTE, rates);
        LeadTimeDemand demand =
                new LeadTimeDemand(end, Duration.ofMinutes(3), SIZING, List.of(0.05), PeakSource.DIRECT);
        return rise.joinedTo(demand, series, planning);
    }

    private static Forecast forecast() {
        return forecast(0, 12);
    }

    /** From 12:10, from 12:20. */
    private static Forecast forecast(double first, double later) {
        double[][] rates = new double[12][];
        double[][] path = new double[1][12];
        for (int k = 0; k < 12; k++) {
            double rate = k == 0 ? 0 : k == 1 ? first : later;
            rates[k] = new double[] {rate / 4, rate / 2, rate};
            path[0][k] = rate;
        }
        return new Forecast(
                NOON,
                TEN_MINUTES,
                Snapshots.LEVELS,
                rates,
                new ScenarioPaths(path),
                Snapshots.aForecast(NOON, 1).provenance());
    }
}
