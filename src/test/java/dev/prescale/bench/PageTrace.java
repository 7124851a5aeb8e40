package dev.prescale.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the main thread of a page did between its own marks, out of a trace of Chromium.
 *
 * <p>Source: Trace Event Format; {@code RunTask} is one task of a thread's queue, with script, style, layout and paint in it.
 */
record PageTrace(List<Busy> updates) {
    private static final String TASK = "RunTask";

    /**
     * One span from a mark to the next.
     *
     * @param totalMillis of all tasks
     * @param longestMillis of the longest one
     */
    record Busy(double totalMillis, double longestMillis) {}

    /** @param mark name of the marks, by {@code performance.mark}; what comes before the first and after the last is left out */
    static PageTrace of(byte[] trace, String mark) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        new ObjectMapper().readTree(trace).path("traceEvents").forEach(events::add);
        List<JsonNode> marks = events.stream()
                .filter(event -> event.path("name").asText().equals(mark))
                .toList();
        if (marks.size() < 2) {
            throw new IllegalStateException("the trace has " + marks.size() + " marks named " + mark);
        }
        String thread = threadOf(marks.getFirst());
        TreeMap<Long, List<Double>> spans = new TreeMap<>();
        marks.forEach(event -> spans.put(event.path("ts").asLong(), new ArrayList<>()));
        for (JsonNode event : events) {
            boolean isTask = event.path("name").asText().equals(TASK)
                    && event.path("ph").asText().equals("X");
            if (isTask && Objects.equals(threadOf(event), thread)) {
                var span = spans.floorEntry(event.path("ts").asLong());
                if (span != null) {
                    span.getValue().add(event.path("dur").asLong() / 1_000.0);
                }
            }
        }
        spans.pollLastEntry();
        return new PageTrace(spans.values().stream()
                .map(tasks -> new Busy(
                        tasks.stream().mapToDouble(Double::doubleValue).sum(),
                        tasks.stream().mapToDouble(Double::doubleValue).max().orElse(0)))
                .toList());
    }

    private static String threadOf(JsonNode event) {
        return event.path("pid").asText() + "/" + event.path("tid").asText();
    }
}
