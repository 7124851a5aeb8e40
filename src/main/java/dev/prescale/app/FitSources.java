package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.adapter.files.TraceFolder;
import dev.prescale.adapter.learning.FitSeries;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.RateHistory;
import dev.prescale.series.TrafficCalendar;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a shared model is fitted on. */
final class FitSources {
    private FitSources() {}

    /**
     * The traces of a folder.
     *
     * @param err is told every fault of every file
     * @throws CommandFault where a file has one: a model of some of the files would not be the one asked for
     */
    static List<FitSeries> ofFolder(Path folder, boolean counts, PrintStream err) {
        if (!Files.isDirectory(folder)) {
            throw CommandFault.badInput("there is no folder %s".formatted(folder));
        }
        TraceFolder traces = TraceFolder.of(folder);
        List<FitSeries> series = new ArrayList<>();
        int faulty = 0;
        for (String name : traces.names()) {
            switch (traces.read(name, counts ? CsvTrace.Format.COUNTS : CsvTrace.Format.RATES)) {
                case CsvTrace.Trace trace -> series.add(new FitSeries(name, trace.series(), TrafficCalendar.UTC));
                case CsvTrace.Faults faults -> {
                    faulty++;
                    faults.sentences(traces.file(name).toString()).forEach(err::println);
                }
            }
        }
        if (faulty > 0) {
            throw CommandFault.badInput("%d of %d traces cannot be used; nothing was fitted"
                    .formatted(faulty, traces.names().size()));
        }
        return series;
    }

    /**
     * The histories of the configured endpoints.
     *
     * @param err is told which have none
     */
    static List<FitSeries> ofEndpoints(Settings settings, Instant now, PrintStream err) {
        List<EndpointSpec> specs = EndpointHistories.specs(settings, now, err);
        return EndpointHistories.with(settings, history -> read(specs, history, now, err));
    }

    private static List<FitSeries> read(List<EndpointSpec> specs, RateHistory history, Instant now, PrintStream err) {
        List<RateHistory.Answer> answers =
                history.read(specs.stream().map(spec -> query(spec, now)).toList(), now);
        List<FitSeries> series = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            EndpointSpec spec = specs.get(i);
            String name = spec.id().toString();
            EndpointHistories.series(name, answers.get(i))
                    .ifPresentOrElse(
                            read -> series.add(new FitSeries(name, read, spec.calendar())),
                            () -> err.println(name + ": has no samples, is left out"));
        }
        return series;
    }

    private static RateHistory.Query query(EndpointSpec spec, Instant now) {
        long step = spec.traffic().step().seconds();
        Instant to = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), step) * step);
        long steps = Math.max(1, Math.ceilDiv(spec.history().toSeconds(), step));
        return new RateHistory.Query(spec.traffic(), to.minusSeconds(steps * step), to);
    }
}
