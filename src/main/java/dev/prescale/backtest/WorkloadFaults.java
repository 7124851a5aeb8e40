package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.time.Duration;

/**
 * What goes wrong on a simulated workload.
 *
 * @param failedScaleCalls share of scale calls that come to nothing, [0, 1)
 * @param failedStarts share of starts that fail when they should be ready and begin again, [0, 1)
 * @param lateScaleCalls share of scale calls that are carried out later, [0, 1)
 * @param scaleCallDelay how much later; a newer call overtakes one that waits
 */
public record WorkloadFaults(
        double failedScaleCalls, double failedStarts, double lateScaleCalls, Duration scaleCallDelay) {
    public static final Duration DEFAULT_DELAY = Duration.ofMinutes(1);
    public static final Duration LONGEST_DELAY = Duration.ofHours(1);
    public static final WorkloadFaults NONE = new WorkloadFaults(0, 0);

    public WorkloadFaults {
        requireShare("failedScaleCalls", failedScaleCalls);
        requireShare("failedStarts", failedStarts);
        requireShare("lateScaleCalls", lateScaleCalls);
        Require.that(
                scaleCallDelay.compareTo(Duration.ofSeconds(1)) >= 0 && scaleCallDelay.compareTo(LONGEST_DELAY) <= 0,
                "scaleCallDelay must be from 1 s to %s, was %s",
                LONGEST_DELAY,
                scaleCallDelay);
    }

    /** Without late scale calls. */
    public WorkloadFaults(double failedScaleCalls, double failedStarts) {
        this(failedScaleCalls, failedStarts, 0, DEFAULT_DELAY);
    }

    static void requireShare(String name, double share) {
        Require.that(share >= 0 && share < 1, name + " must be in [0, 1), was %s", share);
    }
}
