package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import org.junit.jupiter.api.Test;

class ColdStartTest {
    private static LearningHistory hours(int hours, int firstKnown) {
        return new LearningHistory(Rates.hourly(hours, t -> t < firstKnown ? Double.NaN : 5), TrafficCalendar.UTC, 1);
    }

    @Test
    void lastsForEightDaysFromTheFirstSample() {
        assertThat(ColdStart.isIn(hours(8 * 24 - 1, 0))).isTrue();
        assertThat(ColdStart.isIn(hours(8 * 24, 0))).isFalse();
        assertThat(ColdStart.isIn(hours(8 * 24, 1))).isTrue();
    }

    @Test
    void twoDaysWidenTheSpreadByAThird() {
        assertThat(ColdStart.spread(hours(48, 0))).isCloseTo(1 + 0.7 / 2, within(1e-12));
        assertThat(ColdStart.spread(hours(72, 24))).isCloseTo(1 + 0.7 / 2, within(1e-12));
    }

    @Test
    void theFirstDayWidensItAsAWholeDayDoesAndTheNinthNotAtAll() {
        assertThat(ColdStart.spread(hours(1, 0))).isCloseTo(1.7, within(1e-12));
        assertThat(ColdStart.spread(hours(8 * 24, 0))).isEqualTo(1);
    }

    @Test
    void theMedianOfTheErrorsIsBelievedOnlyLater() {
        assertThat(ColdStart.medianShare(hours(8 * 24 - 1, 0), 0.5)).isZero();
        assertThat(ColdStart.medianShare(hours(8 * 24, 0), 0.5)).isEqualTo(0.5);
    }
}
