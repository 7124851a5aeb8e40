package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A kind of which only its scale subresource is known. Which fields that shows only the API server can tell: it is read once for
 * each change of the object that the watch brings. What the kind's paths are is looked up once.
 */
final class OtherKind {
    /** After which a scale subresource that could not be read is asked for again though nothing has changed. */
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final Name name;
    private final List<String> namespaces;
    private final RandomGenerator chance;
    private final Backoff backoff;
    private final Map<Place, Reading> readings = new ConcurrentHashMap<>();
    private volatile Instant nextLook = Instant.MIN;
    private volatile @Nullable KindWatches<GenericKubernetesResource> watches;
    private volatile String reason;

    /** As specifications name it. */
    record Name(String apiVersion, String kind) {}

    private record Place(String namespace, String name) {}

    /**
     * A scale subresource as it was read.
     *
     * @param version of the object then
     * @param isAnswer whether it says something of that version
     */
    private record Reading(String version, Instant at, boolean isAnswer, Sighting sighting) {
        boolean holds(String present, Instant now) {
            return version.equals(present) && (isAnswer || now.isBefore(at.plus(RETRY)));
        }
    }

    OtherKind(KubernetesClient client, Name name, List<String> namespaces, RandomGenerator chance) {
        this.client = client;
        this.name = name;
        this.namespaces = namespaces;
        this.chance = chance;
        this.backoff = new Backoff(chance);
        this.reason = "kind %s in %s is being looked up".formatted(name.kind(), name.apiVersion());
    }

    /** Its watches, once it is known what to watch. */
    Optional<KindWatches<GenericKubernetesResource>> watches() {
        return Optional.ofNullable(watches);
    }

    boolean isTried() {
        KindWatches<GenericKubernetesResource> known = watches;
        return known == null ? !nextLook.equals(Instant.MIN) : known.isTried();
    }

    /** May wait for one answer of the API server, where the kind is not known yet. */
    synchronized void tend(Instant now) {
        KindWatches<GenericKubernetesResource> known = watches;
        if (known != null) {
            known.tend(now);
            readings.keySet().removeIf(place -> known.get(place.namespace(), place.name()) == null);
        } else if (!now.isBefore(nextLook)) {
            nextLook = backoff.next(now);
            lookUp(now);
        }
    }

    private void lookUp(Instant now) {
        try {
            APIResourceList served = client.getApiResources(name.apiVersion());
            List<APIResource> resources = served == null ? List.of() : served.getResources();
            Optional<APIResource> found = resources.stream()
                    .filter(resource -> name.kind().equals(resource.getKind()))
                    .filter(resource -> !resource.getName().contains("/"))
                    .findFirst();
            if (found.isEmpty()) {
                reason = absent();
                return;
            }
            String plural = found.get().getName();
            boolean hasScale =
                    resources.stream().anyMatch(resource -> resource.getName().equals(plural + "/scale"));
            if (!hasScale) {
                reason = "%s in %s has no scale subresource".formatted(name.kind(), name.apiVersion());
                return;
            }
            String version = name.apiVersion().substring(name.apiVersion().indexOf('/') + 1);
            ApiKind api = new ApiKind(ApiKind.groupOf(name.apiVersion()), version, name.kind(), plural);
            KindWatches<GenericKubernetesResource> begun =
                    new KindWatches<>(client, WatchedKind.scalable(api), namespaces, chance);
            begun.need(true);
            begun.tend(now);
            watches = begun;
        } catch (KubernetesClientException fault) {
            reason = ApiFaults.isNotFound(fault) ? absent() : ApiFaults.sentence(fault);
        }
    }

    private String absent() {
        return "the cluster has no kind %s in %s".formatted(name.kind(), name.apiVersion());
    }

    /** May wait for one answer of the API server, where the object has changed. */
    Sighting see(String namespace, String object, Instant now) {
        KindWatches<GenericKubernetesResource> known = watches;
        if (known == null) {
            return new Sighting.NotSeen(reason);
        }
        Optional<String> blindness = known.blindness(namespace);
        if (blindness.isPresent()) {
            return new Sighting.NotSeen(blindness.get());
        }
        GenericKubernetesResource present = known.get(namespace, object);
        Place place = new Place(namespace, object);
        if (present == null) {
            return Targets.absent(name.kind(), namespace, object);
        }
        if (present.getMetadata().getDeletionTimestamp() != null) {
            return Targets.leaving(name.kind(), namespace, object);
        }
        String version = Objects.requireNonNullElse(present.getMetadata().getResourceVersion(), "");
        Reading before = readings.get(place);
        if (before != null && before.holds(version, now)) {
            return before.sighting();
        }
        Reading read = read(known.api(), namespace, object, version, now, before);
        readings.put(place, read);
        return read.sighting();
    }

    private Reading read(
            ApiKind api, String namespace, String object, String version, Instant now, @Nullable Reading before) {
        try {
            Scale scale = client.genericKubernetesResources(api.context())
                    .inNamespace(namespace)
                    .withName(object)
                    .scale();
            Sighting sighting = scale == null ? withoutScale(namespace, object) : new Sighting.Seen(Workload.of(scale));
            return new Reading(version, now, scale != null, sighting);
        } catch (KubernetesClientException fault) {
            if (ApiFaults.isNotFound(fault)) {
                return new Reading(version, now, false, withoutScale(namespace, object));
            }
            // An API server that is away changes nothing of what is known.
            boolean isKept =
                    !ApiFaults.isRefusal(fault) && before != null && before.sighting() instanceof Sighting.Seen;
            return new Reading(
                    version,
                    now,
                    false,
                    isKept && before != null ? before.sighting() : new Sighting.NotSeen(ApiFaults.sentence(fault)));
        }
    }

    private Sighting withoutScale(String namespace, String object) {
        return new Sighting.NotSeen("%s %s/%s has no scale subresource".formatted(name.kind(), namespace, object));
    }

    synchronized void close() {
        KindWatches<GenericKubernetesResource> known = watches;
        if (known != null) {
            known.need(false);
        }
    }
}
