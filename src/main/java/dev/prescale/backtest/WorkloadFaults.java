package dev.prescale.backtest;

import dev.prescale.series.Require;

/**
 * What goes wrong on a simulated workload.
 *
 * @param failedScaleCalls share of scale calls that come to nothing, [0, 1)
 * @param failedStarts share of starts that fail when they should be ready and begin again, [0, 1)
 */
public record WorkloadFaults(double failedScaleCalls, double failedStarts) {
    public static final WorkloadFaults NONE = new WorkloadFaults(0, 0);

    public WorkloadFaults {
        Require.that(
                failedScaleCalls >= 0 && failedScaleCalls < 1,
                "failedScaleCalls must be in [0, 1), was %s",
                failedScaleCalls);
        Require.that(failedStarts >= 0 && failedStarts < 1, "failedStarts must be in [0, 1), was %s", failedStarts);
    }
}
