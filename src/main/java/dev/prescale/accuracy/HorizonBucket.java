package dev.prescale.accuracy;

import dev.prescale.series.Require;
import java.time.Duration;

/** The parts of the horizon in which a forecast is judged: it may be good for the next hour and useless for tomorrow. */
public enum HorizonBucket {
    WITHIN_1H(0, 1),
    FROM_1H_TO_6H(1, 6),
    FROM_6H_TO_24H(6, 24),
    FROM_24H_TO_48H(24, 48);

    private final Duration from;
    private final Duration to;

    HorizonBucket(int fromHours, int toHours) {
        this.from = Duration.ofHours(fromHours);
        this.to = Duration.ofHours(toHours);
    }

    /** The bucket of a step that ends this far after the origin. */
    static HorizonBucket of(Duration ahead) {
        for (HorizonBucket bucket : values()) {
            if (ahead.compareTo(bucket.to) <= 0) {
                Require.that(ahead.isPositive(), "ahead must be positive, was %s", ahead);
                return bucket;
            }
        }
        throw new IllegalArgumentException("ahead must be at most 48 h, was " + ahead);
    }

    /** Shortest horizon, left out. */
    public Duration from() {
        return from;
    }

    /** Longest horizon, counted. */
    public Duration to() {
        return to;
    }
}
