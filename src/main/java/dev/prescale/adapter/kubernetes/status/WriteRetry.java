package dev.prescale.adapter.kubernetes.status;

import dev.prescale.control.EndpointId;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * When a write that failed may be tried again: an API server that is silent or overloaded gets a rest from all, from 1 s on up to a
 * minute; a refusal holds back its endpoint, from a minute on up to ten. Plus or minus a half by chance, so that replicas of Prescale do
 * not come back together. Used by one thread.
 */
final class WriteRetry {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_FAULT = 500;
    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final Duration SHORTEST_HOLD = Duration.ofMinutes(1);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator chance;
    private final Map<EndpointId, Hold> holds = new HashMap<>();
    private Hold rest = new Hold(0, Instant.MIN);

    /** @param times how often in a row it has failed */
    private record Hold(int times, Instant until) {}

    WriteRetry(RandomGenerator chance) {
        this.chance = chance;
    }

    /** Whether nobody is to write now. */
    boolean rests(Instant now) {
        return now.isBefore(rest.until());
    }

    boolean holdsBack(EndpointId endpoint, Instant now) {
        Hold hold = holds.get(endpoint);
        return hold != null && now.isBefore(hold.until());
    }

    void failed(EndpointId endpoint, KubernetesClientException fault, Instant now) {
        int code = fault.getCode();
        if (code <= 0 || code == TOO_MANY_REQUESTS || code >= SERVER_FAULT) {
            rest = after(rest, SHORTEST_REST, LONGEST_REST, now);
        } else {
            holds.put(
                    endpoint, after(holds.getOrDefault(endpoint, new Hold(0, now)), SHORTEST_HOLD, LONGEST_HOLD, now));
        }
    }

    void succeeded(EndpointId endpoint) {
        rest = new Hold(0, Instant.MIN);
        holds.remove(endpoint);
    }

    void retain(Set<EndpointId> endpoints) {
        holds.keySet().retainAll(endpoints);
    }

    private Hold after(Hold before, Duration shortest, Duration longest, Instant now) {
        Duration doubled = shortest.multipliedBy(1L << Math.min(before.times(), MOST_DOUBLINGS));
        Duration pause = doubled.compareTo(longest) < 0 ? doubled : longest;
        return new Hold(before.times() + 1, now.plusMillis((long) (pause.toMillis() * (0.5 + chance.nextDouble()))));
    }
}
