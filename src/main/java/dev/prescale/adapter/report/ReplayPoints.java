package dev.prescale.adapter.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.prescale.backtest.MinMaxPieces;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.series.RateSeries;

/**
 * What a chart of a replay draws: a point per minute, fewer where the file would become large.
 */
final class ReplayPoints {
    /** A month of minutes. */
    static final int MOST = 45_000;

    private final RateSeries demand;
    private final MinMaxPieces pieces;

    ReplayPoints(ReplaySetup setup) {
        this.demand =
                setup.endpoints().getFirst().trace().minutes().until(setup.to()).from(setup.from());
        this.pieces = new MinMaxPieces(demand.size(), MOST);
    }

    boolean isEveryMinute() {
        return pieces.isEveryMinute();
    }

    /** Minutes of which the least and the largest are drawn. */
    int piece() {
        return pieces.piece();
    }

    /** From one point to the next. */
    int stepSeconds() {
        return pieces.stepSeconds();
    }

    /** Demand per point in req/s, to four digits; null where there is no sample. */
    void demand(ArrayNode values) {
        pieces.each(minute -> demand.rateAt(minute), value -> {
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
        pieces.each(track::readyAt, value -> {
            if ((int) value != before[0]) {
                before[0] = (int) value;
                changes.add(point[0]).add(before[0]);
            }
            point[0]++;
        });
    }
}
