package dev.prescale.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory;
import dev.prescale.control.RateHistory.Failed;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistoryContract;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryRateHistoryTest extends RateHistoryContract {
    private final InMemoryRateHistory history = new InMemoryRateHistory();

    @Override
    protected RateHistory history() {
        return history;
    }

    @Override
    protected String bucket() {
        return "traffic";
    }

    @Override
    protected void write(List<Point> points) {
        points.forEach(
                point -> history.write(point.measurement(), point.tags(), point.field(), point.at(), point.value()));
    }

    @Test
    void anOutageFailsEveryQueryUntilItRecovers() {
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        TrafficSource source = new TrafficSource("traffic", "m", "f", Map.of(), SampleKind.COUNT, new Step(60), null);
        List<Query> queries = List.of(new Query(source, start, start.plusSeconds(60)));
        history.failWith("connection refused");
        assertThat(history.read(queries, start.plusSeconds(60))).containsExactly(new Failed("connection refused"));
        history.recover();
        assertThat(history.read(queries, start.plusSeconds(60))).containsExactly(new RateHistory.Empty());
    }
}
