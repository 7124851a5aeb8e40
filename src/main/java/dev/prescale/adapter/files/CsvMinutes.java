package dev.prescale.adapter.files;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace of any length as rates per minute, of which it keeps eight bytes each whatever the number of rows: rows finer
 * than a minute are averaged while they are read (a minute with less than {@link RateSeries#LEAST_SHARE_PRESENT} of its rows is
 * a gap), coarser ones are taken as constant. The step is the most common spacing of the first {@link #ROWS_THAT_TELL} rows.
 */
final class CsvMinutes implements CsvRowReader.Sink {
    /** Two years. */
    static final int MOST_MINUTES = 2 * 366 * 1_440;

    static final int ROWS_THAT_TELL = 4_096;
    private static final int MINUTE = 60;

    private final CsvTrace.Unit unit;
    private final FaultList faults;
    private CsvRows firstRows = new CsvRows();
    private @Nullable Step step;
    private boolean isStopped;

    private long firstSecond;
    private long firstMinute;
    private long minute;
    private double sum;
    private int present;
    private double[] rates = new double[1 << 12];
    private int size;
    private long lastSecond;

    private CsvMinutes(CsvTrace.Unit unit, FaultList faults) {
        this.unit = unit;
        this.faults = faults;
    }

    /** Reads CSV text; the caller closes the stream. */
    static CsvTrace.Reading read(InputStream text, String name, CsvTrace.Unit unit) {
        FaultList faults = new FaultList();
        CsvMinutes minutes = new CsvMinutes(unit, faults);
        CsvRowReader.read(text, faults, minutes);
        RateSeries series = minutes.finish();
        return series == null ? faults.toFaults() : new CsvTrace.Trace(name, series);
    }

    @Override
    public boolean take(int line, long second, double value) {
        if (step != null) {
            place(line, second, value, step);
            return !isStopped;
        }
        firstRows.append(line, second, value);
        if (firstRows.size() == ROWS_THAT_TELL) {
            begin();
        }
        return !isStopped;
    }

    /** Null where there are faults. */
    private @Nullable RateSeries finish() {
        if (step == null && !isStopped) {
            begin();
        }
        if (step == null || !faults.isEmpty()) {
            return null;
        }
        // as a regridded series: a minute that the rows do not cover to its end is left out
        if (step.seconds() < MINUTE && (lastSecond + step.seconds() - alignment()) % MINUTE == 0) {
            endMinute(step);
        }
        Instant start = Instant.ofEpochSecond(firstMinute * MINUTE);
        return RateSeries.of(start, Step.of(Duration.ofMinutes(1)), Arrays.copyOf(rates, size));
    }

    /** How far steps are off the whole ones since the epoch, in seconds. */
    private long alignment() {
        return step == null ? 0 : Math.floorMod(firstSecond, step.seconds());
    }

    /** Infers the step and places the rows that told it. */
    private void begin() {
        step = inferredStep();
        if (step == null) {
            isStopped = true;
            return;
        }
        firstSecond = firstRows.second(0);
        firstMinute = Math.floorDiv(firstSecond, MINUTE);
        minute = firstMinute;
        for (int row = 0; row < firstRows.size() && !isStopped; row++) {
            place(firstRows.line(row), firstRows.second(row), firstRows.value(row), step);
        }
        firstRows = new CsvRows();
    }

    private @Nullable Step inferredStep() {
        if (firstRows.size() < 2) {
            if (faults.isEmpty()) {
                faults.add(
                        0,
                        firstRows.size() == 0
                                ? "there is no row after the header"
                                : "there is one row only; two are the fewest that tell a step");
            }
            return null;
        }
        Duration spacing = Duration.ofSeconds(firstRows.mostCommonSpacingSeconds());
        int seconds = Step.isValid(spacing) ? (int) spacing.toSeconds() : 0;
        if (seconds == 0 || (MINUTE % seconds != 0 && seconds % MINUTE != 0)) {
            faults.add(
                    0,
                    "the rows are %s apart; a step is 1 s to 1 h, divides a day, and divides a minute or is whole minutes"
                            .formatted(spacing));
            return null;
        }
        return Step.of(spacing);
    }

    private void place(int line, long second, double value, Step step) {
        long sinceFirst = second - firstSecond;
        if (sinceFirst % step.seconds() != 0) {
            faults.add(
                    line,
                    "%s is not a whole number of steps of %s after the first row, %s"
                            .formatted(
                                    Instant.ofEpochSecond(second),
                                    step.duration(),
                                    Instant.ofEpochSecond(firstSecond)));
            return;
        }
        double rate = unit == CsvTrace.Unit.COUNT ? value / step.seconds() : value;
        boolean isFine = step.seconds() < MINUTE;
        long at = isFine ? Math.floorDiv(second - alignment(), MINUTE) : firstMinute + sinceFirst / MINUTE;
        int minutes = isFine ? 1 : step.seconds() / MINUTE;
        if (at + minutes - firstMinute > MOST_MINUTES) {
            faults.add(
                    line,
                    "%s is %s minutes or more after the first row, %s; a longer trace is not read"
                            .formatted(
                                    Instant.ofEpochSecond(second), MOST_MINUTES, Instant.ofEpochSecond(firstSecond)));
            isStopped = true;
            return;
        }
        lastSecond = second;
        if (isFine) {
            if (at > minute) {
                endMinute(step);
                minute = at;
            }
            sum += rate;
            present++;
        } else {
            set(at, minutes, rate);
        }
    }

    private void endMinute(Step step) {
        boolean isKnown = present >= RateSeries.LEAST_SHARE_PRESENT * (MINUTE / step.seconds());
        set(minute, 1, isKnown ? sum / present : Double.NaN);
        sum = 0;
        present = 0;
    }

    /** Minutes before it that have no row are gaps. */
    private void set(long from, int count, double rate) {
        int first = Math.toIntExact(from - firstMinute);
        int end = first + count;
        if (end > rates.length) {
            rates = Arrays.copyOf(rates, Math.max(end, 2 * rates.length));
        }
        Arrays.fill(rates, size, first, Double.NaN);
        Arrays.fill(rates, first, end, rate);
        size = end;
    }
}
