package dev.prescale.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Objects;

/**
 * The local wall-clock time of every step of a UTC grid: traffic repeats by the clock on the wall, so a season is looked
 * up by these keys and not by counting steps. Steps are named by their index on the grid.
 */
public final class LocalSlots {
    /** 1970-01-01 was a Thursday: the fourth day of a week that begins on Monday. */
    private static final int WEEKDAY_OF_EPOCH = 3;

    private static final int DAYS_PER_WEEK = 7;

    private final Step step;
    private final long startSecond;
    private final int size;
    /** First step of each stretch without a clock change, ascending; 0 comes first. */
    private final int[] firstSteps;
    /** Seconds ahead of UTC in each of these stretches. */
    private final int[] offsetSeconds;

    private LocalSlots(Step step, long startSecond, int size, int[] firstSteps, int[] offsetSeconds) {
        this.step = step;
        this.startSecond = startSecond;
        this.size = size;
        this.firstSteps = firstSteps;
        this.offsetSeconds = offsetSeconds;
    }

    /** Keys of the {@code steps} steps from {@code start} on. */
    public static LocalSlots of(Instant start, Step step, int steps, ZoneId zone) {
        Require.that(steps >= 0, "steps must be >= 0, was %s", steps);
        ZoneRules rules = zone.getRules();
        long startSecond = start.getEpochSecond();
        int[] firstSteps = {0};
        int[] offsetSeconds = {rules.getOffset(start).getTotalSeconds()};
        ZoneOffsetTransition next = rules.nextTransition(start);
        while (next != null && next.toEpochSecond() <= startSecond + (long) (steps - 1) * step.seconds()) {
            long first = Math.ceilDiv(next.toEpochSecond() - startSecond, (long) step.seconds());
            firstSteps = appended(firstSteps, Math.toIntExact(first));
            offsetSeconds = appended(offsetSeconds, next.getOffsetAfter().getTotalSeconds());
            next = rules.nextTransition(next.getInstant());
        }
        return new LocalSlots(step, startSecond, steps, firstSteps, offsetSeconds);
    }

    private static int[] appended(int[] values, int value) {
        int[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        return longer;
    }

    /** Keys of a series and of the {@code ahead} steps after it. */
    public static LocalSlots of(RateSeries series, int ahead, ZoneId zone) {
        return of(series.start(), series.step(), series.size() + ahead, zone);
    }

    public int size() {
        return size;
    }

    /** Position of the step in its local day, 0 to {@code step.perDay() - 1}. */
    public int slotOfDay(int index) {
        return Math.floorMod(localSecond(index), Step.SECONDS_PER_DAY) / step.seconds();
    }

    /** Position of the step in its local week, which begins on Monday. */
    public int slotOfWeek(int index) {
        return weekday(index) * step.perDay() + slotOfDay(index);
    }

    /** 0 for Monday to 6 for Sunday. */
    public int weekday(int index) {
        return weekdayOf(epochDay(index));
    }

    public static int weekdayOf(int epochDay) {
        return Math.floorMod(epochDay + WEEKDAY_OF_EPOCH, DAYS_PER_WEEK);
    }

    /** Local date as days since 1970-01-01. */
    public int epochDay(int index) {
        return Math.toIntExact(Math.floorDiv(localSecond(index), (long) Step.SECONDS_PER_DAY));
    }

    public LocalDate date(int index) {
        return LocalDate.ofEpochDay(epochDay(index));
    }

    /** Offset from UTC in force at the step. */
    public ZoneOffset offset(int index) {
        return ZoneOffset.ofTotalSeconds(offsetSeconds(index));
    }

    /**
     * Index of the step that had the same local time {@code days} local days earlier; may be negative, which is before the
     * grid. Where the clock skipped that time (spring), it is the step {@code 24 h x days} earlier; where the clock showed it
     * twice (autumn), the one with the offset in force {@code 24 h x days} earlier.
     */
    public int daysEarlier(int index, int days) {
        int sameUtc = index - days * step.perDay();
        if (sameUtc < 0) {
            return sameUtc;
        }
        int change = offsetSeconds(index) - offsetSeconds(sameUtc);
        if (change == 0) {
            return sameUtc;
        }
        int sameLocal = sameUtc + Math.floorDiv(change, step.seconds());
        if (sameLocal < 0) {
            return sameLocal;
        }
        boolean shown = offsetSeconds(sameLocal) == offsetSeconds(sameUtc);
        return shown ? sameLocal : sameUtc;
    }

    private long localSecond(int index) {
        Objects.checkIndex(index, size);
        return startSecond + (long) index * step.seconds() + offsetSeconds(index);
    }

    private int offsetSeconds(int index) {
        int stretch = firstSteps.length - 1;
        while (index < firstSteps[stretch]) {
            stretch--;
        }
        return offsetSeconds[stretch];
    }
}
