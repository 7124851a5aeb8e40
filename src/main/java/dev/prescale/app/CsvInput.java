package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.adapter.files.TraceFolder;
import dev.prescale.config.NearestName;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A CSV that a command was pointed at.
 *
 * @param label what a fault calls it
 * @param file {@code -} for the standard input
 * @param isDataset whether it is a bundled dataset, called by its name
 */
record CsvInput(String label, Path file, boolean isDataset, CsvTrace.Unit unit) {

    /**
     * @param name of a file, {@code -} for the standard input; one without an ending that is no file is that of a dataset
     * @param counts whether values are counts per step, else rates
     * @throws CommandFault where there is neither
     */
    static CsvInput of(String name, boolean counts, Path datasets) {
        CsvTrace.Unit unit = counts ? CsvTrace.Unit.COUNT : CsvTrace.Unit.RATE;
        Path file = path(name);
        if (Streams.isStdin(file)) {
            return new CsvInput(Streams.STDIN, file, false, unit);
        }
        if (Files.exists(file)) {
            return new CsvInput(name, file, false, unit);
        }
        return new CsvInput(name, dataset(name, counts, datasets), true, unit);
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException wrong) {
            throw CommandFault.badInput("there is no file %s".formatted(name));
        }
    }

    private static Path dataset(String name, boolean counts, Path datasets) {
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
        if (!counts) {
            throw CommandFault.badInput("--unit is for a CSV: bundled datasets have counts");
        }
        return bundled.file(name);
    }

    /** Row by row, at the step that the rows tell. */
    CsvTrace.Reading read(InputStream stdin) {
        CsvTrace.Format format = new CsvTrace.Format(unit, null);
        return Streams.isStdin(file) ? CsvTrace.readBytes(stdin, label, format) : CsvTrace.read(file, format);
    }

    /** As rates per minute. */
    CsvTrace.Reading readMinutes(InputStream stdin) {
        return Streams.isStdin(file) ? CsvTrace.readMinutes(stdin, label, unit) : CsvTrace.readMinutes(file, unit);
    }
}
