package dev.prescale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody who follows a backtest sees, look by look. */
class BacktestEventsTest {
    private final BacktestEvents events = new BacktestEvents(
            JsonMapper.builder().addModule(new JavaTimeModule()).build());
    private Optional<Replayed> found = Optional.empty();
    private final BacktestJob job = new BacktestJob("7", (request, watch) -> found, SlowBacktests.aRequest(), () -> {});
    private final BacktestEvents.Client client = events.new Client(job);

    @Test
    void thePresentStateComesFirstAndNothingTwice() {
        job.progress(0.25);

        assertThat(client.look())
                .contains(
                        new BacktestEvents.Told("progress", "{\"id\":\"7\",\"status\":\"Running\",\"progress\":0.25}"));
        assertThat(client.look()).isEmpty();
    }

    @Test
    void whoeverIsBehindGetsTheNewestProgress() {
        client.look();
        job.progress(0.25);
        job.progress(0.5);

        assertThat(client.look())
                .contains(
                        new BacktestEvents.Told("progress", "{\"id\":\"7\",\"status\":\"Running\",\"progress\":0.5}"));
    }

    @Test
    void theResultIsTheLastEvent() {
        found = Optional.of(SlowBacktests.replayed(SlowBacktests.aRequest()));
        client.look();
        job.run();

        assertThat(client.look())
                .hasValueSatisfying(event -> assertThat((BacktestEvents.Told) event)
                        .satisfies(told -> {
                            assertThat(told.name()).isEqualTo("done");
                            assertThat(told.json())
                                    .startsWith(
                                            "{\"id\":\"7\",\"status\":\"Done\",\"progress\":1.0,\"trace\":\"shop\",")
                                    .contains("\"scorecard\":[{\"policy\":\"oracle\",");
                        }));
        assertThat(client.look()).contains(new BacktestEvents.End());
    }

    @Test
    void aLateClientGetsTheEndAtOnce() {
        job.stop("Gone.");

        assertThat(client.look())
                .contains(new BacktestEvents.Told(
                        "failed", "{\"id\":\"7\",\"status\":\"Failed\",\"progress\":0.0,\"detail\":\"Gone.\"}"));
        assertThat(client.look()).contains(new BacktestEvents.End());
    }

    @Test
    void silenceIsBrokenByAHeartbeat() {
        client.look();
        for (int look = 1; look < EventClients.Silence.LOOKS_PER_HEARTBEAT; look++) {
            assertThat(client.look()).isEmpty();
        }

        assertThat(client.look()).contains(new BacktestEvents.Heartbeat());
    }
}
