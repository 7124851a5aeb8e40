package dev.prescale.adapter.metrics;

import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory;
import dev.prescale.testing.Specs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredRateHistoryTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void passesAnswersOnAndCountsThoseThatFailed() {
        List<RateHistory.Answer> answers = List.of(new RateHistory.Empty(), new RateHistory.Failed("refused"));
        RateHistory history = new MeteredRateHistory((queries, now) -> answers, registry);
        RateHistory.Query query = new RateHistory.Query(Specs.countsOf("chat"), NOON.minusSeconds(60), NOON);

        assertThat(history.read(List.of(query, query), NOON)).isEqualTo(answers);
        assertThat(registry.get("prescale.history.read").timer().count()).isEqualTo(1);
        assertThat(registry.get("prescale.history.read.failures").counter().count())
                .isEqualTo(1);
    }
}
