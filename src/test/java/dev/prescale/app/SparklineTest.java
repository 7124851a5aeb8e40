package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void everyEighthOfTheLargestIsABlockAndAGapASpace() {
        assertThat(new Sparkline(new double[] {0, 1, 4, Double.NaN, 8}, 80).text())
                .isEqualTo("▁▂▅ █");
    }

    @Test
    void aNarrowLineShowsTheLargestOfWhatEachCharacterCovers() {
        Sparkline line = new Sparkline(new double[] {1, 8, 0, 0, 4, 2}, 3);
        assertThat(line.text()).isEqualTo("█▁▅");
        assertThat(line.columnOf(4)).isEqualTo(2);
    }

    @Test
    void nothingIsTheLowestBlock() {
        assertThat(new Sparkline(new double[] {0, 0}, 9).text()).isEqualTo("▁▁");
    }
}
