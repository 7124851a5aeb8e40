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
 * up by these keys and not by counting steps. Steps are named by their index on the grid. A step has the slot in which its
 * beginning falls, also where the zone is not a whole number of steps ahead of UTC.
 *
 * <p>A step {@code i} has the slot number {@code n(i) = i + shift} with a shift that is the same for all steps between two
 * clock changes: {@code floor((a + i s) / s) = i + floor(a / s)}. So a key costs an addition and a division, and memory does
 * not grow with the number of steps: a grid may reach years beyond its series.
 */
public final class LocalSlots {
    /** No step has the time asked for. */
    public static final int NONE = -1;

    /** 1970-01-01 was a Thursday: the fourth day of a week that begins on Monday. */
    private static final int WEEKDAY_OF_EPOCH = 3;

    private static final int DAYS_PER_WEEK = 7;
    private static final int SECONDS_PER_HOUR = 3600;
    /** Stretches are looked up by blocks of this many steps, as a power of two. */
    private static final int BLOCK_BITS = 12;

    private final Step step;
    private final long startSecond;
    private final int perDay;
    private final int perWeek;
    private final int size;
    /** Local day from which slot numbers are counted. */
    private final int firstDay;

    private final int firstDaysSlotOfWeek;
    /** First step of each stretch without a clock change, ascending; 0 comes first. */
    private final int[] firstSteps;
    /** Seconds ahead of UTC in each of these stretches. */
    private final int[] offsetSeconds;
    /** Slot number minus index in each of these stretches. */
    private final int[] shifts;
    /** Seconds from the beginning of a slot to the beginning of its step, in each of these stretches. */
    private final int[] lateSeconds;
    /** The stretch of the first step of each block. */
    private final int[] stretchOfBlock;

    private LocalSlots(Step step, long startSecond, int size, int[] firstSteps, int[] offsetSeconds) {
        this.step = step;
        this.startSecond = startSecond;
        this.perDay = step.perDay();
        this.perWeek = DAYS_PER_WEEK * perDay;
        this.size = size;
        this.firstSteps = firstSteps;
        this.offsetSeconds = offsetSeconds;
        this.shifts = new int[firstSteps.length];
        this.lateSeconds = new int[firstSteps.length];
        long firstSlot = Math.floorDiv(startSecond + offsetSeconds[0], (long) step.seconds());
        this.firstDay = Math.toIntExact(Math.floorDiv(firstSlot, (long) perDay));
        this.firstDaysSlotOfWeek = weekdayOf(firstDay) * perDay;
        for (int k = 0; k < shifts.length; k++) {
            long localSecond = startSecond + offsetSeconds[k] - (long) firstDay * Step.SECONDS_PER_DAY;
            this.shifts[k] = Math.toIntExact(Math.floorDiv(localSecond, (long) step.seconds()));
            this.lateSeconds[k] = Math.floorMod(localSecond, step.seconds());
        }
        this.stretchOfBlock = new int[(size >> BLOCK_BITS) + 1];
        for (int b = 1; b < stretchOfBlock.length; b++) {
            int k = stretchOfBlock[b - 1];
            while (k + 1 < firstSteps.length && firstSteps[k + 1] <= b << BLOCK_BITS) {
                k++;
            }
            stretchOfBlock[b] = k;
        }
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

    /** Whether the clock never changes on this grid: every local day has the same number of steps. */
    public boolean isUniform() {
        return firstSteps.length == 1;
    }

    public Step step() {
        return step;
    }

    /** When the step begins. */
    public Instant instantAt(int index) {
        return Instant.ofEpochSecond(startSecond + (long) index * step.seconds());
    }

    /** First step that begins at the instant or later; may lie outside of the grid. */
    public long firstStepAtOrAfter(Instant instant) {
        long begun = instant.getEpochSecond() + (instant.getNano() > 0 ? 1 : 0);
        return Math.ceilDiv(begun - startSecond, (long) step.seconds());
    }

    /** The step that covers the instant; may lie outside of the grid. */
    public long stepAt(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond() - startSecond, (long) step.seconds());
    }

    /** Position of the step in its local day, 0 to {@code step.perDay() - 1}. */
    public int slotOfDay(int index) {
        return Math.floorMod(slotNumber(index), perDay);
    }

    /** Local hour in which the step begins, 0 to 23. */
    public int hourOfDay(int index) {
        return (slotOfDay(index) * step.seconds() + lateSeconds[stretch(index)]) / SECONDS_PER_HOUR;
    }

    /** Position of the step in its local week, which begins on Monday. */
    public int slotOfWeek(int index) {
        return Math.floorMod(slotNumber(index) + firstDaysSlotOfWeek, perWeek);
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
        return firstDay + Math.floorDiv(slotNumber(index), perDay);
    }

    public LocalDate date(int index) {
        return LocalDate.ofEpochDay(epochDay(index));
    }

    /** Offset from UTC in force at the step. */
    public ZoneOffset offset(int index) {
        return ZoneOffset.ofTotalSeconds(offsetSeconds[stretch(index)]);
    }

    /** The first step with this local date and slot of the day, {@link #NONE} where the grid or the clock has none. */
    public int indexOf(int epochDay, int slotOfDay) {
        Objects.checkIndex(slotOfDay, perDay);
        long number = (long) (epochDay - firstDay) * perDay + slotOfDay;
        for (int k = 0; k < shifts.length; k++) {
            long index = number - shifts[k];
            if (index >= firstSteps[k] && index < endOf(k)) {
                return (int) index;
            }
        }
        return NONE;
    }

    private int endOf(int stretch) {
        return stretch + 1 < firstSteps.length ? firstSteps[stretch + 1] : size;
    }

    /**
     * Index of the step that had the same slot {@code days} local days earlier; may be negative, which is before the grid.
     * Where the clock skipped that slot (spring), it is the step {@code 24 h x days} earlier; where the clock showed it twice
     * (autumn), the one with the offset in force {@code 24 h x days} earlier.
     */
    public int daysEarlier(int index, int days) {
        int sameUtc = index - days * perDay;
        if (sameUtc < 0) {
            return sameUtc;
        }
        int stretch = stretch(sameUtc);
        int shift = shifts[stretch(index)];
        if (shift == shifts[stretch]) {
            return sameUtc;
        }
        int sameLocal = sameUtc + shift - shifts[stretch];
        boolean shown = sameLocal < 0 || (sameLocal >= firstSteps[stretch] && sameLocal < endOf(stretch));
        return shown ? sameLocal : sameUtc;
    }

    private int slotNumber(int index) {
        return index + shifts[stretch(index)];
    }

    private int stretch(int index) {
        Objects.checkIndex(index, size);
        int k = stretchOfBlock[index >> BLOCK_BITS];
        while (k + 1 < firstSteps.length && firstSteps[k + 1] <= index) {
            k++;
        }
        return k;
    }
}
