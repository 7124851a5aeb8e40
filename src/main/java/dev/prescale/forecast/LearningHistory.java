package dev.prescale.forecast;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A history as members learn from it: past events are divided out, and every step, also the {@code ahead} ones to come,
 * knows its predecessor in the daily and in the weekly season. Predecessors have the same local time. A holiday follows the
 * last holiday or Sunday; an ordinary day never follows a holiday.
 *
 * <p>The logarithm {@code z = ln(y + c)} of a rate {@code y} has the offset {@code c} = 40 % of the mean of the last 28 days.
 */
final class LearningHistory {
    static final int NONE = -1;

    private static final double OFFSET_SHARE = 0.4;
    private static final int OFFSET_DAYS = 28;
    private static final int WEEK = 7;
    private static final int SUNDAY = 6;
    private static final int LONGEST_HOLIDAY_RUN_DAYS = 14;

    /** Days beyond the first capacity for which a growing history knows predecessors. */
    private static final int GROWTH_DAYS = 60;

    private final Step step;
    private final LocalSlots slots;
    private final TrafficCalendar calendar;
    private final Instant start;
    private double[] rates;
    private int size;
    private final int perDay;
    private final boolean hasHolidays;
    /** Neither clock changes nor holidays: a day earlier is always as many steps earlier, which need not be looked up. */
    private final boolean plain;
    /** Steps up to which it may grow. */
    private int most;

    private final int firstDay;
    /** Per local day from {@link #firstDay} on. */
    private final int[] patternWeekdays;

    private final boolean[] holidays;

    private final int[] daysBack;
    private final int[] weekdaysBack;
    private final int[] ordinaryWeekdaysBack;
    /** {@code NaN} until it is asked for: the features of the next peak never ask. */
    private double offset = Double.NaN;

    /** @param ahead steps after the history for which predecessors are needed */
    LearningHistory(RateSeries series, TrafficCalendar calendar, int ahead) {
        this(series, calendar, ahead, withoutEvents(series, calendar));
    }

    private LearningHistory(RateSeries series, TrafficCalendar calendar, int ahead, double[] rates) {
        this.step = series.step();
        this.calendar = calendar;
        this.start = series.start();
        this.slots = LocalSlots.of(series.start(), series.step(), rates.length + ahead, calendar.zone());
        this.rates = rates;
        this.size = rates.length;
        this.perDay = step.perDay();
        this.hasHolidays = !calendar.holidays().isEmpty();
        this.plain = slots.isUniform() && !hasHolidays;
        this.most = rates.length;
        // a clock set back just after midnight returns to the day before
        this.firstDay = slots.epochDay(0) - 1;
        int days = slots.epochDay(slots.size() - 1) + 2 - firstDay;
        this.patternWeekdays = new int[days];
        this.holidays = new boolean[days];
        this.ordinaryWeekdaysBack = new int[days];
        this.daysBack = new int[days];
        this.weekdaysBack = new int[days];
        linkDays(calendar);
    }

    /**
     * What a growing history is made for.
     *
     * @param capacity steps that are expected
     * @param ahead steps after the newest one for which predecessors are needed
     */
    record Room(int capacity, int ahead) {}

    /**
     * An empty history that grows by {@link #append}.
     *
     * @param grid its start and its step
     * @param past rates (req/s, events of a known factor taken out) from which the offset is known
     */
    static LearningHistory growing(RateSeries grid, TrafficCalendar calendar, double[] past, Room room) {
        int most = room.capacity() + GROWTH_DAYS * grid.step().perDay();
        LearningHistory history = new LearningHistory(grid, calendar, most + room.ahead(), new double[0]);
        history.rates = new double[room.capacity()];
        history.most = most;
        history.offset = logOffset(past, grid.step());
        return history;
    }

    /** The same with the offset of this series. */
    static LearningHistory growing(RateSeries series, TrafficCalendar calendar, int capacity, int ahead) {
        return growing(series, calendar, withoutEvents(series, calendar), new Room(capacity, ahead));
    }

    void writeTo(DataOutput out) throws IOException {
        DoubleArrays.write(rates, size, out);
    }

    /** Adds steps that were written, for a history that is empty. */
    void restore(double[] written) {
        System.arraycopy(written, 0, rates, 0, written.length);
        size = written.length;
    }

    /**
     * Adds the next step.
     *
     * @param rate req/s, {@code NaN} for a gap
     * @throws IllegalStateException where the history has grown by {@value #GROWTH_DAYS} days
     */
    void append(double rate) {
        if (size == most) {
            throw new IllegalStateException(
                    "a history grows by %s days, then it is to be read anew".formatted(GROWTH_DAYS));
        }
        if (size == rates.length) {
            rates = Arrays.copyOf(rates, size + step.perDay());
        }
        rates[size] = calendar.events().isEmpty()
                ? rate
                : rate / calendar.eventFactor(start.plusSeconds((long) size * step.seconds()), step.duration());
        size++;
    }

