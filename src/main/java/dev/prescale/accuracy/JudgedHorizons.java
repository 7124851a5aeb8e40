package dev.prescale.accuracy;

import dev.prescale.series.Step;
import java.time.Duration;
import java.util.Arrays;

/**
 * The horizons at which an issued forecast is remembered: about evenly spaced in the logarithm, two or three per bucket,
 * rounded up to whole steps. Judging every step of every forecast would need a thousand times the memory and tell the same.
 */
final class JudgedHorizons {
    /** A target is settled this long after its end: an outage tells itself from silence within an hour, and so does its edge. */
    static final Duration SETTLED_AFTER = Duration.ofHours(2);

    /** Most targets of one horizon that wait for their outcome. */
    static final int MOST_OPEN = 13;

    private static final int[] MINUTES_AHEAD = {10, 30, 60, 120, 240, 360, 720, 1440, 2160, 2880};

    private final Step step;
    private final int[] stepsAhead;

    /** @param forecastSteps steps that a forecast covers */
    JudgedHorizons(Step step, int forecastSteps) {
        this.step = step;
        this.stepsAhead = Arrays.stream(MINUTES_AHEAD)
                .map(minutes -> step.covering(Duration.ofMinutes(minutes)))
                .filter(steps -> steps <= forecastSteps)
                .distinct()
                .toArray();
    }

    Step step() {
        return step;
    }

    int count() {
        return stepsAhead.length;
    }

    /** Steps from the origin to the end of the target: 1 is the first step of the forecast. */
    int stepsAhead(int horizon) {
        return stepsAhead[horizon];
    }

    HorizonBucket bucket(int horizon) {
        return HorizonBucket.of(ahead(horizon));
    }

    /** Least time between two origins that are remembered for a horizon, so that {@link #MOST_OPEN} suffice. */
    Duration pause(int horizon) {
        return ahead(horizon).plus(SETTLED_AFTER).dividedBy(MOST_OPEN - 1);
    }

    private Duration ahead(int horizon) {
        return step.duration().multipliedBy(stepsAhead[horizon]);
    }
}
