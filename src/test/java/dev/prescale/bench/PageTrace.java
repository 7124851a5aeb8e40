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
     * @param cpuMillis of all tasks, as the processor counts: other programs on the machine change it little
     * @param wallMillis of all tasks
     * @param longestMillis of the longest one, on the wall
     */
    record Busy(double cpuMillis, double wallMillis, double longestMillis) {
        private static final Busy NOT = new Busy(0, 0, 0);

        private Busy and(JsonNode task) {
            double wall = task.path("dur").asLong() / 1_000.0;
            return new Busy(
                    cpuMillis + task.path("tdur").asLong() / 1_000.0, wallMillis + wall, Math.max(longestMillis, wall));
        }
    }

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
        TreeMap<Long, Busy> spans = new TreeMap<>();
        marks.forEach(event -> spans.put(event.path("ts").asLong(), Busy.NOT));
        for (JsonNode event : events) {
            boolean isTask = event.path("name").asText().equals(TASK)
                    && event.path("ph").asText().equals("X");
            if (isTask && Objects.equals(threadOf(event), thread)) {
                Long begin = spans.floorKey(event.path("ts").asLong());
                if (begin != null) {
                    spans.merge(begin, Busy.NOT, (busy, none) -> busy.and(event));
                }
            }
        }
        spans.pollLastEntry();
        return new PageTrace(List.copyOf(spans.values()));
    }

    private static String threadOf(JsonNode event) {
        return event.path("pid").asText() + "/" + event.path("tid").asText();
    }
}
