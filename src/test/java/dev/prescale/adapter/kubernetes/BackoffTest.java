package dev.prescale.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");

    @Test
    void waitsTwiceAsLongEachTimeUpToAMinute() {
        Backoff backoff = new Backoff(new Random(1));

        for (int about : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            assertThat(Duration.between(NOON, backoff.next(NOON)))
                    .isBetween(Duration.ofMillis(about * 500L), Duration.ofMillis(about * 1_500L));
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        Backoff backoff = new Backoff(new Random(1));
        IntStream.range(0, 9).forEach(k -> backoff.next(NOON));

        backoff.succeeded();

        assertThat(Duration.between(NOON, backoff.next(NOON))).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void manyThatFailTogetherDoNotComeBackTogether() {
        Random chance = new Random(1);
        Set<Instant> tries = new HashSet<>();
        IntStream.range(0, 100).forEach(k -> tries.add(new Backoff(chance).next(NOON)));

        assertThat(tries).hasSizeGreaterThan(80);
    }
}
