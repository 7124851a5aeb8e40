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

/** Reads what is known beforehand of the days: time zone, holidays, events. */
final class CalendarReader {
    static final Key<ZoneId> TIME_ZONE = Key.withDefault(
            "timeZone",
            ValueTypes.ZONE,
            ZoneOffset.UTC,
            "Time zone in which the traffic repeats, for its days and weeks.");
    static final SchemaKey.FreeKey HOLIDAYS = new SchemaKey.FreeKey(
            "holidays",
            "a two-letter country code such as DE, or a list of dates",
            "Days that do not follow their weekday.");
    private static final Key<String> NAME = Key.required("name", ValueTypes.text(63), "For people.");
    private static final Key<LocalOrInstant> FROM =
            Key.required("from", LocalOrInstant.TYPE, "Beginning; without an offset on the clock of the time zone.");
    private static final Key<LocalOrInstant> TO = Key.required("to", LocalOrInstant.TYPE, "End, not included.");
    private static final Key<Double> FACTOR = Key.required(
            "factor", ValueTypes.numberAbove(0, 1000), "The traffic inside over the traffic that would have been.");
    static final SchemaKey.ObjectListKey EVENTS = new SchemaKey.ObjectListKey(
            "events", ObjectSchema.of(NAME, FROM, TO, FACTOR), 200, "One-off windows in which traffic is multiplied.");

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
                reader.refuse(
                        HOLIDAYS,
                        "must be one of the country codes "
                                + String.join(
                                        ", ",
                                        PublicHolidays.countries().stream()
                                                .sorted()
                                                .toList())
                                + ", or a list of dates");
                return Set.of();
            });
        }
        if (!node.isArray() || node.size() > MOST_HOLIDAYS) {
            reader.refuse(
                    HOLIDAYS,
                    "must be a country code such as DE, or a list of at most %d dates".formatted(MOST_HOLIDAYS));
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

    private static List<TrafficCalendar.Event> events(ObjectReader reader, ZoneId zone) {
        List<TrafficCalendar.Event> events = new ArrayList<>();
        for (ObjectReader event : reader.objects(EVENTS)) {
            String name = event.get(NAME);
            LocalOrInstant from = event.find(FROM);
            LocalOrInstant to = event.find(TO);
            double factor = event.get(FACTOR);
            if (from == null || to == null) {
                continue;
            }
            Instant begin = from.in(zone);
            if (begin.isBefore(to.in(zone))) {
                events.add(new TrafficCalendar.Event(name, begin, to.in(zone), factor));
            } else {
                event.refuse(TO, "must be after from, which is " + from.written());
            }
        }
        return events;
    }
}
