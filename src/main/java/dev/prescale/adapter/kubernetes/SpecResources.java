package dev.prescale.adapter.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.config.ReadResult;
import dev.prescale.config.SpecFault;
import dev.prescale.config.SpecReader;
import dev.prescale.config.Violation;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The specifications that are resources of the cluster, {@code PredictiveAutoscaler}, with the same meaning and messages as files
 * have. A valid one is in force; where an edit is faulty, the last valid one stays in force and its faults are kept visible until they are
 * gone; one that is deleted leaves. {@link #poll} is called by one thread; the rest is safe to call from any.
 */
public final class SpecResources {
    private final KindWatches<GenericKubernetesResource> watches;
    private SortedMap<EndpointId, Entry> entries = new TreeMap<>();
    private long seenChanges = -1;
    private volatile View view = new View(0, List.of(), Map.of(), Set.of());

    /**
     * A resource as it was read last.
     *
     * @param version of the resource that had this document last
     * @param document that was read
     * @param inForce the last valid one, null where there was none
     */
    private record Entry(
            String uid,
            String version,
            ObjectNode document,
            @Nullable SpecResource inForce,
            List<Violation> violations) {}

    private record View(
            long version,
            List<SpecResource> inForce,
            Map<EndpointId, List<Violation>> violations,
            Set<EndpointId> endpoints) {
        List<SpecFault> faults() {
            return violations.entrySet().stream()
                    .flatMap(entry ->
                            entry.getValue().stream().map(violation -> SpecFault.ofResource(entry.getKey(), violation)))
                    .toList();
        }
    }

    SpecResources(KindWatches<GenericKubernetesResource> watches) {
        this.watches = watches;
    }

    /**
     * Whether the specifications of the cluster are known: they have been read, or the cluster has no such kind. Before, nobody may
     * conclude from what is not here that it was deleted.
     */
    public boolean isKnown() {
        return watches.isKnown();
    }

    /** Why they are not all known, for people; empty where they are. */
    public Optional<String> blindness() {
        return isKnown() ? Optional.empty() : watches.blindness();
    }

    /** Grows whenever what is in force, or a fault, has changed. */
    public long version() {
        return view.version();
    }

    /** The specifications in force, ordered by id. */
    public List<SpecResource> inForce() {
        return view.inForce();
    }

    /** Everything that is wrong at present. */
    public List<SpecFault> faults() {
        return view.faults();
    }

    /** The same by resource; those that are in force as they are now are not among them. */
    public Map<EndpointId, List<Violation>> violations() {
        return view.violations();
    }

    /** All resources there are, in force or not. */
    public Set<EndpointId> endpoints() {
        return view.endpoints();
    }

    /** The resource of an endpoint as it was last seen, valid or not, with its status; shared, not to be changed. */
    public Optional<GenericKubernetesResource> resource(EndpointId id) {
        return Optional.ofNullable(watches.get(id.namespace(), id.name()));
    }

    /** Takes over what has changed. While nothing is known, what was in force stays so. */
    void poll() {
        long changes = watches.changes();
        if (changes == seenChanges || !isKnown()) {
            return;
        }
        seenChanges = changes;
        SortedMap<EndpointId, Entry> next = new TreeMap<>();
        watches.all()
                .filter(resource -> resource.getMetadata().getDeletionTimestamp() == null)
                .forEach(resource -> {
                    EndpointId id = new EndpointId(
                            resource.getMetadata().getNamespace(),
                            resource.getMetadata().getName());
                    next.put(id, read(resource, entries.get(id)));
                });
        entries = next;
        List<SpecResource> inForce = next.values().stream()
                .map(Entry::inForce)
                .filter(Objects::nonNull)
                .toList();
        SortedMap<EndpointId, List<Violation>> violations = new TreeMap<>();
        next.forEach((id, entry) -> {
            if (!entry.violations().isEmpty()) {
                violations.put(id, entry.violations());
            }
        });
        View before = view;
        View after = new View(before.version(), inForce, violations, Set.copyOf(next.keySet()));
        if (!after.equals(before)) {
            view = new View(before.version() + 1, inForce, violations, after.endpoints());
        }
    }

    /** A change of the status alone is none. */
    private static Entry read(GenericKubernetesResource resource, @Nullable Entry before) {
        String uid = orEmpty(resource.getMetadata().getUid());
        String version = orEmpty(resource.getMetadata().getResourceVersion());
        Entry known = before != null && before.uid().equals(uid) ? before : null;
        if (known != null && known.version().equals(version)) {
            return known;
        }
        ObjectNode document = SpecDocument.of(resource);
        if (known != null && known.document().equals(document)) {
            return new Entry(uid, version, document, known.inForce(), known.violations());
        }
        return switch (SpecReader.readEndpoint(document)) {
            case ReadResult.Valid<EndpointSpec> valid ->
                new Entry(uid, version, document, inForce(resource, uid, document, valid.value()), List.of());
            case ReadResult.Invalid<EndpointSpec> invalid ->
                new Entry(uid, version, document, known == null ? null : known.inForce(), invalid.violations());
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static SpecResource inForce(
            GenericKubernetesResource resource, String uid, ObjectNode document, EndpointSpec spec) {
        Instant created = Pods.instant(resource.getMetadata().getCreationTimestamp());
        Long generation = resource.getMetadata().getGeneration();
        return new SpecResource(
                spec, uid, document, created == null ? Instant.EPOCH : created, generation == null ? 0 : generation);
    }
}
