package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.ValueShape.Limit;
import dev.prescale.series.Step;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types of value that specifications and request bodies are made of. */
public final class ValueTypes {
    /** More than any id has. */
    private static final int LONGEST_ZONE = 100;

    public static final ValueType<Boolean> BOOLEAN = new ValueType<>(
            "true or false",
            false,
            node -> node.isBoolean() ? node.booleanValue() : null,
            String::valueOf,
            ValueShape.BOOLEAN);

    /** A zone id of the IANA database, or an offset. */
    public static final ValueType<ZoneId> ZONE = new ValueType<>(
            "a time zone id such as UTC or Europe/Berlin",
            ZoneOffset.UTC,
            ofText(ZoneId::of),
            zone -> zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId(),
            ValueShape.text(LONGEST_ZONE));

    /** An instant in ISO-8601 with an offset. */
    public static final ValueType<Instant> INSTANT = new ValueType<>(
            "an instant in ISO-8601 with offset such as 2024-01-29T08:00:00Z",
            Instant.EPOCH,
            ofText(text -> withinYears(OffsetDateTime.parse(text)).toInstant()),
            Instant::toString);

    public static final ValueType<LocalDate> DATE = new ValueType<>(
            "a date in ISO-8601 such as 2024-12-24",
            LocalDate.EPOCH,
            ofText(LocalDate::parse),
            LocalDate::toString,
            ValueShape.matching("^[-+]?[0-9]{4,10}-[0-9]{2}-[0-9]{2}$", 20));

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2200;

    private ValueTypes() {}

    public static ValueType<String> text(int mostCharacters) {
        return new ValueType<>(
                "text of 1 to %d characters".formatted(mostCharacters),
                "-",
                node -> node.isTextual()
                                && !node.textValue().isBlank()
                                && node.textValue().length() <= mostCharacters
                        ? node.textValue()
                        : null,
                Function.identity(),
                ValueShape.text(mostCharacters));
    }

    /** A whole number; {@code 3.0} is one too, because some clients have no other numbers. */
    public static ValueType<Integer> wholeNumber(int least, int most) {
        return new ValueType<>(
                "a whole number from %d to %d".formatted(least, most),
                most,
                node -> {
                    double value = finite(node);
                    return value >= least && value <= most && value == Math.rint(value) ? (int) value : null;
                },
                String::valueOf,
                ValueShape.wholeNumber(least, most));
    }

    /** A finite number from {@code least} to {@code most}, both included. */
    public static ValueType<Double> number(double least, double most) {
        String description = "a number from %s to %s".formatted(plain(least), plain(most));
        return numberWhere(
                description,
                most,
                value -> value >= least && value <= most,
                ValueShape.number(Limit.included(least), Limit.included(most)));
    }

    /** A finite number above {@code least}, up to and including {@code most}. */
    public static ValueType<Double> numberAbove(double least, double most) {
        String description = "a number above %s, at most %s".formatted(plain(least), plain(most));
        return numberWhere(
                description,
                most,
                value -> value > least && value <= most,
                ValueShape.number(Limit.excluded(least), Limit.included(most)));
    }

    /** A finite number between the two, both excluded. */
    public static ValueType<Double> numberBetween(double least, double most) {
        String description = "a number between %s and %s, both excluded".formatted(plain(least), plain(most));
        return numberWhere(
                description,
                (least + most) / 2,
                value -> value > least && value < most,
                ValueShape.number(Limit.excluded(least), Limit.excluded(most)));
    }

    private static ValueType<Double> numberWhere(
            String description, double standIn, DoublePredicate condition, ValueShape shape) {
        return new ValueType<>(
                description,
                standIn,
                node -> {
                    double value = finite(node);
                    return !Double.isNaN(value) && condition.test(value) ? value : null;
                },
                ValueTypes::plain,
                shape);
    }

    /** A length of time from {@code least} to {@code most}, both included, as in {@link Durations}. */
    public static ValueType<Duration> duration(Duration least, Duration most) {
        String description = "a duration from %s to %s such as 30s, 5m, 2h, 28d or PT2M"
                .formatted(Durations.format(least), Durations.format(most));
        return new ValueType<>(
                        description,
                        most,
                        node -> node.isTextual() ? Durations.parse(node.textValue()) : null,
                        Durations::format,
                        ValueShape.matching(Durations.PATTERN, Durations.LONGEST_TEXT))
                .onlyIf(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0, description);
    }

    /** The step of a grid: from {@code least} to 1 h, a divisor of a day. */
    public static ValueType<Step> step(Duration least) {
        String description =
                "a duration from %s to 1h that divides a day, such as 60s or PT5M".formatted(Durations.format(least));
        return duration(least, Duration.ofHours(1))
                .onlyIf(Step::isValid, description)
                .map(Step::of, Step::duration);
    }

    /** One of the words, case-sensitive, each standing for a value. */
    public static <T> ValueType<T> oneOf(Map<String, T> words) {
        Map<String, T> ordered = new LinkedHashMap<>(words);
        String names = String.join(", ", ordered.keySet());
        return new ValueType<>(
                ordered.size() == 1 ? names : "one of " + names,
                ordered.values().iterator().next(),
                node -> node.isTextual() ? ordered.get(node.textValue()) : null,
                value -> ordered.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(value))
                        .findFirst()
                        .orElseThrow()
                        .getKey(),
                ValueShape.words(ordered.keySet()));
    }

    /** One of the constants by its name outside, case-sensitive. */
    @SafeVarargs
    public static <T> ValueType<T> oneOf(Function<T, String> wireName, T... constants) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T constant : constants) {
            words.put(wireName.apply(constant), constant);
        }
        return oneOf(words);
    }

    private static <T> Function<JsonNode, @Nullable T> ofText(Function<String, T> parse) {
        return node -> {
            try {
                return node.isTextual() ? parse.apply(node.textValue()) : null;
            } catch (DateTimeException e) {
                return null;
            }
        };
    }

    /** Refuses years in which arithmetic on instants could overflow later. */
    static OffsetDateTime withinYears(OffsetDateTime time) {
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw new DateTimeException("year " + time.getYear());
        }
        return time;
    }

    /** The number of a node, NaN where it is none or not finite. */
    static double finite(JsonNode node) {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /** A number without a needless fraction or exponent: 1, 0.95, 1000000000. */
    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
