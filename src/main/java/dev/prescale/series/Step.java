package dev.prescale.series;

import java.time.Duration;

/**
 * Spacing of a regular grid: a whole number of seconds from 1 s to 1 h that divides a day.
 *
 * @param seconds grid spacing in seconds
 */
public record Step(int seconds) {
    public static final int SECONDS_PER_DAY = 86_400;
    private static final int LONGEST_SECONDS = 3_600;

    public Step {
        Require.that(
                seconds >= 1 && seconds <= LONGEST_SECONDS && SECONDS_PER_DAY % seconds == 0,
                "step must be 1 s to 1 h and divide a day, was %s s",
                seconds);
    }

    /** The step of this length; throws {@link IllegalArgumentException} where a duration is no valid step. */
    public static Step of(Duration duration) {
        Require.that(
                isValid(duration), "step must be whole seconds from 1 s to 1 h that divide a day, was %s", duration);
        return new Step((int) duration.toSeconds());
    }

    public static boolean isValid(Duration duration) {
        long seconds = duration.toSeconds();
        return duration.getNano() == 0 && seconds >= 1 && seconds <= LONGEST_SECONDS && SECONDS_PER_DAY % seconds == 0;
    }

    public Duration duration() {
        return Duration.ofSeconds(seconds);
    }

    /** Steps in a day of 24 hours. */
    public int perDay() {
        return SECONDS_PER_DAY / seconds;
    }

    /** Steps needed to cover the duration, rounded up. */
    public int covering(Duration duration) {
        return Math.toIntExact(Math.ceilDiv(duration.toMillis(), 1000L * seconds));
    }
}
