package dev.prescale.series;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * What is known beforehand about the days of an endpoint.
 *
 * @param zone time zone in which its traffic repeats
 * @param holidays local dates that do not follow their weekday
 * @param events one-off windows in which traffic departs from the usual
 */
public record TrafficCalendar(ZoneId zone, Set<LocalDate> holidays, List<Event> events) {
    public static final TrafficCalendar UTC = new TrafficCalendar(ZoneOffset.UTC, Set.of(), List.of());

    public TrafficCalendar {
        holidays = Set.copyOf(holidays);
        events = List.copyOf(events);
    }

    public static TrafficCalendar in(ZoneId zone) {
        return new TrafficCalendar(zone, Set.of(), List.of());
    }

    public boolean isHoliday(LocalDate date) {
        return holidays.contains(date);
    }

    /**
     * Product of the factors of the events, each weighted by its share of {@code [from, from + length)}; 1 where none is.
     * Events with a day as pattern have no part in it: their effect is read from the history.
     */
    public double eventFactor(Instant from, Duration length) {
        double product = 1;
        for (Event event : events) {
            if (event.effect() instanceof Factor(double factor)) {
                product *= 1 + (factor - 1) * event.shareOf(from, from.plus(length));
            }
        }
        return product;
    }

    /** What an event does to traffic. */
    public sealed interface Effect {}

    /** @param factor the traffic inside over the traffic that would have been, in (0, 1000] */
    public record Factor(double factor) implements Effect {
        public static final double LARGEST = 1000;

        public Factor {
            Require.that(factor > 0 && factor <= LARGEST, "factor must be in (0, %s], was %s", LARGEST, factor);
        }
    }

    /**
     * Traffic departs from the usual as it did at the same local time of a past day.
     *
     * @param day local date of that day
     */
    public record Pattern(LocalDate day) implements Effect {}

    /** A one-off window. */
    public record Event(String name, Instant from, Instant to, Effect effect) {
        public Event {
            Require.that(from.isBefore(to), "event %s must begin before it ends, was %s to %s", name, from, to);
        }

        public Event(String name, Instant from, Instant to, double factor) {
            this(name, from, to, new Factor(factor));
        }

        /** The part of {@code [start, end)} that the event covers, 0 to 1. */
        public double shareOf(Instant start, Instant end) {
            Instant first = start.isAfter(from) ? start : from;
            Instant last = end.isBefore(to) ? end : to;
            long covered = Math.max(0, Duration.between(first, last).toMillis());
            return (double) covered / Duration.between(start, end).toMillis();
        }
    }
}