    /** Rates (req/s) with what events of a known factor added taken out. */
    static double[] withoutEvents(RateSeries series, TrafficCalendar calendar) {
        double[] rates = series.rates();
        if (!calendar.events().isEmpty()) {
            for (int t = 0; t < rates.length; t++) {
                rates[t] /=
                        calendar.eventFactor(series.instantAt(t), series.step().duration());
            }
        }
        return rates;
    }

    private static double logOffset(double[] rates, Step step) {
        double sum = 0;
        int known = 0;
        for (int t = Math.max(0, rates.length - OFFSET_DAYS * step.perDay()); t < rates.length; t++) {
            if (!Double.isNaN(rates[t])) {
                sum += rates[t];
                known++;
            }
        }
        return sum > 0 ? OFFSET_SHARE * sum / known : 1;
    }

    private void linkDays(TrafficCalendar calendar) {
        for (int d = 0; d < patternWeekdays.length; d++) {
            int day = firstDay + d;
            boolean holiday = isHoliday(calendar, day);
            holidays[d] = holiday;
            ordinaryWeekdaysBack[d] = daysToOrdinary(calendar, day, WEEK);
            patternWeekdays[d] = holiday ? SUNDAY : LocalSlots.weekdayOf(day);
            weekdaysBack[d] = holiday ? daysToHolidayOrSunday(calendar, day) : ordinaryWeekdaysBack[d];
            daysBack[d] = holiday && weekdaysBack[d] <= day - slots.epochDay(0)
                    ? weekdaysBack[d]
                    : daysToOrdinary(calendar, day, 1);
        }
    }

    private static boolean isHoliday(TrafficCalendar calendar, int epochDay) {
        return !calendar.holidays().isEmpty() && calendar.isHoliday(LocalDate.ofEpochDay(epochDay));
    }

    private static int daysToHolidayOrSunday(TrafficCalendar calendar, int day) {
        int back = 1;
        while (LocalSlots.weekdayOf(day - back) != SUNDAY && !isHoliday(calendar, day - back)) {
            back++;
        }
        return back;
    }

    private static int daysToOrdinary(TrafficCalendar calendar, int day, int season) {
        int back = season;
        while (isHoliday(calendar, day - back) && back < season * LONGEST_HOLIDAY_RUN_DAYS) {
            back += season;
        }
        return back;
    }

    Step step() {
        return step;
    }

    LocalSlots slots() {
        return slots;
    }

    /** Steps observed; later indices are still to come. */
    int size() {
        return size;
    }

    /** Steps observed and to come. */
    int sizeAhead() {
        return slots.size();
    }

    /** Rate without events (req/s), {@code NaN} for a gap. */
    double rate(int t) {
        return rates[t];
    }

    /** {@code ln(y + c)}, {@code NaN} for a gap. */
    double log(int t) {
        return Math.log(rates[t] + offset());
    }

    /** The offset {@code c} of the logarithm, req/s. */
    double offset() {
        if (Double.isNaN(offset)) {
            offset = logOffset(rates, step);
        }
        return offset;
    }

    /** The rate (req/s) with this logarithm. */
    double fromLog(double log) {
        return Math.max(0, Math.exp(log) - offset());
    }

    int daysEarlier(int t, int days) {
        return plain ? t - days * perDay : slots.daysEarlier(t, days);
    }

    /** The step one daily season before {@code t}, {@link #NONE} before the history. */
    int dayBefore(int t) {
        if (plain) {
            return Math.max(NONE, t - perDay);
        }
        return Math.max(NONE, slots.daysEarlier(t, daysBack[slots.epochDay(t) - firstDay]));
    }

    /** The step one weekly season before {@code t}, {@link #NONE} before the history. */
    int weekBefore(int t) {
        if (plain) {
            return Math.max(NONE, t - WEEK * perDay);
        }
        return Math.max(NONE, slots.daysEarlier(t, weekdaysBack[slots.epochDay(t) - firstDay]));
    }

    /** The step one weekly season before {@code t} as if {@code t} were on no holiday, {@link #NONE} before the history. */
    int ordinaryWeekBefore(int t) {
        return Math.max(NONE, slots.daysEarlier(t, ordinaryWeekdaysBack[slots.epochDay(t) - firstDay]));
    }

    boolean isHoliday(int t) {
        return hasHolidays && holidays[slots.epochDay(t) - firstDay];
    }

    TrafficCalendar calendar() {
        return calendar;
    }

    /** The weekday whose pattern the step follows, 0 for Monday; a holiday follows Sunday's. */
    int patternWeekday(int t) {
        return patternWeekdays[slots.epochDay(t) - firstDay];
    }

    /** The oldest step that is not a gap, the size where all are. */
    int firstKnown() {
        int t = 0;
        while (t < size && Double.isNaN(rates[t])) {
            t++;
        }
        return t;
    }

    /** The newest step before {@code origin} that is not a gap, {@link #NONE} where there is none. */
    int lastKnown(int origin) {
        int t = origin - 1;
        while (t >= 0 && Double.isNaN(rates[t])) {
            t--;
        }
        return t;
    }
}
