package dev.prescale.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.scaling.Observation.Phase;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Kubernetes' replica calculator over pods, case by case. The tables and their source: {@code hpa-tables.md}. */
class PodTrackingTest {
    private static final int CONTAINERS_PER_POD = 2;

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "hpa-resource-utilization.csv", numLinesToSkip = 1, delimiter = '|')
    void resourceUtilizationIsTrackedAsByHpa(ArgumentsAccessor row) {
        List<PodReading> pods = new ArrayList<>();
        int[] usage = numbers(row.getString(3));
        int[] requests = numbers(row.getString(4));
        for (int pod = 0; pod < row.getInteger(2); pod++) {
            double request = pod < requests.length ? requests[pod] : 1000;
            pods.add(new PodReading(
                    flag(row.getString(6), pod, true),
                    phase(row.getString(8), pod),
                    pod < usage.length ? Map.of("cpu", cores(usage[pod])) : Map.of(),
                    Map.of("cpu", cores(request)),
                    flag(row.getString(7), pod, false),
                    flag(row.getString(9), pod, false)));
        }
        var tracking = PodTracking.byUtilization("cpu", row.getInteger(5) / 100.0, tolerance(row, 10));

        var known = (PodTracking.Known) tracking.track(pods, row.getInteger(1));

        assertThat(known.tracked().replicas()).isEqualTo(row.getInteger(12));
        // both are whole percents, so that only the last bit may differ
        assertThat(known.reading() * 100).isEqualTo(row.getInteger(13), within(1e-9));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "hpa-pods-average.csv", numLinesToSkip = 1, delimiter = '|')
    void averagePerPodIsTrackedAsByHpa(ArgumentsAccessor row) {
        List<PodReading> pods = new ArrayList<>();
        int[] usage = numbers(row.getString(3));
        for (int pod = 0; pod < row.getInteger(2); pod++) {
            pods.add(new PodReading(
                    flag(row.getString(5), pod, true),
                    Phase.RUNNING,
                    pod < usage.length ? Map.of("qps", usage[pod] / 1000.0) : Map.of(),
                    Map.of(),
                    flag(row.getString(6), pod, false),
                    false));
        }
        var tracking = PodTracking.byAverage("qps", row.getInteger(4) / 1000.0, tolerance(row, 7));

        var known = (PodTracking.Known) tracking.track(pods, row.getInteger(1));

        assertThat(known.tracked().replicas()).isEqualTo(row.getInteger(9));
        // HPA truncates to whole milli units, we do not
        assertThat(known.reading() * 1000).isBetween((double) row.getInteger(10), row.getInteger(10) + 1.0);
    }

    @Test
    void noReadingAtAllIsUnknownAndNeverANumber() {
        assertThat(cpu().track(List.of(podWithout("usage"), podWithout("usage")), 2))
                .isEqualTo(new PodTracking.Unknown("no ready pod reports cpu"));
        assertThat(cpu().track(List.of(), 2)).isEqualTo(new PodTracking.Unknown("no ready pod reports cpu"));
    }

    @Test
    void aMissingRequestIsUnknownAndNeverANumber() {
        assertThat(cpu().track(List.of(podWithout("request")), 1))
                .isEqualTo(new PodTracking.Unknown("a pod has no cpu request"));
    }

    @Test
    void readinessCountsForCpuAlone() {
        var unready = new PodReading(false, Phase.RUNNING, Map.of("memory", 1.0), Map.of("memory", 1.0), true, false);

        var known = (PodTracking.Known)
                PodTracking.byUtilization("memory", 0.5, Tolerance.DEFAULT).track(List.of(unready), 1);

        assertThat(known.tracked().replicas()).isEqualTo(2);
    }

    private static PodTracking cpu() {
        return PodTracking.byUtilization("cpu", 0.7, Tolerance.DEFAULT);
    }

    private static PodReading podWithout(String part) {
        return new PodReading(
                true,
                Phase.RUNNING,
                part.equals("usage") ? Map.of() : Map.of("cpu", 0.5),
                part.equals("request") ? Map.of() : Map.of("cpu", 1.0),
                false,
                false);
    }

    private static double cores(double milliPerContainer) {
        return CONTAINERS_PER_POD * milliPerContainer / 1000;
    }

    private static int[] numbers(@Nullable String cell) {
        return cell == null
                ? new int[0]
                : List.of(cell.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    }

    private static boolean flag(@Nullable String cell, int pod, boolean otherwise) {
        return cell == null ? otherwise : cell.charAt(pod) == '+';
    }

    private static Phase phase(@Nullable String cell, int pod) {
        if (cell == null) {
            return Phase.RUNNING;
        }
        return switch (cell.charAt(pod)) {
            case 'p' -> Phase.PENDING;
            case 'f' -> Phase.FAILED;
            default -> Phase.RUNNING;
        };
    }

    private static Tolerance tolerance(ArgumentsAccessor row, int downIndex) {
        return row.get(downIndex) == null
                ? Tolerance.DEFAULT
                : new Tolerance(row.getDouble(downIndex + 1), row.getDouble(downIndex));
    }
}
