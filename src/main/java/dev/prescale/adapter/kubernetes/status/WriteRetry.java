package dev.prescale.adapter.kubernetes.status;

import dev.prescale.adapter.kubernetes.ApiFaults;
import dev.prescale.adapter.kubernetes.Backoff;
import dev.prescale.control.EndpointId;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * When a write that failed may be tried again: an API server that is silent or overloaded gets a rest from all, longer each time; a
 * refusal holds back its endpoint alone, for five minutes plus or minus a half by chance. Used by one thread.
 */
final class WriteRetry {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_FAULT = 500;
    private static final Duration HOLD = Duration.ofMinutes(5);

    private final RandomGenerator chance;
    private final Backoff backoff;
    private final Map<EndpointId, Instant> heldUntil = new HashMap<>();
    private Instant restUntil = Instant.MIN;

    WriteRetry(RandomGenerator chance) {
        this.chance = chance;
        this.backoff = new Backoff(chance);
    }

    /** Whether nobody is to write now. */
    boolean rests(Instant now) {
        return now.isBefore(restUntil);
    }

    boolean holdsBack(EndpointId endpoint, Instant now) {
        return now.isBefore(heldUntil.getOrDefault(endpoint, Instant.MIN));
    }

    void failed(EndpointId endpoint, KubernetesClientException fault, Instant now) {
        int code = fault.getCode();
        if (ApiFaults.isSilence(fault) || code == TOO_MANY_REQUESTS || code >= SERVER_FAULT) {
            restUntil = backoff.next(now);
        } else {
            heldUntil.put(endpoint, now.plusMillis(Backoff.spread(HOLD, chance)));
        }
    }

    void succeeded(EndpointId endpoint) {
        backoff.succeeded();
        heldUntil.remove(endpoint);
    }

    void retain(Set<EndpointId> endpoints) {
        heldUntil.keySet().retainAll(endpoints);
    }
}
