package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientCallsTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final InfluxSettings SETTINGS = InfluxSettings.of(
                    "http://localhost:8086", () -> "", "", InfluxDialect.INFLUXQL)
            .with(new InfluxSettings.Retry(4, Duration.ofMillis(100), Duration.ofMillis(300)))
            .with(new InfluxSettings.Breaker(6, Duration.ofSeconds(30)));

    private final List<Duration> waited = new ArrayList<>();
    private final PatientCalls calls = new PatientCalls(SETTINGS, () -> 0.5, waited::add);
    private int attempts;

    @Test
    void aSickServerIsAskedAgainAfterGrowingDelays() throws Exception {
        String answer = calls.call(NOW, () -> {
            if (++attempts < 4) {
                throw InfluxFault.ofStatus(503, "busy");
            }
            return "answer";
        });
        assertThat(answer).isEqualTo("answer");
        // Half of 100, 200 and of 300 rather than 400 ms.
        assertThat(waited).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(150));
    }

    @Test
    void theLastFaultIsThrownWhenNoAttemptWorks() {
        assertThatThrownBy(() -> failWith(InfluxFault.ofStatus(503, "busy"))).hasMessage("failed (HTTP 503): busy");
        assertThat(attempts).isEqualTo(4);
    }

    @Test
    void aRefusalIsNotAskedAgain() {
        assertThatThrownBy(() -> failWith(InfluxFault.ofStatus(400, "bad")))
                .hasMessage("refused the query (HTTP 400): bad");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void theBreakerStopsTheAttemptsOfTheNextCall() {
        assertThatThrownBy(() -> failWith(InfluxFault.ofStatus(503, "busy"))).isInstanceOf(InfluxFault.class);
        assertThatThrownBy(() -> failWith(InfluxFault.ofStatus(503, "busy"))).hasMessageContaining("HTTP 503");
        assertThat(attempts).isEqualTo(6);
        assertThatThrownBy(() -> failWith(InfluxFault.ofStatus(503, "busy")))
                .hasMessage("is left alone for a while after failing again and again");
        assertThat(attempts).isEqualTo(6);
    }

    @Test
    void refusalsDoNotOpenTheBreaker() {
        for (int k = 0; k < 20; k++) {
            assertThatThrownBy(() -> failWith(InfluxFault.ofStatus(401, ""))).isInstanceOf(InfluxFault.class);
        }
        assertThat(attempts).isEqualTo(20);
    }

    private void failWith(InfluxFault fault) throws Exception {
        calls.call(NOW, () -> {
            attempts++;
            throw fault;
        });
    }
}
