package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.time.Duration;

/**
 * What goes wrong between the traffic and the history that policies read. Demand itself is untouched.
 *
 * @param lost share of the samples that never arrive: their steps stay gaps, [0, 1)
 * @param late share of the others that arrive after {@code delay}, [0, 1)
 * @param delay from the end of a step until its late sample can be read
 * @param duplicated share of the samples that are delivered twice with the same value, [0, 1)
 */
public record SampleFaults(double lost, double late, Duration delay, double duplicated) {
    public static final Duration DEFAULT_DELAY = Duration.ofMinutes(3);
    public static final Duration LONGEST_DELAY = Duration.ofDays(1);
    public static final SampleFaults NONE = new SampleFaults(0, 0, DEFAULT_DELAY, 0);

    public SampleFaults {
        WorkloadFaults.requireShare("lost", lost);
        WorkloadFaults.requireShare("late", late);
        WorkloadFaults.requireShare("duplicated", duplicated);
        Require.that(
                delay.compareTo(Duration.ofSeconds(1)) >= 0 && delay.compareTo(LONGEST_DELAY) <= 0,
                "delay of samples must be from 1 s to %s, was %s",
                LONGEST_DELAY,
                delay);
    }

    boolean areNone() {
        return lost == 0 && late == 0 && duplicated == 0;
    }
}
