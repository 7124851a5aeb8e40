package dev.prescale.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** A point in time as it was written: with an offset, or on the clock of a zone that is known elsewhere. */
record LocalOrInstant(TemporalAccessor written) {
    private static final int LONGEST = 100;

    static final ValueType<LocalOrInstant> TYPE = new ValueType<>(
            "a date and time in ISO-8601 such as 2026-12-01T09:00, or with offset 2026-12-01T08:00:00Z",
            new LocalOrInstant(LocalDateTime.of(1970, 1, 1, 0, 0)),
            node -> node.isTextual() ? parse(node.textValue()) : null,
            value -> value.written.toString(),
            ValueShape.matching("^[-+]?[0-9]{4,10}-[0-9]{2}-[0-9]{2}[Tt]", LONGEST));

    private static @Nullable LocalOrInstant parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            int year = parsed.get(ChronoField.YEAR);
            return year >= 1970 && year <= 2200 ? new LocalOrInstant(parsed) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    Instant in(ZoneId zone) {
        return written instanceof OffsetDateTime time
                ? time.toInstant()
                : LocalDateTime.from(written).atZone(zone).toInstant();
    }
}
