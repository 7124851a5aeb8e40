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
 * @param events one-off windows in which traffic is multiplied
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

    /** Product of the factors of the events, each weighted by its share of {@code [from, from + length)}; 1 where none is. */
    public double eventFactor(Instant from, Duration length) {
        double factor = 1;
        for (Event event : events) {
            factor *= 1 + (event.factor() - 1) * event.shareOf(from, from.plus(length));
        }
        return factor;
    }

    /**
     * A one-off window.
     *
     * @param factor the traffic inside over the traffic that would have been, > 0
     */
    public record Event(String name, Instant from, Instant to, double factor) {
        public Event {
            Require.that(from.isBefore(to), "event %s must begin before it ends, was %s to %s", name, from, to);
            Require.that(factor > 0 && factor <= 1000, "factor of event %s must be in (0, 1000], was %s", name, factor);
        }

        double shareOf(Instant start, Instant end) {
            Instant first = start.isAfter(from) ? start : from;
            Instant last = end.isBefore(to) ? end : to;
            long covered = Math.max(0, Duration.between(first, last).toMillis());
            return (double) covered / Duration.between(start, end).toMillis();
        }
    }
}
