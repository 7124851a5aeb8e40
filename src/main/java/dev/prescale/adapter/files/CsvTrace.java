package dev.prescale.adapter.files;

import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleGrid;
import dev.prescale.series.Step;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace from CSV: header {@code timestamp,value}, then a row per step with an ISO-8601 time and its offset, oldest
 * first; a step without a row is a gap. Further columns are not looked at. The grid begins at the first row, wherever that
 * lies, and every row must be on it.
 */
public final class CsvTrace {
    private static final int ZIP_BUFFER = 1 << 16;

    private CsvTrace() {}

    /** What the values are. */
    public enum Unit {
        /** Requests in the step. */
        COUNT,
        /** Mean requests per second in the step. */
        RATE
    }

    /**
     * How a file is to be read.
     *
     * @param step spacing of the rows; null for the most common one in the file
     */
    public record Format(Unit unit, @Nullable Step step) {
        public static final Format COUNTS = new Format(Unit.COUNT, null);
        public static final Format RATES = new Format(Unit.RATE, null);
    }

    /** What came of reading: a trace, or everything that is wrong with the file. */
    public sealed interface Reading {}

    /**
     * A trace that was read.
     *
     * @param name of the file without its ending
     */
    public record Trace(String name, RateSeries series) implements Reading {}

    /**
     * What is wrong with a file.
     *
     * @param faults by line, the first {@link FaultList#MOST_NAMED} of them
     * @param unnamed how many there are beside those
     */
    public record Faults(List<Fault> faults, int unnamed) implements Reading {
        public Faults {
            faults = List.copyOf(faults);
        }

        /**
         * {@code FILE:LINE: what is wrong}, as compilers write it, so that editors find the line.
         *
         * @param file what a user calls it
         */
        public List<String> sentences(String file) {
            List<String> sentences = new ArrayList<>();
            for (Fault fault : faults) {
                sentences.add(
                        fault.line() == 0
                                ? "%s: %s".formatted(file, fault.problem())
                                : "%s:%d: %s".formatted(file, fault.line(), fault.problem()));
            }
            if (unnamed > 0) {
                sentences.add("%s: and %d more".formatted(file, unnamed));
            }
            return sentences;
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param line from 1; 0 where the file as a whole is at fault
     */
    public record Fault(int line, String problem) {}

    /** Reads {@code FILE.csv} or {@code FILE.csv.gz}. */
    public static Reading read(Path file, Format format) {
        return open(file, (text, name) -> read(text, name, format));
    }

    /**
     * Reads {@code FILE.csv} or {@code FILE.csv.gz} as rates per minute, of up to {@link CsvMinutes#MOST_MINUTES}, however many
     * rows it has.
     */
    public static Reading readMinutes(Path file, Unit unit) {
        return open(file, (text, name) -> CsvMinutes.read(text, name, unit));
    }

    private static Reading open(Path file, BiFunction<InputStream, String, Reading> reader) {
        String fileName = String.valueOf(file.getFileName());
        try (InputStream bytes = Files.newInputStream(file)) {
            return unzipped(bytes, fileName.replaceFirst("(?i)(\\.csv)?(\\.gz)?$", ""), reader);
        } catch (NoSuchFileException absent) {
            return wholeFile("there is no such file");
        } catch (AccessDeniedException refused) {
            return wholeFile("may not be read by you");
        } catch (IOException failed) {
            return wholeFile(Files.isDirectory(file) ? "is a folder" : "cannot be read: " + failed.getMessage());
        }
    }

    /** Reads a CSV, zipped or not; the caller closes the stream. */
    public static Reading readBytes(InputStream bytes, String name, Format format) {
        return readBytes(bytes, name, (text, called) -> read(text, called, format));
    }

    /** Reads a CSV, zipped or not, as rates per minute; the caller closes the stream. */
    public static Reading readMinutes(InputStream bytes, String name, Unit unit) {
        return readBytes(bytes, name, (text, called) -> CsvMinutes.read(text, called, unit));
    }

    private static Reading readBytes(InputStream bytes, String name, BiFunction<InputStream, String, Reading> reader) {
        try {
            return unzipped(bytes, name, reader);
        } catch (IOException failed) {
            return wholeFile("cannot be read: " + failed.getMessage());
        }
    }

    /** What is zipped says so in its first two bytes, whatever it is called. */
    private static Reading unzipped(InputStream bytes, String name, BiFunction<InputStream, String, Reading> reader)
            throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, ZIP_BUFFER);
        buffered.mark(2);
        boolean isZipped = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return reader.apply(isZipped ? new GZIPInputStream(buffered, ZIP_BUFFER) : buffered, name);
    }

    /** Reads CSV text; the caller closes the stream. */
    public static Reading read(InputStream text, String name, Format format) {
        FaultList faults = new FaultList();
        CsvRows rows = CsvRows.read(text, faults);
        if (rows.size() == 0 && faults.isEmpty()) {
            return wholeFile("there is no row after the header");
        }
        Step step = format.step() == null ? inferredStep(rows, faults) : format.step();
        if (step == null) {
            return faults.toFaults();
        }
        double[] values = onGrid(rows, step, faults);
        if (!faults.isEmpty()) {
            return faults.toFaults();
        }
        RateSeries series =
                switch (format.unit()) {
                    case COUNT -> RateSeries.ofCounts(rows.instant(0), step, values);
                    case RATE -> RateSeries.of(rows.instant(0), step, values);
                };
        return new Trace(name, series);
    }

    private static Faults wholeFile(String problem) {
        return new Faults(List.of(new Fault(0, problem)), 0);
    }

    /** The most common spacing of rows; null, with a fault, where it is no step. */
    private static @Nullable Step inferredStep(CsvRows rows, FaultList faults) {
        Duration spacing = Duration.ofSeconds(rows.mostCommonSpacingSeconds());
        if (spacing.isZero()) {
            if (faults.isEmpty()) {
                faults.add(0, "one row tells no step: give the step");
            }
            return null;
        }
        if (!Step.isValid(spacing)) {
            faults.add(0, "the rows are %s apart; a step is 1 s to 1 h and divides a day".formatted(spacing));
            return null;
        }
        return Step.of(spacing);
    }

    private static double[] onGrid(CsvRows rows, Step step, FaultList faults) {
        long steps = rows.size() == 0 ? 0 : (rows.second(rows.size() - 1) - rows.second(0)) / step.seconds() + 1;
        if (steps > SampleGrid.MOST_STEPS) {
            faults.add(
                    0,
                    "%s to %s is %s steps of %s, at most %s are read"
                            .formatted(
                                    rows.instant(0),
                                    rows.instant(rows.size() - 1),
                                    steps,
                                    step.duration(),
                                    SampleGrid.MOST_STEPS));
            return new double[0];
        }
        double[] values = new double[(int) steps];
        Arrays.fill(values, Double.NaN);
        for (int row = 0; row < rows.size(); row++) {
            long seconds = rows.second(row) - rows.second(0);
            if (seconds % step.seconds() == 0) {
                values[(int) (seconds / step.seconds())] = rows.value(row);
            } else {
                faults.add(
                        rows.line(row),
                        "%s is not a whole number of steps of %s after the first row, %s"
                                .formatted(rows.instant(row), step.duration(), rows.instant(0)));
            }
        }
        return values;
    }
}
