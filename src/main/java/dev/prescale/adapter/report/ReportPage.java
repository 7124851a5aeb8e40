package dev.prescale.adapter.report;

import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.ReplaySetup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

public final class ReportPage {
    public ReportPage(ReplaySetup setup, BacktestResult result, List<ReplayTrack> tracks, Origin origin) {}

    public record Origin(String command, List<String> notes) {
        public static Origin of(List<String> typed, List<String> notes) {
            return new Origin(String.join(" ", typed), notes);
        }
    }

    public void write(OutputStream out) throws IOException {
        out.write("x".getBytes(StandardCharsets.UTF_8));
    }
}
