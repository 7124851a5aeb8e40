package dev.prescale.adapter.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The sound rows of a CSV, oldest first; what is wrong with the others goes to a list of faults. */
final class CsvRows {
    private static final String HEADER = "timestamp,value";
    private static final int MOST_ROWS = 1_000_000;
    private static final int LONGEST_EXCERPT = 60;

    /** Narrower than what {@link Double#parseDouble} takes: no hexadecimal, no type suffix. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private final FaultList faults;
    private long[] seconds = new long[1 << 12];
    private double[] values = new double[1 << 12];
    private int[] lines = new int[1 << 12];
    private int size;

    private CsvRows(FaultList faults) {
        this.faults = faults;
    }

    static CsvRows read(InputStream text, FaultList faults) {
        CsvRows rows = new CsvRows(faults);
        BoundedLines lines = new BoundedLines(text);
        try {
            String header = lines.next();
            if (header == null || !isHeader(header)) {
                faults.add(
                        1, "the header must be %s, was '%s'".formatted(HEADER, header == null ? "" : excerpt(header)));
                return rows;
            }
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (rows.size == MOST_ROWS) {
                    faults.add(lines.number(), "at most %s rows are read".formatted(MOST_ROWS));
                    return rows;
                }
                if (!line.isBlank()) {
                    rows.add(lines.number(), line);
                }
            }
        } catch (IOException failed) {
            faults.add(lines.number(), "the file cannot be read from here on: " + failed.getMessage());
        }
        return rows;
    }

    private static boolean isHeader(String line) {
        return line.equals(HEADER) || line.startsWith(HEADER + ",");
    }

    int size() {
        return size;
    }

    long second(int row) {
        return seconds[row];
    }

    Instant instant(int row) {
        return Instant.ofEpochSecond(seconds[row]);
    }

    double value(int row) {
        return values[row];
    }

    int line(int row) {
        return lines[row];
    }

    /** Of two that are as common the shorter one; 0 with fewer than two rows. */
    long mostCommonSpacingSeconds() {
        Map<Long, Integer> occurrences = new HashMap<>();
        for (int row = 1; row < size; row++) {
            occurrences.merge(seconds[row] - seconds[row - 1], 1, Integer::sum);
        }
        return occurrences.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue()
                        .thenComparing(Map.Entry.<Long, Integer>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse(0L);
    }

    private void add(int number, String line) {
        if (line.length() > BoundedLines.LONGEST) {
            faults.add(number, "the line is longer than %s characters".formatted(BoundedLines.LONGEST));
            return;
        }
        int comma = line.indexOf(',');
        if (comma < 0) {
            faults.add(number, "a row must be timestamp,value, was '%s'".formatted(excerpt(line)));
            return;
        }
        int end = line.indexOf(',', comma + 1);
        double value = value(
                number, line.substring(comma + 1, end < 0 ? line.length() : end).strip());
        Instant time = time(number, line.substring(0, comma).strip());
        boolean isSound = time.isAfter(Instant.MIN) && !Double.isNaN(value);
        if (isSound && isNext(number, time)) {
            append(number, time.getEpochSecond(), value);
        }
    }

    /** {@link Instant#MIN}, with a fault, where it is none. */
    private Instant time(int number, String text) {
        try {
            Instant time = IsoTime.parse(text);
            if (time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
                return time;
            }
            faults.add(number, "timestamp must be a whole second, was %s".formatted(text));
        } catch (DateTimeException malformed) {
            faults.add(
                    number,
                    "timestamp must be ISO-8601 with its offset, as 2024-01-01T00:00:00Z, was '%s'"
                            .formatted(excerpt(text)));
        }
        return Instant.MIN;
    }

    /** NaN, with a fault, where it is none. */
    private double value(int number, String text) {
        if (text.isEmpty()) {
            faults.add(number, "value is missing: leave out the row of a step that was not recorded");
            return Double.NaN;
        }
        boolean isNumber = NUMBER.matcher(text).matches();
        if (!isNumber && !NOT_FINITE.matcher(text).matches()) {
            faults.add(number, "value must be a number, was '%s'".formatted(excerpt(text)));
            return Double.NaN;
        }
        double value = isNumber ? Double.parseDouble(text) : Double.NaN;
        if (value >= 0 && value < Double.POSITIVE_INFINITY) {
            return value;
        }
        faults.add(number, "value must be finite and >= 0, was %s".formatted(excerpt(text)));
        return Double.NaN;
    }

    private boolean isNext(int number, Instant time) {
        if (size == 0 || time.getEpochSecond() > seconds[size - 1]) {
            return true;
        }
        String order = time.getEpochSecond() == seconds[size - 1] ? "the same as" : "earlier than";
        faults.add(
                number,
                "timestamp %s is %s line %s; rows must be in order, one per step"
                        .formatted(time, order, lines[size - 1]));
        return false;
    }

    private void append(int number, long second, double value) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            lines = Arrays.copyOf(lines, 2 * size);
        }
        seconds[size] = second;
        values[size] = value;
        lines[size++] = number;
    }

    private static String excerpt(String text) {
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "...";
    }
}
