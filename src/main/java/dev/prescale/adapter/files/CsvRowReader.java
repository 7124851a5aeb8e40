package dev.prescale.adapter.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a CSV one by one, oldest first, and hands on the sound ones; what is wrong with the others goes to a list of faults. */
final class CsvRowReader {
    private static final String HEADER = "timestamp,value";
    private static final int LONGEST_EXCERPT = 60;

    /** Narrower than what {@link Double#parseDouble} takes: no hexadecimal, no type suffix. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private final FaultList faults;
    private final Sink sink;
    private long lastSecond;
    private int lastLine;

    /** Takes sound rows, in order of time, one per second at most. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param second since the epoch
         * @return whether to go on
         */
        boolean take(int line, long second, double value);
    }

    private CsvRowReader(FaultList faults, Sink sink) {
        this.faults = faults;
        this.sink = sink;
    }

    static void read(InputStream text, FaultList faults, Sink sink) {
        BoundedLines lines = new BoundedLines(text);
        try {
            String header = lines.next();
            if (header == null || !isHeader(header)) {
                faults.add(1, headerFault(header));
                return;
            }
            CsvRowReader reader = new CsvRowReader(faults, sink);
            boolean goesOn = true;
            for (String line = lines.next(); line != null && goesOn; line = lines.next()) {
                goesOn = line.isBlank() || reader.row(lines.number(), line);
            }
        } catch (IOException failed) {
            faults.add(lines.number(), "the file cannot be read from here on: " + failed.getMessage());
        }
    }

    private static String headerFault(@Nullable String header) {
        if (header == null) {
            return "the file is empty: the header must be %s".formatted(HEADER);
        }
        boolean isText = header.chars().noneMatch(character -> character == 0 || character == 0xFFFD);
        return isText
                ? "the header must be %s, was '%s'".formatted(HEADER, excerpt(header))
                : "this is no text in UTF-8: the header must be %s".formatted(HEADER);
    }

    private static boolean isHeader(String line) {
        return line.equals(HEADER) || line.startsWith(HEADER + ",");
    }

    private boolean row(int number, String line) {
        if (line.length() > BoundedLines.LONGEST) {
            faults.add(number, "the line is longer than %s characters".formatted(BoundedLines.LONGEST));
            return true;
        }
        int comma = line.indexOf(',');
        if (comma < 0) {
            faults.add(number, "a row must be timestamp,value, was '%s'".formatted(excerpt(line)));
            return true;
        }
        int end = line.indexOf(',', comma + 1);
        double value = value(
                number, line.substring(comma + 1, end < 0 ? line.length() : end).strip());
        Instant time = time(number, line.substring(0, comma).strip());
        boolean isSound = time.isAfter(Instant.MIN) && !Double.isNaN(value);
        if (!isSound || !isNext(number, time)) {
            return true;
        }
        lastSecond = time.getEpochSecond();
        lastLine = number;
        return sink.take(number, lastSecond, value);
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
        if (lastLine == 0 || time.getEpochSecond() > lastSecond) {
            return true;
        }
        String order = time.getEpochSecond() == lastSecond ? "the same as" : "earlier than";
        faults.add(
                number,
                "timestamp %s is %s line %s; rows must be in order, one per step".formatted(time, order, lastLine));
        return false;
    }

    private static String excerpt(String text) {
        String shown = text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "...";
        // a terminal would obey what a hostile file has here
        return shown.replaceAll("\\p{Cc}", "\uFFFD");
    }
}
