package dev.prescale.adapter.kubernetes.status;

import dev.prescale.adapter.kubernetes.ApiFaults;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Leadership;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One look at all endpoints: whose status differs from what its resource has gets a write, those in whose name this replica acts. Each
 * look begins with what is known then, so that what changed ten times in between is written once. Used by one thread.
 */
final class StatusRound {
    private static final Logger LOG = Logger.getLogger(StatusRound.class);

    /** A watch has shown our own write by then; until then we know better what the resource has. */
    private static final Duration OWN_WRITE_IS_NEWER = Duration.ofSeconds(30);

    private static final int BURST = 50;
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(100);

    private final ResourceLookup resources;
    private final Leadership leadership;
    private final StatusCalls calls;
    private final WriteRetry retry;
    private final TokenBucket writes = new TokenBucket(BURST, BETWEEN_WRITES);
    private final EventBudget events = new EventBudget();
    private final Map<EndpointId, Written> written = new HashMap<>();
    private String lastFault = "";

    /** What was written last for a resource. */
    private record Written(String uid, EndpointStatus status, Instant at) {}

    StatusRound(ResourceLookup resources, Leadership leadership, StatusCalls calls, RandomGenerator chance) {
        this.resources = resources;
        this.leadership = leadership;
        this.calls = calls;
        this.retry = new WriteRetry(chance);
    }

    /** Time until a write may be made, zero where one may be made now. */
    Duration wait(Instant now) {
        return writes.wait(now);
    }

    /** Whether a look at an endpoint is of use now: not while the API server rests. */
    boolean rests(Instant now) {
        return retry.rests(now);
    }

    void retain(Set<EndpointId> endpoints) {
        written.keySet().retainAll(endpoints);
        events.retain(endpoints);
        retry.retain(endpoints);
    }

    /** Writes what is due for one endpoint. The caller has waited as long as {@link #wait} says. */
    void look(EndpointId endpoint, FactsOf facts, Instant now) {
        GenericKubernetesResource resource = resources.resource(endpoint).orElse(null);
        if (resource == null
                || resource.getMetadata().getDeletionTimestamp() != null
                || !leadership.actsFor(endpoint)) {
            written.remove(endpoint);
            return;
        }
        if (retry.rests(now) || retry.holdsBack(endpoint, now)) {
            return;
        }
        String uid = resource.getMetadata().getUid();
        Written own = written.get(endpoint);
        boolean isOwn = own != null && own.uid().equals(uid);
        EndpointStatus present = isOwn && own != null && now.isBefore(own.at().plus(OWN_WRITE_IS_NEWER))
                ? own.status()
                : StatusJson.read(resource.getAdditionalProperties().get("status"));
        EndpointFacts known = facts.of(generation(resource), now);
        if (known == null) {
            return;
        }
        StatusChange change = StatusChange.of(present, StatusMapping.of(known));
        Duration pause = change.pause().orElse(null);
        boolean isDue = pause != null
                && (own == null || !isOwn || !now.isBefore(own.at().plus(pause)));
        if (isDue && writes.take(now)) {
            write(endpoint, resource, present, change.status(), now);
        }
    }

    /** What is known of an endpoint, null where there is nothing to say yet. */
    @FunctionalInterface
    interface FactsOf {
        @Nullable
        EndpointFacts of(long generation, Instant now);
    }

    private void write(
            EndpointId endpoint,
            GenericKubernetesResource resource,
            EndpointStatus present,
            EndpointStatus next,
            Instant now) {
        try {
            calls.apply(resource, StatusJson.write(next));
        } catch (KubernetesClientException fault) {
            retry.failed(endpoint, fault, now);
            tell("The status of %s cannot be written: %s".formatted(endpoint, ApiFaults.sentence(fault)), fault);
            return;
        }
        retry.succeeded(endpoint);
        lastFault = "";
        written.put(endpoint, new Written(resource.getMetadata().getUid(), next, now));
        for (StatusEvent event : StatusEvent.between(present, next)) {
            if (events.take(endpoint, now)) {
                announce(endpoint, resource, event, now);
            }
        }
    }

    /** An event that cannot be made is not tried again: the status says it too. */
    private void announce(EndpointId endpoint, GenericKubernetesResource resource, StatusEvent event, Instant now) {
        try {
            calls.create(resource, event, now);
        } catch (KubernetesClientException fault) {
            tell("No event can be made for %s: %s".formatted(endpoint, ApiFaults.sentence(fault)), fault);
        }
    }

    private void tell(String sentence, KubernetesClientException fault) {
        String kind = "%d %s".formatted(fault.getCode(), sentence.substring(0, 3));
        boolean isEnding = Thread.currentThread().isInterrupted();
        if (!kind.equals(lastFault) && !isEnding) {
            LOG.warn(sentence);
        }
        lastFault = kind;
    }

    private static long generation(GenericKubernetesResource resource) {
        Long generation = resource.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }
}
