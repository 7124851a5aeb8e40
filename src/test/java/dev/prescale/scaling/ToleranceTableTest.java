package dev.prescale.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code docs/keda.md} about HPA's tolerance, by the rule that HPA's own test cases hold. */
class ToleranceTableTest {
    private static final double CAPACITY = 10;
    private static final Pattern ROW = Pattern.compile("\\| (?:1|0\\.9) \\| [0-9 |]+ %\\s*\\|");

    static Stream<List<String>> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/keda.md")).stream()
                .filter(line -> ROW.matcher(line).matches())
                .map(line -> List.of(line.replaceAll("[|% ]+", " ").strip().split(" ")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isWhatHpaComesTo(List<String> row) {
        double utilization = Double.parseDouble(row.get(0));
        int current = Integer.parseInt(row.get(1));
        double demand = Double.parseDouble(row.get(2));
        CapacityModel capacity = new RatePerReplica(CAPACITY, 1);
        int needed = capacity.replicasFor(demand, utilization);
        int toldDemand = hpa(demand, CAPACITY * utilization, current);

        assertThat(row.subList(3, row.size()))
                .containsExactly(
                        "" + needed,
                        "" + toldDemand,
                        "" + hpa(needed, 1, current),
                        "" + Math.round(100 * demand / (CAPACITY * toldDemand)));
    }

    @Test
    void theTableIsThere() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(8);
    }

    /** Where nine tenths of what replicas sustain are planned for, HPA holds at no more than they sustain. */
    @Test
    void nineTenthsMakeTheToleranceHarmless() {
        for (int current = 1; current <= 100; current++) {
            for (double demand = 0; demand <= 12 * CAPACITY * current; demand += 1.7) {
                assertThat(demand)
                        .isLessThanOrEqualTo(CAPACITY * Math.max(current, hpa(demand, CAPACITY * 0.9, current)));
            }
        }
    }

    private static int hpa(double value, double target, int current) {
        return TargetTracking.byAverageValue(value, target, current, new Tolerance(0.1, 0.1))
                .replicas();
    }
}
