package dev.prescale.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;

/**
 * Results of JMH as a Markdown table: each figure, and its ratio to what was measured beside it on the same series
 * ({@link ReferenceBenchmark}). A ratio whose reference did not run is a dash.
 * Ratios are of CPU time, which other programs on the machine do not change much.
 */
record BenchmarkTable(List<Row> rows) {
    private static final String FLOOR = "ReferenceBenchmark.passOverTheArray";
    private static final String STL = "ReferenceBenchmark.stl";
    private static final String STL_ROBUST = "ReferenceBenchmark.stlRobust";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * One benchmark on one series.
     *
     * @param parameters the series first, empty where it has none
     * @param micros microseconds per call on the wall, the mean of all iterations
     * @param cpuMicros CPU microseconds per call of the best iteration
     * @param bytes allocated per call, {@code NaN} where not measured
     */
    record Row(String benchmark, String parameters, double micros, double cpuMicros, double bytes) {}

    static BenchmarkTable of(Collection<RunResult> results) {
        List<Row> rows = new ArrayList<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String parameters = result.getParams().getParamsKeys().stream()
                    .map(key -> result.getParams().getParam(key))
                    .collect(Collectors.joining(" "));
            rows.add(new Row(
                    shortName(name),
                    parameters,
                    result.getPrimaryResult().getScore(),
                    secondary(CpuTimeProfiler.LABEL, result),
                    secondary(ALLOCATED, result)));
        }
        return new BenchmarkTable(rows);
    }

    private static double secondary(String label, RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(label))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findAny()
                .orElse(Double.NaN);
    }

    private static String shortName(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder("""
                | benchmark | series | us | CPU us | x stl | x stl robust | x pass | bytes per call |
                |---|---|--:|--:|--:|--:|--:|--:|
                """);
        Map<String, List<Row>> bySeries =
                rows.stream().collect(Collectors.groupingBy(Row::parameters, TreeMap::new, Collectors.toList()));
        for (List<Row> beside : bySeries.values()) {
            for (Row row : beside) {
                text.append("| %s | %s | %s | %s | %s | %s | %s | %s |%n"
                        .formatted(
                                row.benchmark,
                                row.parameters.isEmpty() ? "-" : row.parameters,
                                number(row.micros),
                                number(row.cpuMicros),
                                number(row.cpuMicros / microsOf(STL, beside)),
                                number(row.cpuMicros / microsOf(STL_ROBUST, beside)),
                                number(row.cpuMicros / microsOf(FLOOR, beside)),
                                number(row.bytes)));
            }
        }
        return text.toString();
    }

    private static double microsOf(String benchmark, List<Row> beside) {
        return beside.stream()
                .filter(row -> row.benchmark.equals(benchmark))
                .mapToDouble(Row::cpuMicros)
                .findAny()
                .orElse(Double.NaN);
    }

    /** Three digits that say something, thousands apart. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        int digits = value == 0 ? 0 : (int) Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
        return String.format(Locale.ROOT, "%,." + Math.min(digits, 6) + "f", value);
    }
}
