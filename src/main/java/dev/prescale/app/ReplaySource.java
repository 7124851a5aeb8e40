package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ReplayOptions;
import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.adapter.files.TraceFolder;
import dev.prescale.backtest.Trace;
import dev.prescale.config.NearestName;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointSpec;
import dev.prescale.series.RateSeries;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The traffic that a command replays.
 *
 * @param spec the one it comes with or that was given; empty for a CSV alone
 * @param specText its file; empty where it is not of one
 */
record ReplaySource(Trace trace, Optional<EndpointSpec> spec, Optional<String> specText) {
    private static final String INDENTED = System.lineSeparator() + "  ";

    /**
     * @param home folder of the checkout, which has {@code datasets/}
     * @param settings of the service, asked for where its history is read
     * @param err is told what is odd but can be used
     * @throws CommandFault naming every fault of the files
     */
    static ReplaySource read(
            ReplayOptions options, Path home, Supplier<Settings> settings, Instant now, PrintStream err) {
        Optional<SpecFile> given = options.spec().map(SpecFile::read);
        return switch (options.source()) {
            case ReplayOptions.Recorded recorded -> ofTrace(recorded, given, home.resolve("datasets"));
            case ReplayOptions.History history -> new EndpointReplay(settings.get(), now, err).read(history, given);
        };
    }

    private static ReplaySource ofTrace(ReplayOptions.Recorded recorded, Optional<SpecFile> given, Path datasets) {
        CsvTrace.Unit unit = recorded.counts() ? CsvTrace.Unit.COUNT : CsvTrace.Unit.RATE;
        Path file = Path.of(recorded.name());
        Optional<SpecFile> spec = given;
        if (!Files.exists(file)) {
            file = dataset(recorded, datasets);
            spec = given.or(() -> specOfDataset(recorded.name(), datasets));
        }
        if (spec.isPresent() && recorded.timeZone().isPresent()) {
            throw CommandFault.badInput("--time-zone is for a trace without a specification: %s has spec.timeZone"
                    .formatted(spec.get().spec().id()));
        }
        return new ReplaySource(
                trace(CsvTrace.readMinutes(file, unit)), spec.map(SpecFile::spec), spec.map(SpecFile::text));
    }

    /** The specification that a bundled dataset comes with. */
    static Optional<SpecFile> specOfDataset(String name, Path datasets) {
        return Optional.of(datasets.resolve(name + ".yaml"))
                .filter(Files::exists)
                .map(SpecFile::read);
    }

    /** A name without an ending that is no file is that of a dataset. */
    private static Path dataset(ReplayOptions.Recorded recorded, Path datasets) {
        String name = recorded.name();
        if (Path.of(name).getNameCount() != 1 || name.matches("(?i).*\\.(csv|gz)")) {
            throw CommandFault.badInput("there is no file %s".formatted(name));
        }
        TraceFolder bundled = TraceFolder.of(datasets);
        if (!bundled.names().contains(name)) {
            String near = NearestName.of(name, bundled.names())
                    .map(nearest -> "; did you mean %s?".formatted(nearest))
                    .orElse("");
            throw CommandFault.badInput(
                    bundled.names().isEmpty()
                            ? "there is no file %s".formatted(name)
                            : "there is no file or bundled dataset %s%s; datasets are %s"
                                    .formatted(name, near, String.join(", ", bundled.names())));
        }
        if (!recorded.counts()) {
            throw CommandFault.badInput("--unit is for a CSV: bundled datasets have counts");
        }
        return bundled.file(name);
    }

    /** As a trace, which says what is wrong where it is none. */
    static Trace trace(CsvTrace.Reading reading) {
        return switch (reading) {
            case CsvTrace.Trace read -> traceOf(read.name(), read.series());
            case CsvTrace.Faults faults -> throw CommandFault.badInput(sentence(faults));
        };
    }

    static Trace traceOf(String name, RateSeries series) {
        try {
            return Trace.of(name, series);
        } catch (IllegalArgumentException refused) {
            throw CommandFault.badInput("the trace cannot be replayed: " + refused.getMessage());
        }
    }

    private static String sentence(CsvTrace.Faults faults) {
        String named = faults.faults().stream()
                .map(fault ->
                        fault.line() == 0 ? fault.problem() : "line %d: %s".formatted(fault.line(), fault.problem()))
                .collect(Collectors.joining(INDENTED));
        String more = faults.unnamed() == 0 ? "" : INDENTED + "and %d more".formatted(faults.unnamed());
        return "the trace cannot be replayed:" + INDENTED + named + more;
    }
}
