package dev.prescale.adapter.transport.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientBucketsTest {
    private long nanos;

    private final ClientBuckets buckets = new ClientBuckets(10, 2, Duration.ofSeconds(1), new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void aFullBucketIsSpentAtOnceAndThenComesBackEvenly() {
        assertThat(taken("a", 12)).isEqualTo(10);

        nanos += 1_000_000_000L;
        // two a second
        assertThat(taken("a", 5)).isEqualTo(2);
        assertThat(buckets.wait("a")).isEqualTo(Duration.ofMillis(500));

        nanos += 3_600_000_000_000L;
        assertThat(taken("a", 100)).isEqualTo(10);
    }

    @Test
    void aClientThatKeepsToThePaceNeverSeesIt() {
        for (int k = 0; k < 1_000; k++) {
            nanos += 500_000_000L;
            assertThat(buckets.take("a")).isTrue();
        }
    }

    @Test
    void clientsHaveBucketsOfTheirOwn() {
        taken("a", 10);

        assertThat(buckets.take("a")).isFalse();
        assertThat(buckets.take("b")).isTrue();
        assertThat(buckets.wait("c")).isZero();
    }

    private int taken(String client, int tries) {
        int taken = 0;
        for (int k = 0; k < tries; k++) {
            taken += buckets.take(client) ? 1 : 0;
        }
        return taken;
    }
}
