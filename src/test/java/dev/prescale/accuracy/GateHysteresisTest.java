package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateHysteresis.Verdict;
import dev.prescale.accuracy.GateStatus.State;
import dev.prescale.testing.Rates;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateHysteresisTest {
    private final GateHysteresis gate = new GateHysteresis(Duration.ofMinutes(90), Rates.START);

    private State after(Verdict verdict, int minutes) {
        gate.observe(verdict, Rates.START.plusSeconds(60L * minutes));
        return gate.state();
    }

    @ParameterizedTest(name = "{0} against {1}")
    @CsvSource({"1, 1, NOT_WORSE", "1.01, 1, WORSE", "0, 0, NOT_WORSE", "NaN, 1, UNKNOWN", "1, NaN, UNKNOWN"})
    void aLossIsWorseAboveWhatIsTolerated(double loss, double tolerated, Verdict verdict) {
        assertThat(Verdict.of(loss, tolerated)).isEqualTo(verdict);
    }

    @Test
    void trustIsEarnedInSixHoursAndLostInThree() {
        for (int hour = 1; hour < 7; hour++) {
            assertThat(after(Verdict.NOT_WORSE, 60 * hour)).isEqualTo(State.DISTRUSTED);
        }
        assertThat(after(Verdict.NOT_WORSE, 60 * 7)).isEqualTo(State.TRUSTED); // not worse since 1:00
        assertThat(after(Verdict.WORSE, 60 * 8)).isEqualTo(State.TRUSTED);
        assertThat(after(Verdict.WORSE, 60 * 9)).isEqualTo(State.TRUSTED);
        assertThat(after(Verdict.WORSE, 60 * 10)).isEqualTo(State.TRUSTED);
        assertThat(after(Verdict.WORSE, 60 * 11)).isEqualTo(State.DISTRUSTED);
        assertThat(gate.since()).isEqualTo(Rates.START.plusSeconds(11 * 3600));
    }

    @Test
    void aSilenceBeginsAStretchAnew() {
        gate.begin(Verdict.NOT_WORSE, Rates.START);
        after(Verdict.WORSE, 60);

        assertThat(after(Verdict.WORSE, 240)).isEqualTo(State.TRUSTED); // 180 minutes later, but nothing was heard
        assertThat(after(Verdict.WORSE, 330)).isEqualTo(State.TRUSTED);
        assertThat(after(Verdict.WORSE, 420)).isEqualTo(State.DISTRUSTED);
    }

    @Test
    void whatIsNotKnownSpeaksForTheStateThatIs() {
        gate.begin(Verdict.NOT_WORSE, Rates.START);
        after(Verdict.WORSE, 0);
        after(Verdict.UNKNOWN, 60);

        for (int minute = 61; minute < 241; minute += 30) {
            assertThat(after(Verdict.WORSE, minute)).isEqualTo(State.TRUSTED);
        }
        assertThat(after(Verdict.WORSE, 241)).isEqualTo(State.DISTRUSTED);
    }
}
