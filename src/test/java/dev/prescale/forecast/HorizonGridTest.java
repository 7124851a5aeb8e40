package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.Step;
import dev.prescale.testing.Rates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HorizonGridTest {
    @Test
    void tenMinutesGrowByTwoFifthsAndAreNeverMoreThanSixHoursApart() {
        assertThat(HorizonGrid.upTo(288, Rates.TEN_MINUTES).horizons())
                .containsExactly(1, 2, 3, 4, 6, 8, 11, 15, 21, 29, 41, 57, 80, 112, 148, 184, 220, 256, 288);
    }

    @Test
    void hoursDoLikewise() {
        assertThat(HorizonGrid.upTo(48, Rates.HOUR).horizons())
                .containsExactly(1, 2, 3, 4, 6, 8, 11, 15, 21, 27, 33, 39, 45, 48);
    }

    @ParameterizedTest
    @CsvSource({"60, 2000", "60, 5000", "600, 1", "600, 2", "600, 100", "3600, 2000", "3600, 49", "10, 2000"})
    void ascendsFromOneToTheLastHorizonOrTwoDays(int seconds, int steps) {
        Step step = new Step(seconds);
        HorizonGrid grid = HorizonGrid.upTo(steps, step);
        int last = Math.min(steps, 2 * step.perDay());
        assertThat(grid.horizon(0)).isEqualTo(1);
        assertThat(grid.last()).isEqualTo(last);
        assertThat(grid.has(last)).isTrue();
        for (int g = 1; g < grid.size(); g++) {
            int apart = grid.horizon(g) - grid.horizon(g - 1);
            assertThat(apart).isBetween(1, Math.max(1, step.perDay() / 4));
            assertThat(grid.positionOf(grid.horizon(g))).isEqualTo(g);
            assertThat(grid.place(grid.horizon(g))).isEqualTo(g);
        }
    }

    @Test
    void aHorizonBetweenTwoLiesThereInTheLogarithm() {
        HorizonGrid grid = HorizonGrid.upTo(288, Rates.TEN_MINUTES);
        assertThat(grid.has(9)).isFalse();
        assertThat(grid.place(9)).isCloseTo(5 + Math.log(9 / 8.0) / Math.log(11 / 8.0), within(1e-12));
        double[] squares = new double[grid.size()];
        squares[5] = 10;
        squares[6] = 20;
        assertThat(grid.between(squares, 8)).isEqualTo(10);
        assertThat(grid.between(squares, 9)).isCloseTo(10 + 10 * Math.log(9 / 8.0) / Math.log(11 / 8.0), within(1e-12));
    }

    @Test
    void beyondTheGridTheLastValueHolds() {
        HorizonGrid grid = HorizonGrid.upTo(2000, Rates.HOUR);
        double[] values = new double[grid.size()];
        values[values.length - 1] = 7;
        assertThat(grid.has(49)).isFalse();
        assertThat(grid.between(values, 2000)).isEqualTo(7);
    }
}
