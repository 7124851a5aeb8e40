package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.files.DecisionRows;
import dev.prescale.adapter.files.OutputFile;
import dev.prescale.adapter.report.DayChart;
import dev.prescale.adapter.report.ReportPage;
import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files that a replay was asked for: opened before it runs, so that a folder that cannot be written costs no time, put in
 * their places all together when everything is done.
 */
final class ReplayOutputs implements AutoCloseable {
    private final List<OutputFile> files = new ArrayList<>();
    private final @Nullable OutputFile decisions;
    private final @Nullable OutputFile report;
    private final @Nullable OutputFile chart;
    private final @Nullable DecisionRows rows;
    private final Map<String, ReplayTrack> tracks = new LinkedHashMap<>();

    /** @throws CommandFault naming a file that cannot be written */
    ReplayOutputs(Optional<Path> decisionsFile, Optional<Path> reportFile, Optional<Path> chartFile) {
        try {
            this.decisions = open("--decisions", decisionsFile);
            this.report = open("--report", reportFile);
            this.chart = open("--chart", chartFile);
        } catch (CommandFault fault) {
            close();
            throw fault;
        }
        this.rows = decisions == null ? null : new DecisionRows(decisions);
    }

    private @Nullable OutputFile open(String option, Optional<Path> file) {
        if (file.isEmpty()) {
            return null;
        }
        try {
            OutputFile opened = OutputFile.open(file.get());
            files.add(opened);
            return opened;
        } catch (IOException fault) {
            throw CommandFault.badInput(
                    "%s %s cannot be written: %s".formatted(option, file.get(), fault.getMessage()));
        }
    }

    /** Begins the record of each policy, in the order in which they are shown. */
    Map<String, Replay.Listener> listeners(ReplaySetup setup, List<String> policies) {
        Map<String, Replay.Listener> listeners = new LinkedHashMap<>();
        for (String policy : policies) {
            ReplayTrack track = report == null && chart == null
                    ? null
                    : tracks.computeIfAbsent(policy, name -> new ReplayTrack(name, setup.from(), setup.to()));
            listeners.put(policy, new Recorder(nextRows(), track));
        }
        return listeners;
    }

    private DecisionRows.@Nullable Rows nextRows() {
        try {
            return rows == null ? null : rows.next();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** The report, made where one was asked for. */
    @FunctionalInterface
    interface Report {
        ReportPage of(List<ReplayTrack> tracks);
    }

    /**
     * Writes all files, then puts them in their places.
     *
     * @param isDrawn whether a policy is in the chart
     */
    void write(ReplaySetup setup, Predicate<String> isDrawn, Report page) {
        List<ReplayTrack> inOrder = List.copyOf(tracks.values());
        try {
            if (rows != null) {
                rows.finish();
            }
            if (report != null) {
                try (OutputStream out = report.stream()) {
                    page.of(inOrder).write(out);
                }
            }
            if (chart != null) {
                List<ReplayTrack> drawn = inOrder.stream()
                        .filter(track -> isDrawn.test(track.policy()))
                        .toList();
                String svg = DayChart.lastDay(setup.endpoints().getFirst(), setup, drawn)
                        .toSvg();
                try (OutputStream out = chart.stream()) {
                    out.write(svg.getBytes(StandardCharsets.UTF_8));
                }
            }
            for (OutputFile file : files) {
                file.commit();
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void close() {
        try {
            if (rows != null) {
                rows.close();
            }
            for (OutputFile file : files) {
                file.close();
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("what was written in part could not be removed", fault);
        }
    }

    /** What is kept of one policy while it is replayed, by the thread that replays it. */
    private record Recorder(
            DecisionRows.@Nullable Rows rows, @Nullable ReplayTrack track) implements Replay.Listener {
        @Override
        public void minuteScored(EndpointId endpoint, MinuteRow row) {
            if (rows != null) {
                rows.add(row);
            }
            if (track != null) {
                track.minuteScored(endpoint, row);
            }
        }

        @Override
        public void decided(EndpointId endpoint, String policy, ScalingDecision decision, Instant now) {
            if (track != null) {
                track.decided(endpoint, policy, decision, now);
            }
        }
    }
}
