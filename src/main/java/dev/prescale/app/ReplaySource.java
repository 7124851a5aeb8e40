package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ReplayOptions;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.backtest.Trace;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointSpec;
import dev.prescale.series.RateSeries;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

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
     * @param streams a file called {@code -} is read from them, and they are told what is odd but can be used
     * @throws CommandFault naming every fault of the files
     */
    static ReplaySource read(
            ReplayOptions options, Path home, Supplier<Settings> settings, Instant now, Streams streams) {
        requireOneStdin(options);
        Optional<SpecFile> given = options.spec().map(file -> SpecFile.read(file, streams.in()));
        return switch (options.source()) {
            case ReplayOptions.Recorded recorded -> ofTrace(recorded, given, home.resolve("datasets"), streams);
            case ReplayOptions.History history ->
                new EndpointReplay(settings.get(), now, streams.err()).read(history, given);
        };
    }

    private static void requireOneStdin(ReplayOptions options) {
        boolean isTrace = options.source() instanceof ReplayOptions.Recorded recorded
                && Streams.isStdin(Path.of(recorded.name()));
        if (isTrace && options.spec().filter(Streams::isStdin).isPresent()) {
            throw CommandFault.badInput("the standard input can be the trace or the specification, not both");
        }
    }

    private static ReplaySource ofTrace(
            ReplayOptions.Recorded recorded, Optional<SpecFile> given, Path datasets, Streams streams) {
        CsvInput file = CsvInput.of(recorded.name(), recorded.counts(), datasets);
        Optional<SpecFile> spec = file.isDataset() ? given.or(() -> specOfDataset(recorded.name(), datasets)) : given;
        if (spec.isPresent() && recorded.timeZone().isPresent()) {
            throw CommandFault.badInput("--time-zone is for a trace without a specification: %s has spec.timeZone"
                    .formatted(spec.get().spec().id()));
        }
        return new ReplaySource(
                trace(file.label(), file.readMinutes(streams.in())),
                spec.map(SpecFile::spec),
                spec.map(SpecFile::text));
    }

    /** The specification that a bundled dataset comes with. */
    static Optional<SpecFile> specOfDataset(String name, Path datasets) {
        return Optional.of(datasets.resolve(name + ".yaml"))
                .filter(Files::exists)
                .map(file -> SpecFile.read(file, InputStream.nullInputStream()));
    }

    /**
     * As a trace, which says what is wrong where it is none.
     *
     * @param file what a user calls it
     */
    static Trace trace(String file, CsvTrace.Reading reading) {
        return switch (reading) {
            case CsvTrace.Trace read -> traceOf(read.name(), read.series());
            case CsvTrace.Faults faults ->
                throw CommandFault.badInput(
                        "the trace cannot be replayed:" + INDENTED + String.join(INDENTED, faults.sentences(file)));
        };
    }

    static Trace traceOf(String name, RateSeries series) {
        try {
            return Trace.of(name, series);
        } catch (IllegalArgumentException refused) {
            throw CommandFault.badInput("the trace cannot be replayed: " + refused.getMessage());
        }
    }
}
