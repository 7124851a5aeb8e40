package dev.prescale.adapter.rest;

import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.series.RateSeries;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/** The minutes of a replay as CSV, one policy after another, as {@code prescale backtest --decisions} writes them. */
final class ReplayRows {
    private ReplayRows() {}

    /** The caller closes the stream. */
    static void write(Replayed replayed, OutputStream out) throws IOException {
        RateSeries demand = replayed.endpoint()
                .trace()
                .minutes()
                .until(replayed.setup().to())
                .from(replayed.setup().from());
        BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        writer.append(MinuteRow.CSV_HEADER).append('\n');
        for (ReplayTrack track : replayed.tracks()) {
            for (int minute = 0; minute < demand.size(); minute++) {
                if (!demand.isGap(minute)) {
                    MinuteRow row = new MinuteRow(
                            demand.instantAt(minute),
                            track.policy(),
                            demand.rateAt(minute),
                            track.desiredAt(minute),
                            track.readyAt(minute));
                    writer.append(row.toCsv()).append('\n');
                }
            }
        }
        writer.flush();
    }
}
