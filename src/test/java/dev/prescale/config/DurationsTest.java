package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "300ms, PT0.3S, 300ms", "30s, PT30S, 30s", "90s, PT90S, 90s", "5m, PT5M, 5m", "2h, PT2H, 2h",
        "28d, PT672H, 28d", "PT2M, PT2M, 2m", "P14D, PT336H, 14d", "0s, PT0S, 0s", "48h, PT48H, 48h"
    })
    void readsAndWritesLengthsOfTime(String text, Duration expected, String written) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
        assertThat(Durations.format(expected)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5 m",
                "-5m",
                "5w",
                "1h30m",
                "p14d",
                "PT",
                "P1Y",
                "9999999999d",
                "١m",
                "PT00000000000000000000000000000000000000000000000000000000000001S"
            })
    void refusesEverythingElse(String text) {
        assertThat(Durations.parse(text)).isNull();
    }
}
