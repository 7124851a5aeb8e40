package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What is seen of a cluster, by watches alone: pods, the workloads that specifications name, who else scales, and the
 * specifications themselves. Nothing is asked for per endpoint or per cycle. While the API server is away, what was last seen
 * stays. Safe for use by many threads.
 *
 * <p>Always watched are specifications and HPAs, in which a raised {@code minReplicas} may have been left; the rest as long as
 * some specification needs it.
 */
public final class KubernetesCluster implements AutoCloseable {
    private final KubernetesClient client;
    private final PodStarts starts = new PodStarts();
    private final Targets targets;
    private final KindWatches<Pod> pods;
    private final KindWatches<HorizontalPodAutoscaler> autoscalers;
    private final KindWatches<GenericKubernetesResource> scaledObjects;
    private final KindWatches<GenericKubernetesResource> specifications;
    private final SpecResources specResources;
    private final ClusterView view;
    private final Outage outage = new Outage();

    /**
     * @param client closed with this
     * @param namespaces that are seen; empty for all of the cluster
     * @param chance spreads what is tried again
     */
    public KubernetesCluster(KubernetesClient client, List<String> namespaces, RandomGenerator chance) {
        this.client = client;
        this.targets = new Targets(client, namespaces, chance);
        this.pods = new KindWatches<>(client, WatchedKind.pods(starts), namespaces, chance);
        this.autoscalers = new KindWatches<>(client, WatchedKind.AUTOSCALERS, namespaces, chance);
        this.scaledObjects = new KindWatches<>(client, WatchedKind.SCALED_OBJECTS, namespaces, chance);
        this.specifications = new KindWatches<>(client, WatchedKind.SPECIFICATIONS, namespaces, chance);
        this.specResources = new SpecResources(specifications);
        this.view = new WatchedAutoscalers(autoscalers, scaledObjects);
        autoscalers.need(true);
        specifications.need(true);
    }

    /** Says whose workloads will be asked for; what they need is watched from the next {@link #tend} on. */
    synchronized void replaceSpecs(Map<EndpointId, EndpointSpec> inForce) {
        targets.need(inForce.values().stream().map(EndpointSpec::scaleTargetRef).toList());
        pods.need(!inForce.isEmpty());
        scaledObjects.need(!inForce.isEmpty());
    }

    /**
     * Begins what is needed and not watched, and again what has failed. To be called every few seconds. Returns at once, but where
     * a specification names a kind that is not known yet: then it may wait for an answer of the API server.
     */
    public synchronized void tend(Instant now) {
        specifications.tend(now);
        autoscalers.tend(now);
        scaledObjects.tend(now);
        pods.tend(now);
        targets.tend(now);
        specResources.poll();
        outage.look(watches(), now);
    }

    private Collection<KindWatch<?>> watches() {
        List<KindWatch<?>> all = new ArrayList<>(targets.watches());
        List.of(specifications, autoscalers, scaledObjects).forEach(kind -> all.addAll(kind.watches()));
        all.addAll(pods.watches());
        return all;
    }

    /** Whether everything that is needed has been read, or could not be: who is about to begin may want to wait for it. */
    public boolean isTried() {
        return specifications.isTried()
                && autoscalers.isTried()
                && scaledObjects.isTried()
                && pods.isTried()
                && targets.isTried();
    }

    /** That nothing is heard of the API server, and since when; empty where all is well. */
    public Optional<String> outage() {
        return outage.sentence();
    }

    public SpecResources specifications() {
        return specResources;
    }

    public ClusterView view() {
        return view;
    }

    KubernetesClient client() {
        return client;
    }

    Targets targets() {
        return targets;
    }

    KindWatches<Pod> pods() {
        return pods;
    }

    PodStarts starts() {
        return starts;
    }

    @Override
    public synchronized void close() {
        targets.close();
        List.of(specifications, autoscalers, scaledObjects).forEach(kind -> kind.need(false));
        pods.need(false);
        client.close();
    }
}
