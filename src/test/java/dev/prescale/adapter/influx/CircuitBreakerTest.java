package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final CircuitBreaker breaker = new CircuitBreaker(new InfluxSettings.Breaker(3, Duration.ofSeconds(30)));

    @Test
    void threeFailuresInARowOpenItForThirtySeconds() {
        failThreeTimesAt(0);
        assertThat(breaker.permits(at(0))).isFalse();
        assertThat(breaker.permits(at(29))).isFalse();
        assertThat(breaker.permits(at(30))).isTrue();
    }

    @Test
    void aSuccessInBetweenBeginsTheCountAgain() {
        breaker.failed(at(0));
        breaker.failed(at(1));
        breaker.succeeded();
        breaker.failed(at(2));
        breaker.failed(at(3));
        assertThat(breaker.permits(at(4))).isTrue();
    }

    @Test
    void halfOpenItLetsOneRequestThroughAtATime() {
        failThreeTimesAt(0);
        assertThat(breaker.permits(at(30))).isTrue();
        assertThat(breaker.permits(at(31))).isFalse();
    }

    @Test
    void aSuccessfulProbeClosesIt() {
        failThreeTimesAt(0);
        assertThat(breaker.permits(at(30))).isTrue();
        breaker.succeeded();
        assertThat(breaker.permits(at(30))).isTrue();
        assertThat(breaker.permits(at(30))).isTrue();
    }

    @Test
    void aFailedProbeOpensItAgain() {
        failThreeTimesAt(0);
        assertThat(breaker.permits(at(40))).isTrue();
        breaker.failed(at(41));
        assertThat(breaker.permits(at(70))).isFalse();
        assertThat(breaker.permits(at(71))).isTrue();
    }

    @Test
    void aClockThatJumpsBackDoesNotKeepItOpen() {
        failThreeTimesAt(3600);
        assertThat(breaker.permits(at(0))).isTrue();
    }

    private void failThreeTimesAt(int second) {
        for (int k = 0; k < 3; k++) {
            breaker.failed(at(second));
        }
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
