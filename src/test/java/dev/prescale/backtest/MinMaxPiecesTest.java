package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinMaxPiecesTest {
    @Test
    void fewMinutesAreToldAsTheyAre() {
        MinMaxPieces pieces = new MinMaxPieces(3, 10);
        assertThat(pieces.isEveryMinute()).isTrue();
        assertThat(pieces.stepSeconds()).isEqualTo(60);
        assertThat(told(pieces, 1, Double.NaN, 3)).containsExactly(1.0, Double.NaN, 3.0);
    }

    @Test
    void ofManyTheLeastAndTheLargestOfEachPieceAreTold() {
        MinMaxPieces pieces = new MinMaxPieces(7, 4);
        assertThat(pieces.piece()).isEqualTo(4);
        assertThat(pieces.stepSeconds()).isEqualTo(120);
        assertThat(told(pieces, 5, 9, 2, 3, Double.NaN, Double.NaN, Double.NaN))
                .containsExactly(2.0, 9.0, Double.NaN, Double.NaN);
    }

    @ParameterizedTest
    @CsvSource({"2000, 2000", "2001, 2000", "40320, 2000", "576000, 2000", "576000, 2", "1999, 7"})
    void thereAreNeverMoreThanAskedFor(int minutes, int most) {
        int[] points = new int[1];
        new MinMaxPieces(minutes, most).each(minute -> minute, value -> points[0]++);
        assertThat(points[0]).isBetween(2, most);
    }

    private static List<Double> told(MinMaxPieces pieces, double... values) {
        List<Double> told = new ArrayList<>();
        pieces.each(minute -> values[minute], told::add);
        return told;
    }
}
