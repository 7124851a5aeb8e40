package dev.prescale.forecast;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.series.TrafficCalendar.Event;
import dev.prescale.series.TrafficCalendar.Pattern;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Effects of the events that have a past day as pattern, to be added to the logarithm {@code z = ln(y + c)} of the base:
 *
 * <pre>
 *   offset(t) = ln(1 + share(t) (exp(d(s)) - 1)),   d(s) = z(pattern day, s) - usual(s)
 * </pre>
 *
 * with {@code s} the local slot of the step, {@code share} the part of the step inside the event and {@code usual} the median
 * of the same slot on the same weekday up to four weeks before and after the pattern day, without holidays, or on the three
 * days around it where no such day is known. Rates are averaged over a quarter of an hour either way first, so that the noise
 * of one day is not repeated. A slot without an answer has that of the nearest one that has.
 */
final class EventPatterns {
    private static final int SMOOTHING_SECONDS = 900;
    private static final int WEEK = 7;
    private static final int WEEKS_COMPARED = 4;
    private static final int DAYS_COMPARED = 3;
    private static final double LARGEST_DEPARTURE = Math.log(TrafficCalendar.Factor.LARGEST);

    /** @param departures {@code d} by slot of the day, empty where the history does not hold the pattern day */
    private record Applied(Event event, int patternDay, int from, int to, double[] departures) {}

    private final double[] rates;
    private final double offset;
    private final LocalSlots slots;
    private final TrafficCalendar calendar;
    private final List<Applied> applied = new ArrayList<>();

    private EventPatterns(double[] rates, double offset, LocalSlots slots, TrafficCalendar calendar) {
        this.rates = rates;
        this.offset = offset;
        this.slots = slots;
        this.calendar = calendar;
    }

    /**
     * The pattern events of a calendar on a grid.
     *
     * @param rates of the history (req/s), {@code NaN} for a gap, events with a factor divided out; not changed
     * @param offset the {@code c} of the logarithm, req/s
     * @param slots keys of the history and of the steps to come
     */
    static EventPatterns of(double[] rates, double offset, LocalSlots slots, TrafficCalendar calendar) {
        EventPatterns patterns = new EventPatterns(rates, offset, slots, calendar);
        for (Event event : calendar.events()) {
            if (event.effect() instanceof Pattern(LocalDate day) && slots.size() > 0) {
                patterns.apply(event, Math.toIntExact(day.toEpochDay()));
            }
        }
        return patterns;
    }

    private void apply(Event event, int patternDay) {
        int from = Math.clamp(slots.stepAt(event.from()), 0, slots.size());
        int to = Math.clamp(slots.firstStepAtOrAfter(event.to()), 0, slots.size());
        if (from < to) {
            applied.add(new Applied(event, patternDay, from, to, departures(patternDay)));
        }
    }

    private double[] departures(int patternDay) {
        double[] departures = new double[slots.step().perDay()];
        int known = 0;
        for (int s = 0; s < departures.length; s++) {
            double departure = log(patternDay, s) - usual(patternDay, s);
            departures[s] = Math.clamp(departure, -LARGEST_DEPARTURE, LARGEST_DEPARTURE);
            known += Double.isNaN(departure) ? 0 : 1;
        }
        if (2 * known < departures.length) {
            return new double[0];
        }
        double[] filled = new double[departures.length];
        Arrays.setAll(filled, s -> nearest(departures, s));
        return filled;
    }

    private static double nearest(double[] departures, int slot) {
        for (int away = 0; away < departures.length; away++) {
            if (slot - away >= 0 && !Double.isNaN(departures[slot - away])) {
                return departures[slot - away];
            }
            if (slot + away < departures.length && !Double.isNaN(departures[slot + away])) {
                return departures[slot + away];
            }
        }
        return 0;
    }

    private double usual(int patternDay, int slot) {
        double sameWeekday = medianAround(patternDay, slot, WEEK, WEEKS_COMPARED);
        return Double.isNaN(sameWeekday) ? medianAround(patternDay, slot, 1, DAYS_COMPARED) : sameWeekday;
    }

    /** Median of the known logarithms of the slot on ordinary days {@code apart}, {@code 2 apart}, ... days before and after. */
    private double medianAround(int patternDay, int slot, int apart, int times) {
        double[] found = new double[2 * times];
        int count = 0;
        for (int k = -times; k <= times; k++) {
            int day = patternDay + k * apart;
            double z = k == 0 || calendar.isHoliday(LocalDate.ofEpochDay(day)) ? Double.NaN : log(day, slot);
            if (!Double.isNaN(z)) {
                found[count++] = z;
            }
        }
        return Quantiles.median(found, count);
    }

    /** {@code ln(y + c)} of the mean rate around a slot of a day, {@code NaN} where it is not in the history. */
    private double log(int day, int slot) {
        int t = slots.indexOf(day, slot);
        if (t == LocalSlots.NONE || t >= rates.length || Double.isNaN(rates[t])) {
            return Double.NaN;
        }
        int halfWidth = SMOOTHING_SECONDS / slots.step().seconds();
        double sum = 0;
        int known = 0;
        for (int k = Math.max(0, t - halfWidth); k <= Math.min(rates.length - 1, t + halfWidth); k++) {
            if (!Double.isNaN(rates[k])) {
                sum += rates[k];
                known++;
            }
        }
        return Math.log(sum / known + offset);
    }

    /** What is added to the logarithm of the base at a step, past or to come; 0 outside of events. */
    double logOffset(int t) {
        double sum = 0;
        for (Applied pattern : applied) {
            if (t >= pattern.from && t < pattern.to && pattern.departures.length > 0) {
                double share = pattern.event.shareOf(slots.instantAt(t), slots.instantAt(t + 1));
                sum += Math.log1p(share * Math.expm1(pattern.departures[slots.slotOfDay(t)]));
            }
        }
        return sum;
    }

    /** Whether a step is under such an event or is what one is modelled on: nothing usual can be learned from it. */
    boolean isUnusual(int t) {
        for (Applied pattern : applied) {
            if ((t >= pattern.from && t < pattern.to) || isModel(pattern, t)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the step is on the pattern day, at a local time at which the event is on. */
    private boolean isModel(Applied pattern, int t) {
        if (slots.epochDay(t) != pattern.patternDay) {
            return false;
        }
        int perDay = slots.step().perDay();
        int sinceBegin = Math.floorMod(slots.slotOfDay(t) - slots.slotOfDay(pattern.from), perDay);
        return sinceBegin < pattern.to - pattern.from;
    }

    /** A sentence for every event to come without effect because the history does not hold its pattern day. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Applied pattern : applied) {
            if (pattern.departures.length == 0 && pattern.to > rates.length) {
                warnings.add("The history does not hold %s, the pattern of event %s, which has no effect."
                        .formatted(LocalDate.ofEpochDay(pattern.patternDay), pattern.event.name()));
            }
        }
        return warnings;
    }
}
