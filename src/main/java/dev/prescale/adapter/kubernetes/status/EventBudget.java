package dev.prescale.adapter.kubernetes.status;

import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Keeps events few, for each endpoint and in all: etcd has them for an hour. Used by one thread. */
final class EventBudget {
    private static final int BURST_OF_ONE = 10;
    private static final Duration BETWEEN_OF_ONE = Duration.ofMinutes(1);
    private static final int BURST_OF_ALL = 50;
    private static final Duration BETWEEN_OF_ALL = Duration.ofMillis(200);

    private final Map<EndpointId, TokenBucket> byEndpoint = new HashMap<>();
    private final TokenBucket all = new TokenBucket(BURST_OF_ALL, BETWEEN_OF_ALL);

    boolean take(EndpointId endpoint, Instant now) {
        TokenBucket own = byEndpoint.computeIfAbsent(endpoint, any -> new TokenBucket(BURST_OF_ONE, BETWEEN_OF_ONE));
        return own.wait(now).isZero() && all.take(now) && own.take(now);
    }

    void retain(Set<EndpointId> endpoints) {
        byEndpoint.keySet().retainAll(endpoints);
    }
}
