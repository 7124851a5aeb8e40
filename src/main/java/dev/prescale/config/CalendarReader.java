package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.series.TrafficCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is known beforehand of the days: time zone, holidays, events. */
final class CalendarReader {
    static final Key<ZoneId> TIME_ZONE = Key.withDefault(
            "timeZone",
            ValueTypes.ZONE,
            ZoneOffset.UTC,
            "Time zone in which the traffic repeats, for its days and weeks.");
    static final SchemaKey.FreeKey HOLIDAYS = new SchemaKey.FreeKey(
            "holidays",
            "a country code such as DE, one with a subdivision such as DE-BY, or a list of dates",
            "Days that do not follow their weekday.");
    private static final Key<String> NAME = Key.required("name", ValueTypes.text(63), "For people.");
    private static final Key<LocalOrInstant> FROM =
            Key.required("from", LocalOrInstant.TYPE, "Beginning; without an offset on the clock of the time zone.");
    private static final Key<LocalOrInstant> TO = Key.required("to", LocalOrInstant.TYPE, "End, not included.");
    private static final Key<Double> FACTOR = Key.optional(
            "factor",
            ValueTypes.numberAbove(0, TrafficCalendar.Factor.LARGEST),
            "The traffic inside over the traffic that would have been; this or pattern.");
    private static final Key<LocalDate> PATTERN = Key.optional(
            "pattern",
            ValueTypes.DATE,
            "A past local day from which the departure from the usual is taken, hour by hour; this or factor. "
                    + "It must be before the event; where the history does not hold it, the answer warns.");
    private static final ObjectRule.Checked ONE_EFFECT = ObjectRule.exactlyOneOf(
            "must have exactly one of factor, which is above 0 and at most 1000, and pattern, a past date",
            FACTOR,
            PATTERN);
    static final SchemaKey.ObjectListKey EVENTS = new SchemaKey.ObjectListKey(
            "events",
            ObjectSchema.of(NAME, FROM, TO, FACTOR, PATTERN).where(ONE_EFFECT),
            200,
            "One-off windows in which traffic departs from the usual, by a factor or as on a past day.");

    private static final int MOST_HOLIDAYS = 5_000;

    private CalendarReader() {}

    /** @param reader of the object that has {@code holidays} and {@code events} */
    static TrafficCalendar read(ObjectReader reader, ZoneId zone) {
        return new TrafficCalendar(zone, holidays(reader), events(reader, zone));
    }

    private static Set<LocalDate> holidays(ObjectReader reader) {
        JsonNode node = reader.node(HOLIDAYS);
        if (node == null) {
            return Set.of();
        }
        if (node.isTextual()) {
            return PublicHolidays.of(node.textValue()).orElseGet(() -> {
                reader.refuse(HOLIDAYS, unknownRegion(node.textValue()));
                return Set.of();
            });
        }
        if (!node.isArray() || node.size() > MOST_HOLIDAYS) {
            reader.refuse(
                    HOLIDAYS,
                    "must be a country code such as DE, one with a subdivision such as DE-BY, or a list of at most %d dates"
                            .formatted(MOST_HOLIDAYS));
            return Set.of();
        }
        Set<LocalDate> dates = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            LocalDate date = ValueTypes.DATE.parser().apply(node.get(i));
            if (date == null) {
                String path = "%s[%d]".formatted(reader.pathOf(HOLIDAYS.name()), i);
                reader.violations().add(path, node.get(i), ValueTypes.DATE.refusal());
            } else {
                dates.add(date);
            }
        }
        return dates;
    }

    private static String unknownRegion(String code) {
        String country = code.split("-", 2)[0];
        Set<String> subdivisions = PublicHolidays.subdivisions(country);
        if (!subdivisions.isEmpty()) {
            return "must be %s or one of its subdivisions %s".formatted(country, String.join(", ", subdivisions));
        }
        return PublicHolidays.countries().contains(country)
                ? "must be %s, which has no subdivisions here, or a list of dates".formatted(country)
                : "must be one of the country codes %s, or a list of dates"
                        .formatted(String.join(", ", PublicHolidays.countries()));
    }

    private static List<TrafficCalendar.Event> events(ObjectReader reader, ZoneId zone) {
        List<TrafficCalendar.Event> events = new ArrayList<>();
        for (ObjectReader event : reader.objects(EVENTS)) {
            String name = event.get(NAME);
            LocalOrInstant from = event.find(FROM);
            LocalOrInstant to = event.find(TO);
            TrafficCalendar.Effect effect = effect(event, from == null ? null : from.in(zone), zone);
            if (from == null || to == null) {
                continue;
            }
            if (!from.in(zone).isBefore(to.in(zone))) {
                event.refuse(TO, "must be after from, which is " + from.written());
            } else if (effect != null) {
                events.add(new TrafficCalendar.Event(name, from.in(zone), to.in(zone), effect));
            }
        }
        return events;
    }

    /** @param begin of the event, null where it could not be read */
    private static TrafficCalendar.@Nullable Effect effect(ObjectReader event, @Nullable Instant begin, ZoneId zone) {
        Double factor = event.find(FACTOR);
        LocalDate day = event.find(PATTERN);
        if (event.has(FACTOR) == event.has(PATTERN)) {
            event.refuse(ONE_EFFECT.message());
            return null;
        }
        if (day == null) {
            return factor == null ? null : new TrafficCalendar.Factor(factor);
        }
        if (begin == null) {
            return null;
        }
        LocalDate first = begin.atZone(zone).toLocalDate();
        if (!day.isBefore(first)) {
            event.refuse(PATTERN, "must be a date before the event, which begins on " + first);
            return null;
        }
        return new TrafficCalendar.Pattern(day);
    }
}
