package dev.prescale.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A window that opens and closes by two UNIX cron expressions on the clock of a zone: open while the last start is later
 * than the last end.
 *
 * <p>Both are looked up on the wall clock, on which every time happens once, also on the days on which the clock is
 * changed: what falls into the hour that is skipped happens when the skipped hour is over, and of the hour that is
 * repeated only the first pass counts.
 */
record CronWindow(Expression start, Expression end, ZoneId zone) implements Predicate<Instant> {
    @Override
    public boolean test(Instant instant) {
        LocalDateTime wallClock = wallClock(instant);
        Optional<LocalDateTime> opened = start.lastUntil(wallClock);
        Optional<LocalDateTime> closed = end.lastUntil(wallClock);
        return opened.isPresent() && (closed.isEmpty() || opened.get().isAfter(closed.get()));
    }

    /** The wall clock, which stands still while an hour is repeated. */
    private LocalDateTime wallClock(Instant instant) {
        ZoneRules rules = zone.getRules();
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        ZoneOffsetTransition change = rules.getTransition(local);
        boolean isSecondPass =
                change != null && change.isOverlap() && rules.getOffset(instant).equals(change.getOffsetAfter());
        return isSecondPass ? change.getDateTimeBefore().minusNanos(1) : local;
    }

    /** A UNIX cron expression of five fields: minute, hour, day of month, month, day of week. */
    record Expression(String text, ExecutionTime times) {
        private static final int LONGEST = 200;

        static final ValueType<Expression> TYPE = new ValueType<>(
                "a cron expression of five fields that occurs at least once, such as 0 8 * * MON-FRI",
                new Expression("* * * * *", ExecutionTime.forCron(parser().parse("* * * * *"))),
                node -> node.isTextual() ? parse(node.textValue()) : null,
                Expression::text,
                ValueShape.text(LONGEST));
        private static final ZonedDateTime ANY_TIME = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        private static final int DAYS_LOOKED_AT = 366;

        /** Leap days included. */
        private static final int YEARS_LOOKED_AT = 5;

        /** Equal texts are equal expressions: an unchanged specification must be equal to itself when it is read again. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Expression that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        private static CronParser parser() {
            return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        }

        private static @Nullable Expression parse(String text) {
            if (text.length() > LONGEST) {
                return null;
            }
            try {
                ExecutionTime times = ExecutionTime.forCron(parser().parse(text).validate());
                return times.nextExecution(ANY_TIME).isPresent() ? new Expression(text, times) : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        /**
         * Whether each time of this expression is one of the other too, so that a window from this to the other is closed
         * whenever it opens. Days and times of day of a cron expression are independent of each other: all times of one
         * day and one time of each day tell. As many days are looked at as a year has, or {@link #YEARS_LOOKED_AT}.
         */
        boolean isAlwaysAlso(Expression other) {
            Optional<ZonedDateTime> time = times.nextExecution(ANY_TIME);
            ZonedDateTime end = ANY_TIME.plusYears(YEARS_LOOKED_AT);
            LocalDate firstDay = time.map(ZonedDateTime::toLocalDate).orElse(LocalDate.MAX);
            int days = 0;
            while (time.isPresent() && time.get().isBefore(end) && days < DAYS_LOOKED_AT) {
                ZonedDateTime at = time.get();
                if (!other.times.isMatch(at)) {
                    return false;
                }
                boolean isFirstDay = at.toLocalDate().equals(firstDay);
                days += isFirstDay ? 0 : 1;
                time = times.nextExecution(
                        isFirstDay
                                ? at
                                : at.toLocalDate()
                                        .plusDays(1)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .minusNanos(1));
            }
            return true;
        }

        /** The last time at or before a time on the wall clock. */
        Optional<LocalDateTime> lastUntil(LocalDateTime wallClock) {
            // The library looks before the time given, and knows zones only: UTC has no changes of the clock.
            return times.lastExecution(wallClock.plusNanos(1).atZone(ZoneOffset.UTC))
                    .map(ZonedDateTime::toLocalDateTime);
        }
    }
}
