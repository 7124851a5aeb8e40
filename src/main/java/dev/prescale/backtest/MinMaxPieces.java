package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.util.function.DoubleConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * Minutes in as few points as a chart has: each minute, or where there are more of them two points per piece of some minutes, the
 * least and the largest value in it, so that no peak is lost.
 */
public final class MinMaxPieces {
    private final int minutes;
    private final int piece;

    /** @param most points, at least two */
    public MinMaxPieces(int minutes, int most) {
        Require.that(most >= 2, "most must be at least 2 points, was %d", most);
        this.minutes = minutes;
        this.piece = minutes <= most ? 1 : Math.ceilDiv(minutes, most / 2);
    }

    public boolean isEveryMinute() {
        return piece == 1;
    }

    /** Minutes of which the least and the largest are told. */
    public int piece() {
        return piece;
    }

    /** From one point to the next. */
    public int stepSeconds() {
        return isEveryMinute() ? 60 : 30 * piece;
    }

    /**
     * Tells the points of one row of values.
     *
     * @param valueAt by minute from 0, NaN where there is none
     * @param taker gets NaN for a piece without a value
     */
    public void each(IntToDoubleFunction valueAt, DoubleConsumer taker) {
        for (int begin = 0; begin < minutes; begin += piece) {
            if (isEveryMinute()) {
                taker.accept(valueAt.applyAsDouble(begin));
                continue;
            }
            double least = Double.NaN;
            double largest = Double.NaN;
            for (int minute = begin; minute < Math.min(begin + piece, minutes); minute++) {
                double value = valueAt.applyAsDouble(minute);
                if (!Double.isNaN(value)) {
                    least = Double.isNaN(least) ? value : Math.min(least, value);
                    largest = Double.isNaN(largest) ? value : Math.max(largest, value);
                }
            }
            taker.accept(least);
            taker.accept(largest);
        }
    }
}
