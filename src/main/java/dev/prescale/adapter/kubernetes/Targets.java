package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The workloads that specifications name, of whatever kind; only those kinds are watched that some specification names. */
final class Targets {
    private final KubernetesClient client;
    private final List<String> namespaces;
    private final RandomGenerator chance;
    private final KindWatches<Deployment> deployments;
    private final KindWatches<StatefulSet> statefulSets;
    private final Map<OtherKind.Name, OtherKind> others = new ConcurrentHashMap<>();

    Targets(KubernetesClient client, List<String> namespaces, RandomGenerator chance) {
        this.client = client;
        this.namespaces = namespaces;
        this.chance = chance;
        this.deployments = new KindWatches<>(client, WatchedKind.DEPLOYMENTS, namespaces, chance);
        this.statefulSets = new KindWatches<>(client, WatchedKind.STATEFUL_SETS, namespaces, chance);
    }

    void need(Collection<ScaleTargetRef> targets) {
        deployments.need(targets.stream().anyMatch(target -> isA(WatchedKind.DEPLOYMENTS, target)));
        statefulSets.need(targets.stream().anyMatch(target -> isA(WatchedKind.STATEFUL_SETS, target)));
        Set<OtherKind.Name> named = new HashSet<>();
        targets.stream()
                .filter(target -> !isA(WatchedKind.DEPLOYMENTS, target) && !isA(WatchedKind.STATEFUL_SETS, target))
                .forEach(target -> named.add(nameOf(target)));
        others.forEach((name, kind) -> {
            if (!named.contains(name)) {
                kind.close();
            }
        });
        others.keySet().retainAll(named);
        named.forEach(name -> others.computeIfAbsent(name, any -> new OtherKind(client, name, namespaces, chance)));
    }

    void tend(Instant now) {
        deployments.tend(now);
        statefulSets.tend(now);
        others.values().forEach(kind -> kind.tend(now));
    }

    boolean isTried() {
        return deployments.isTried()
                && statefulSets.isTried()
                && others.values().stream().allMatch(OtherKind::isTried);
    }

    Collection<KindWatch<?>> watches() {
        List<KindWatch<?>> all = new ArrayList<>(deployments.watches());
        all.addAll(statefulSets.watches());
        others.values().forEach(kind -> kind.watches().ifPresent(known -> all.addAll(known.watches())));
        return all;
    }

    /** May wait for one answer of the API server where the object, of another kind, has changed. */
    Sighting see(String namespace, ScaleTargetRef target, Instant now) {
        if (isA(WatchedKind.DEPLOYMENTS, target)) {
            return see(deployments, Workload::of, namespace, target.name());
        }
        if (isA(WatchedKind.STATEFUL_SETS, target)) {
            return see(statefulSets, Workload::of, namespace, target.name());
        }
        OtherKind kind = others.get(nameOf(target));
        return kind == null
                ? new Sighting.NotSeen("no specification names a " + target.kind())
                : kind.see(namespace, target.name(), now);
    }

    private static <T extends HasMetadata> Sighting see(
            KindWatches<T> watches, Function<T, Workload> read, String namespace, String name) {
        Optional<String> blindness = watches.blindness(namespace);
        if (blindness.isPresent()) {
            return new Sighting.NotSeen(blindness.get());
        }
        T object = watches.get(namespace, name);
        if (object == null) {
            return absent(watches.api().kind(), namespace, name);
        }
        return object.getMetadata().getDeletionTimestamp() == null
                ? new Sighting.Seen(read.apply(object))
                : leaving(watches.api().kind(), namespace, name);
    }

    static Sighting absent(String kind, String namespace, String name) {
        return new Sighting.NotSeen("there is no %s %s/%s in the cluster".formatted(kind, namespace, name));
    }

    /** Its namespace too, perhaps. */
    static Sighting leaving(String kind, String namespace, String name) {
        return new Sighting.NotSeen("%s %s/%s is being deleted".formatted(kind, namespace, name));
    }

    private static OtherKind.Name nameOf(ScaleTargetRef target) {
        return new OtherKind.Name(target.apiVersion(), target.kind());
    }

    private static boolean isA(WatchedKind<?> kind, ScaleTargetRef target) {
        return target.apiVersion().equals(kind.api().apiVersion())
                && target.kind().equals(kind.api().kind());
    }

    void close() {
        deployments.need(false);
        statefulSets.need(false);
        others.values().forEach(OtherKind::close);
    }
}
