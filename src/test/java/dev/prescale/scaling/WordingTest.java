package dev.prescale.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
    private static void assertAsFormatted(double value) {
        boolean isSmall = value != 0 && Math.abs(value) < 1;
        assertThat(Wording.number(value))
                .as(Double.toString(value))
                .isEqualTo(String.format(Locale.ROOT, isSmall ? "%.3g" : "%.1f", value));
        double percent = 100 * value;
        boolean isWhole = Math.abs(percent - Math.rint(percent)) < 0.05;
        assertThat(Wording.percent(value))
                .as(Double.toString(value))
                .isEqualTo(String.format(Locale.ROOT, isWhole ? "%.0f %%" : "%.1f %%", percent));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                0.05,
                0.1,
                0.25,
                0.9985,
                0.99949,
                0.9995,
                0.9999,
                1,
                1.05,
                1.15,
                2.25,
                0.35,
                44,
                99.95,
                999_999.95,
                1e6,
                1e15,
                1e300,
                1e-5,
                -3.25,
                Double.NaN,
                Double.POSITIVE_INFINITY
            })
    void aNumberReadsAsIfFormatted(double value) {
        assertAsFormatted(value);
    }

    @Test
    void anyNumberReadsAsIfFormatted() {
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 5_000; k++) {
            assertAsFormatted(random.nextDouble() * Math.pow(10, random.nextInt(9) - 2));
            assertAsFormatted(random.nextInt(200_000) / 60.0);
            assertAsFormatted(random.nextInt(40_000) / 1000.0);
            assertAsFormatted(Math.nextDown(random.nextInt(40_000) / 20.0));
        }
    }
}
