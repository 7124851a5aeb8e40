package dev.prescale.forecast;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.TrafficCalendar;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The holidays of a history, each beside what an ordinary day of its weekday and a Sunday would have had: by local hour the
 * mean over the last four such days before it that are no holidays.
 */
final class PastHolidays {
    private static final int SUNDAY = 6;
    private static final int WEEK = 7;
    private static final int DAYS_COMPARED = 4;
    /** Further back than this many weeks traffic was another. */
    private static final int MOST_WEEKS_BACK = 8;

    private final double[] logs;
    private final LocalSlots slots;
    private final TrafficCalendar calendar;

    private PastHolidays(double[] logs, LocalSlots slots, TrafficCalendar calendar) {
        this.logs = logs;
        this.slots = slots;
        this.calendar = calendar;
    }

    /**
     * What the holidays of a history teach.
     *
     * @param logs {@code z = ln(y + c)} per step of the history, {@code NaN} for a gap; not changed
     */
    static HolidayEffects learnt(double[] logs, LocalSlots slots, TrafficCalendar calendar) {
        HolidayEffects effects = new HolidayEffects();
        if (!calendar.holidays().isEmpty() && logs.length > 0) {
            new PastHolidays(logs, slots, calendar).teach(effects);
        }
        return effects;
    }

    private void teach(HolidayEffects effects) {
        int last = slots.epochDay(logs.length - 1);
        for (int day = slots.epochDay(0) + WEEK; day <= last; day++) {
            if (isHoliday(day)) {
                int weekday = LocalSlots.weekdayOf(day);
                effects.learn(hours(day), usual(day, weekday), usual(day, SUNDAY));
            }
        }
    }

    private boolean isHoliday(int day) {
        return calendar.isHoliday(LocalDate.ofEpochDay(day));
    }

    /** Means by local hour over the last ordinary days of a weekday before {@code day}. */
    private double[] usual(int day, int weekday) {
        double[] sums = new double[HolidayEffects.HOURS];
        int[] counts = new int[HolidayEffects.HOURS];
        int compared = 0;
        int back = 1 + Math.floorMod(LocalSlots.weekdayOf(day) - 1 - weekday, WEEK);
        while (compared < DAYS_COMPARED && back <= MOST_WEEKS_BACK * WEEK && day - back >= slots.epochDay(0)) {
            if (!isHoliday(day - back)) {
                double[] hours = hours(day - back);
                for (int h = 0; h < hours.length; h++) {
                    if (!Double.isNaN(hours[h])) {
                        sums[h] += hours[h];
                        counts[h]++;
                    }
                }
                compared++;
            }
            back += WEEK;
        }
        Arrays.setAll(sums, h -> counts[h] == 0 ? Double.NaN : sums[h] / counts[h]);
        return sums;
    }

    /** Means of the logarithms by local hour, {@code NaN} where nothing is known. */
    private double[] hours(int day) {
        double[] sums = new double[HolidayEffects.HOURS];
        int[] counts = new int[HolidayEffects.HOURS];
        for (int slot = 0; slot < slots.step().perDay(); slot++) {
            int t = slots.indexOf(day, slot);
            if (t != LocalSlots.NONE && t < logs.length && !Double.isNaN(logs[t])) {
                sums[slots.hourOfDay(t)] += logs[t];
                counts[slots.hourOfDay(t)]++;
            }
        }
        Arrays.setAll(sums, h -> counts[h] == 0 ? Double.NaN : sums[h] / counts[h]);
        return sums;
    }
}
