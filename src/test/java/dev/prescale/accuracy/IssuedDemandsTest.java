package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IssuedDemandsTest {
    private static final double GAP = Double.NaN;
    private static final double LEVEL = 0.95;

    private final IssuedDemands demands = new IssuedDemands(LEVEL);

    private static Instant minute(int minutes) {
        return Rates.START.plusSeconds(60L * minutes);
    }

    private static LeadTimeDemand demand(int minute, double rate) {
        return new LeadTimeDemand(
                minute(minute),
                Duration.ofMinutes(3),
                QuantileLevels.of(0.5, LEVEL),
                List.of(rate / 2, rate),
                PeakSource.DIRECT);
    }

    private static RateSeries minutes(double... rates) {
        return RateSeries.of(Rates.START, Rates.MINUTE, rates);
    }

    @Test
    void aDemandIsSettledWhenItsWindowHasPassed() {
        demands.remember(demand(1, 20), Map.of(PeakSource.PERSISTENCE, demand(1, 30)));
        assertThat(demands.settledBy(minutes(99, 4, 9))).isEmpty();
        assertThat(demands.settledBy(minutes(99, 4, 9, 6, 99)))
                .containsExactly(new DemandOutcome(minute(4), 20, Map.of("persistence", 30.0), 9));
        assertThat(demands.settledBy(minutes(99, 4, 9, 6, 99))).isEmpty();
    }

    @Test
    void ofSeveralDemandsWithOneOriginTheFirstCounts() {
        demands.remember(demand(0, 20), Map.of());
        demands.remember(demand(0, 40), Map.of());
        assertThat(demands.settledBy(minutes(1, 2, 3)))
                .extracting(DemandOutcome::issued)
                .containsExactly(20.0);
    }

    @Test
    void aWindowOfGapsIsDroppedAndOneMissingMinuteIsNot() {
        demands.remember(demand(0, 20), Map.of());
        demands.remember(demand(1, 20), Map.of());
        assertThat(demands.settledBy(minutes(GAP, GAP, 3, 5)))
                .extracting(DemandOutcome::realizedPeak)
                .containsExactly(5.0);
        assertThat(demands.waiting()).isZero();
    }

    @Test
    void aSeriesThatBeginsAfterTheWindowSettlesNothingOfIt() {
        demands.remember(demand(0, 20), Map.of());
        assertThat(demands.settledBy(RateSeries.of(minute(10), Rates.MINUTE, 1, 2)))
                .isEmpty();
        assertThat(demands.waiting()).isZero();
    }

    @Test
    void theOldestGoWhenTooManyWait() {
        for (int k = 0; k < IssuedDemands.MOST + 5; k++) {
            demands.remember(demand(k, k), Map.of());
        }
        assertThat(demands.waiting()).isEqualTo(IssuedDemands.MOST);
    }
}
