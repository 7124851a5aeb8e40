package dev.prescale.adapter.sqlite;

import dev.prescale.control.SampleSink.Precision;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads InfluxDB line protocol strictly: {@code measurement[,tag=value...] field=value[,field=value...] [time]}.
 *
 * <p>As in InfluxDB a backslash escapes comma and space, in tags and field names the equals sign too, and is itself
 * otherwise; lines end at a line feed, so that a string value holds none and one bad line spoils no other.
 *
 * @see <a href="https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/">the format</a>
 */
final class LineProtocol {
    /** As in Telegraf's and InfluxDB's defaults for one point. */
    static final int LONGEST_LINE = 65_536;

    /** A time stamp in seconds, milliseconds or microseconds that is taken for nanoseconds falls into January 1970. */
    static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:00Z");

    /** Clocks differ, and some sources stamp the end of a day that has begun. */
    static final Duration LATEST_AHEAD = Duration.ofDays(1);

    private final Precision precision;
    private final Instant now;

    LineProtocol(Precision precision, Instant now) {
        this.precision = precision;
        this.now = now;
    }

    ParsedLines parse(String text) {
        List<ParsedLines.GoodLine> goodLines = new ArrayList<>();
        BadLines badLines = new BadLines();
        int number = 0;
        for (int begin = 0; begin < text.length(); ) {
            int lineFeed = text.indexOf('\n', begin);
            int end = lineFeed < 0 ? text.length() : lineFeed;
            String line = text.substring(begin, end).strip();
            begin = end + 1;
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                goodLines.add(new ParsedLines.GoodLine(number, line, samples(line)));
            } catch (MalformedLine malformed) {
                badLines.add(number, line, malformed.problem());
            }
        }
        return new ParsedLines(goodLines, badLines);
    }

    private List<LineSample> samples(String line) throws MalformedLine {
        if (line.length() > LONGEST_LINE) {
            throw new MalformedLine(
                    "the line has %s characters, at most %s are read".formatted(line.length(), LONGEST_LINE));
        }
        PointText point = PointText.read(line);
        Instant at = point.time().isEmpty() ? now : time(point.time());
        List<LineSample> samples = new ArrayList<>();
        for (PointText.NumericField field : point.fields()) {
            SeriesKey key = new SeriesKey(point.measurement(), point.tags(), field.name());
            samples.add(new LineSample(key, at, field.value()));
        }
        return samples;
    }

    private Instant time(String text) throws MalformedLine {
        String unit = precision.name().toLowerCase(Locale.ROOT);
        try {
            Instant at = instant(Long.parseLong(text));
            if (!at.isBefore(EARLIEST) && !at.isAfter(now.plus(LATEST_AHEAD))) {
                return at;
            }
            throw new MalformedLine("time %s in %s is %s, it must be from %s to a day from now: is the precision right?"
                    .formatted(text, unit, at, EARLIEST));
        } catch (NumberFormatException notANumber) {
            throw new MalformedLine("time must be a whole number of %s, was %s".formatted(unit, text));
        } catch (DateTimeException | ArithmeticException farAway) {
            throw new MalformedLine(
                    "time %s in %s is beyond any calendar: is the precision right?".formatted(text, unit));
        }
    }

    private Instant instant(long time) {
        return switch (precision) {
            case NANOSECONDS -> EpochNanos.toInstant(time);
            case MICROSECONDS -> Instant.EPOCH.plus(time, ChronoUnit.MICROS);
            case MILLISECONDS -> Instant.ofEpochMilli(time);
            case SECONDS -> Instant.ofEpochSecond(time);
        };
    }
}
