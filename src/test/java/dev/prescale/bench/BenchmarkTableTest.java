package dev.prescale.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.bench.BenchmarkTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkTableTest {
    private static final double UNKNOWN = Double.NaN;

    @Test
    void ratiosAreToWhatRanOnTheSameSeries() {
        BenchmarkTable table = new BenchmarkTable(List.of(
                new Row("ReferenceBenchmark.passOverTheArray", "A", 2.1, 2, 0),
                new Row("ReferenceBenchmark.stl", "A", 1100, 1000, UNKNOWN),
                new Row("ReferenceBenchmark.stl", "B", 5100, 5000, UNKNOWN),
                new Row("ForecastBenchmark.rebuilt", "A", 260, 250, 65_536)));

        assertThat(table.toMarkdown())
                .contains("| ForecastBenchmark.rebuilt | A | 260 | 250 | 0.250 | - | 125 | 65,536 |\n")
                .contains("| ReferenceBenchmark.stl | B | 5,100 | 5,000 | 1.00 | - | - | - |\n");
    }

    @Test
    void aBenchmarkWithoutASeriesHasNoRatio() {
        BenchmarkTable table = new BenchmarkTable(List.of(
                new Row("DecisionBenchmark.decide", "", 3.456, 3.2, 120),
                new Row("ReferenceBenchmark.stl", "A", 1100, 1000, UNKNOWN)));

        assertThat(table.toMarkdown()).contains("| DecisionBenchmark.decide | - | 3.46 | 3.20 | - | - | - | 120 |\n");
    }
}
