package dev.prescale.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.ScalingPolicy.Tolerance;
import dev.prescale.scaling.TargetTracking.Tracked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** HPA's formulas for readings of the workload as a whole. The table and its source: {@code hpa-tables.md}. */
class TargetTrackingTest {
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "hpa-object-external.csv", numLinesToSkip = 1, delimiter = '|')
    void objectAndExternalMetricsAreTrackedAsByHpa(ArgumentsAccessor row) {
        Tolerance tolerance =
                row.get(6) == null ? Tolerance.DEFAULT : new Tolerance(row.getDouble(7), row.getDouble(6));
        int current = row.getInteger(2);
        double reading = row.getDouble(4) / 1000;
        double target = row.getDouble(5) / 1000;

        Tracked tracked = row.getString(1).equals("Value")
                ? TargetTracking.byValue(reading, target, current, row.getInteger(3), tolerance)
                : TargetTracking.byAverageValue(reading, target, current, tolerance);

        assertThat(tracked.replicas()).isEqualTo(row.getInteger(8));
    }

    @ParameterizedTest(name = "{0}: {4} replicas")
    @CsvSource({
        "all are ready,                               3, 3, 0.81, 4", // 0.81 / 0.7 * 3 = 3.5
        "within tolerance,                            3, 3, 0.75, 3",
        "fewer than ready on the way down,            5, 3, 0.35, 2", // 0.35 / 0.7 * 3 = 1.5
        "the unready one counts as idle,              3, 2, 1.40, 4", // 1.4 / 0.7 * 2 = 4
        "with the idle ones there is enough,          4, 2, 1.05, 4", // 1.05 / 0.7 * 2 / 4 = 0.75 < 1
    })
    void aMeanUtilizationCountsUnreadyReplicasAgainstTheChange(
            String name, int current, int ready, double utilization, int replicas) {
        assertThat(TargetTracking.byUtilization(utilization, 0.7, current, ready, Tolerance.DEFAULT)
                        .replicas())
                .isEqualTo(replicas);
    }

    @Test
    void bothEndsOfTheToleranceHold() {
        // 33 / (10 * 3) is 1.1 and 27 / (10 * 3) is 0.9
        assertThat(TargetTracking.byAverageValue(33, 10, 3, Tolerance.DEFAULT)).isEqualTo(new Tracked(3, true));
        assertThat(TargetTracking.byAverageValue(27, 10, 3, Tolerance.DEFAULT)).isEqualTo(new Tracked(3, true));
        assertThat(TargetTracking.byAverageValue(33.1, 10, 3, Tolerance.DEFAULT))
                .isEqualTo(new Tracked(4, false));
        assertThat(TargetTracking.byAverageValue(19.9, 10, 3, Tolerance.DEFAULT))
                .isEqualTo(new Tracked(2, false));
    }

    @Test
    void fromNoReplicasAnyLoadNeedsOne() {
        assertThat(TargetTracking.byAverageValue(0.1, 10, 0, Tolerance.DEFAULT)).isEqualTo(new Tracked(1, false));
        assertThat(TargetTracking.byAverageValue(0, 10, 0, Tolerance.DEFAULT)).isEqualTo(new Tracked(0, false));
    }
}
