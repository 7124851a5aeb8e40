package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class IncidentsTest {
    private static final int DAY = 1440;

    private static boolean[] incidents(IntToDoubleFunction rate) {
        return Incidents.in(new LearningHistory(Rates.of(Rates.MINUTE, 2 * DAY, rate), TrafficCalendar.UTC, 1));
    }

    private static int first(boolean[] incident) {
        int t = 0;
        while (t < incident.length && !incident[t]) {
            t++;
        }
        return t;
    }

    private static int count(boolean[] incident) {
        int count = 0;
        for (boolean in : incident) {
            count += in ? 1 : 0;
        }
        return count;
    }

    private static double zeros(int t, int minutes, double otherwise) {
        return t >= DAY && t < DAY + minutes ? 0 : otherwise;
    }

    @Test
    void anHourOfZerosAndAnHourAroundItAreAnIncident() {
        boolean[] incident = incidents(t -> zeros(t, 60, 5));
        assertThat(first(incident)).isEqualTo(DAY - 60);
        assertThat(count(incident)).isEqualTo(180);
    }

    @Test
    void lessThanAnHourOfZerosIsNone() {
        assertThat(count(incidents(t -> zeros(t, 59, 5)))).isZero();
    }

    @Test
    void zerosAfterADayWithHardlyARequestAreUsual() {
        assertThat(count(incidents(t -> zeros(t, 120, 0.01)))).isZero();
    }

    @Test
    void zerosOfEveryNightAreUsualFromTheSecondNightOn() {
        boolean[] incident = Incidents.in(new LearningHistory(
                Rates.of(Rates.MINUTE, 4 * DAY, t -> t % DAY < 600 && t >= DAY ? 0 : 5), TrafficCalendar.UTC, 1));
        assertThat(first(incident)).isEqualTo(DAY - 60);
        assertThat(count(incident)).isEqualTo(720);
    }

    @Test
    void zerosUpToTheEndOfTheHistoryAreAnIncidentToo() {
        assertThat(count(incidents(t -> t >= 2 * DAY - 90 ? 0 : 5))).isEqualTo(150);
    }

    @Test
    void aGapIsNotAnIncident() {
        assertThat(count(incidents(t -> t >= DAY && t < DAY + 200 ? Double.NaN : 5)))
                .isZero();
    }
}
