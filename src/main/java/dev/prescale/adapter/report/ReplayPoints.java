package dev.prescale.adapter.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.series.RateSeries;
import java.util.function.IntToDoubleFunction;

/**
 * What a chart of a replay draws: a point per minute. Of a replay that would have more than {@link #MOST} of them, two per piece
 * of some minutes: the least and the largest in it, so that no peak is lost and the file stays small.
 */
final class ReplayPoints {
    /** A month of minutes. */
    static final int MOST = 45_000;

    private final RateSeries demand;
    private final int piece;

    ReplayPoints(ReplaySetup setup) {
        this.demand =
                setup.endpoints().getFirst().trace().minutes().until(setup.to()).from(setup.from());
        this.piece = demand.size() <= MOST ? 1 : 2 * Math.ceilDiv(demand.size(), MOST);
    }

    boolean isEveryMinute() {
        return piece == 1;
    }

    /** Minutes of which the least and the largest are drawn. */
    int piece() {
        return piece;
    }

    /** From one point to the next. */
    int stepSeconds() {
        return isEveryMinute() ? 60 : 30 * piece;
    }

    /** Demand per point in req/s, to four digits; null where there is no sample. */
    void demand(ArrayNode values) {
        each(minute -> demand.rateAt(minute), value -> {
            if (Double.isNaN(value)) {
                values.addNull();
            } else {
                values.add(Rounding.toFourDigits(value));
            }
        });
    }

    /** Ready replicas as changes: index of the point, replicas, index, replicas, and so on. */
    void ready(ReplayTrack track, ArrayNode changes) {
        int[] point = new int[1];
        int[] before = {-1};
        each(track::readyAt, value -> {
            if ((int) value != before[0]) {
                before[0] = (int) value;
                changes.add(point[0]).add(before[0]);
            }
            point[0]++;
        });
    }

    private interface Taker {
        void take(double value);
    }

    private void each(IntToDoubleFunction valueAt, Taker taker) {
        for (int begin = 0; begin < demand.size(); begin += piece) {
            if (isEveryMinute()) {
                taker.take(valueAt.applyAsDouble(begin));
                continue;
            }
            double least = Double.NaN;
            double largest = Double.NaN;
            for (int minute = begin; minute < Math.min(begin + piece, demand.size()); minute++) {
                double value = valueAt.applyAsDouble(minute);
                if (!Double.isNaN(value)) {
                    least = Double.isNaN(least) ? value : Math.min(least, value);
                    largest = Double.isNaN(largest) ? value : Math.max(largest, value);
                }
            }
            taker.take(least);
            taker.take(largest);
        }
    }
}
