package dev.prescale.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as people write them, {@code 300ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 28d}, or ISO-8601. */
public final class Durations {
    /** In characters; a duration in ISO-8601 could go on for ever. */
    static final int LONGEST_TEXT = 64;

    /** What every duration matches, and some other texts. */
    static final String PATTERN = "^([0-9]{1,9}(ms|s|m|h|d)|-?P[-+.,0-9DTHMSdthms]+)$";

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Durations() {}

    /** The duration, null where the text is none. */
    public static @Nullable Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return Duration.ofMillis(amount * millisOf(matcher.group(2)));
        }
        try {
            // ISO-8601 only in upper case: java.time would take p14d too.
            boolean isIso = text.length() <= LONGEST_TEXT && (text.startsWith("P") || text.startsWith("-P"));
            return isIso ? Duration.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static long millisOf(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            case "d" -> DAY;
            default -> throw new AssertionError(unit);
        };
    }

    /** The shortest form in one unit: {@code 2h}, {@code 90s}, {@code 300ms}; days from two days on. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % DAY == 0 && millis > 2 * DAY) {
            return millis / DAY + "d";
        }
        if (millis % HOUR == 0 && millis != 0) {
            return millis / HOUR + "h";
        }
        if (millis % MINUTE == 0 && millis != 0) {
            return millis / MINUTE + "m";
        }
        return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
    }
}
