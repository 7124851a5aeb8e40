package dev.prescale.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days of 24 steps; the zeros that are asked about begin with step 200. */
class UsualSilenceTest {
    @ParameterizedTest(name = "silent steps {0} to {1}: {2}")
    @CsvSource({
        "176, 186, true", // the day before
        "171, 181, true", // half of them
        "170, 180, false",
        "181, 191, true",
        "182, 192, false",
        "176, 185, false", // too short for a custom
        "32, 42, true", // the week before
        "152, 162, false", // two days before
        "0, 0, false"
    })
    void whatWasSilentADayOrAWeekBeforeIsUsual(int from, int to, boolean isUsual) {
        IntToDoubleFunction rate = t -> t >= from && t < to ? 0 : 5;

        assertThat(UsualSilence.in(rate, 200, 10, 24)).isEqualTo(isUsual);
    }

    @ParameterizedTest
    @CsvSource({"NaN, false", "0, true"})
    void whatIsNotKnownWasNotSilent(double before, boolean isUsual) {
        assertThat(UsualSilence.in(t -> before, 200, 10, 24)).isEqualTo(isUsual);
    }
}
