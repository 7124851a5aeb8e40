package dev.prescale.adapter.rest;

import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import java.util.List;

/**
 * What came of a backtest, with what its charts and files need.
 *
 * @param tracks one per row of the score sheet, in its order; of Prescale with its trail
 * @param report as one HTML file
 */
public record Replayed(BacktestResult result, ReplaySetup setup, List<ReplayTrack> tracks, PackedFile report) {
    public Replayed {
        tracks = List.copyOf(tracks);
    }

    /** About what it takes in memory. */
    long bytes() {
        long trace = (long) Double.BYTES * endpoint().trace().minutes().size();
        return trace
                + report.bytes()
                + tracks.stream().mapToLong(ReplayTrack::bytes).sum();
    }

    ReplaySetup.Endpoint endpoint() {
        return setup.endpoints().getFirst();
    }
}
