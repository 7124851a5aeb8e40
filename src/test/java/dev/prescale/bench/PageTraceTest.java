package dev.prescale.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.bench.PageTrace.Busy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PageTraceTest {
    @Test
    void tasksOfTheMarkedThreadCountForTheMarkBeforeThem() throws IOException {
        // two updates; a task before the first mark, one after the last, and one of another thread count for none
        PageTrace trace = traceOf("""
                {"name": "RunTask", "ph": "X", "pid": 1, "tid": 7, "ts": 500, "dur": 9000, "tdur": 9000},
                {"name": "update", "ph": "I", "pid": 1, "tid": 7, "ts": 1000},
                {"name": "RunTask", "ph": "X", "pid": 1, "tid": 7, "ts": 2000, "dur": 3000, "tdur": 1000},
                {"name": "RunTask", "ph": "X", "pid": 1, "tid": 7, "ts": 6000, "dur": 5000, "tdur": 4000},
                {"name": "RunTask", "ph": "X", "pid": 1, "tid": 8, "ts": 6000, "dur": 70000, "tdur": 70000},
                {"name": "Layout", "ph": "X", "pid": 1, "tid": 7, "ts": 6500, "dur": 2000, "tdur": 2000},
                {"name": "update", "ph": "I", "pid": 1, "tid": 7, "ts": 20000},
                {"name": "update", "ph": "I", "pid": 1, "tid": 7, "ts": 30000},
                {"name": "RunTask", "ph": "X", "pid": 1, "tid": 7, "ts": 31000, "dur": 9000, "tdur": 9000}""");

        assertThat(trace.updates()).hasSize(2);
        Busy first = trace.updates().getFirst();
        assertThat(first.cpuMillis()).isCloseTo(5, within(1e-9));
        assertThat(first.wallMillis()).isCloseTo(8, within(1e-9));
        assertThat(first.longestMillis()).isCloseTo(5, within(1e-9));
        assertThat(trace.updates().getLast()).isEqualTo(new Busy(0, 0, 0));
    }

    @Test
    void aTraceWithoutMarksTellsNothing() {
        assertThatThrownBy(() -> traceOf("{\"name\": \"RunTask\"}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0 marks named update");
    }

    private static PageTrace traceOf(String events) throws IOException {
        return PageTrace.of("{\"traceEvents\": [%s]}".formatted(events).getBytes(StandardCharsets.UTF_8), "update");
    }
}
