package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One kind in all namespaces that are seen: one watch for the cluster, or one for each of the namespaces that were named. */
final class KindWatches<T extends HasMetadata> {
    private static final String ALL = "";

    private final WatchedKind<T> kind;
    private final Map<String, KindWatch<T>> byNamespace = new LinkedHashMap<>();
    private volatile boolean isNeeded;

    /** @param namespaces empty for all of the cluster */
    KindWatches(KubernetesClient client, WatchedKind<T> kind, List<String> namespaces, RandomGenerator chance) {
        this.kind = kind;
        (namespaces.isEmpty() ? List.of(ALL) : namespaces)
                .forEach(name -> byNamespace.put(name, new KindWatch<>(client, kind, name, chance)));
    }

    /** What is not needed is not watched. */
    synchronized void need(boolean needed) {
        if (isNeeded && !needed) {
            byNamespace.values().forEach(KindWatch::close);
        }
        isNeeded = needed;
    }

    synchronized void tend(Instant now) {
        if (isNeeded) {
            byNamespace.values().forEach(watch -> watch.tend(now));
        }
    }

    ApiKind api() {
        return kind.api();
    }

    private @Nullable KindWatch<T> watchOf(String namespace) {
        return byNamespace.getOrDefault(namespace, byNamespace.get(ALL));
    }

    /** Why nothing is known of the objects of a namespace. */
    Optional<String> blindness(String namespace) {
        KindWatch<T> watch = watchOf(namespace);
        return watch == null
                ? Optional.of("namespace %s is not among those that are seen (prescale.kubernetes.namespaces)"
                        .formatted(namespace))
                : watch.blindness();
    }

    /** Why something of some namespace is not known. */
    Optional<String> blindness() {
        return byNamespace.values().stream()
                .map(KindWatch::blindness)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether the API server says that there is no such kind. */
    boolean isAbsent(String namespace) {
        KindWatch<T> watch = watchOf(namespace);
        return watch != null && watch.isAbsent();
    }

    /** Whether all is known that there is: every watch has been read, or the cluster has no such kind. */
    boolean isKnown() {
        return byNamespace.values().stream().allMatch(watch -> watch.blindness().isEmpty() || watch.isAbsent());
    }

    boolean isTried() {
        return !isNeeded || byNamespace.values().stream().allMatch(KindWatch::isTried);
    }

    /** Null where it is not needed, or its namespaces are not seen. */
    @Nullable
    ObjectStore<T> objectsOf(String namespace) {
        KindWatch<T> watch = watchOf(namespace);
        return watch == null ? null : watch.objects();
    }

    @Nullable
    T get(String namespace, String name) {
        ObjectStore<T> objects = objectsOf(namespace);
        return objects == null ? null : objects.get(namespace, name);
    }

    Stream<T> all() {
        return byNamespace.values().stream().flatMap(watch -> watch.objects().all());
    }

    /** @param indexKey under which they are found; it names the namespace too */
    Stream<T> under(String namespace, String indexKey) {
        ObjectStore<T> objects = objectsOf(namespace);
        return objects == null ? Stream.empty() : objects.under(indexKey);
    }

    /** Grows with every change. */
    long changes() {
        return byNamespace.values().stream()
                .mapToLong(watch -> watch.objects().changes())
                .sum();
    }

    Collection<KindWatch<T>> watches() {
        return isNeeded ? byNamespace.values() : List.of();
    }
}
