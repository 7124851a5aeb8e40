package dev.prescale.adapter.transport.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A bucket of tokens per client, and only so many of them: whoever has been forgotten begins with a full one. */
final class ClientBuckets {
    static final int MOST_CLIENTS = 10_000;

    private final Cache<String, Bucket> buckets;
    private final long capacity;
    private final long perPeriod;
    private final Duration period;
    private final TimeMeter meter;

    /**
     * @param capacity tokens of a full bucket
     * @param perPeriod tokens that come back, evenly over the period
     */
    ClientBuckets(long capacity, long perPeriod, Duration period, TimeMeter meter) {
        this.capacity = capacity;
        this.perPeriod = perPeriod;
        this.period = period;
        this.meter = meter;
        this.buckets = Caffeine.newBuilder().maximumSize(MOST_CLIENTS).build();
    }

    /** Whether there was a token, which is gone then. */
    boolean take(String client) {
        return of(client).tryConsume(1);
    }

    /** Until there is a token again; zero where there is one. */
    Duration wait(String client) {
        Bucket bucket = buckets.getIfPresent(client);
        return bucket == null
                ? Duration.ZERO
                : Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    private Bucket of(String client) {
        return buckets.get(
                client,
                any -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(capacity).refillGreedy(perPeriod, period))
                        .withCustomTimePrecision(meter)
                        .build());
    }
}
