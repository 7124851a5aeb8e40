package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kind that is watched: where its objects are, what of them is kept, and under which keys they are found.
 *
 * @param isOptional whether a cluster may well do without it
 */
record WatchedKind<T extends HasMetadata>(
        ApiKind api,
        boolean isOptional,
        Function<KubernetesClient, MixedOperation<T, ?, ?>> objects,
        Consumer<? super T> trim,
        Function<? super T, Stream<String>> index,
        ObjectStore.Tracker<? super T> tracker) {

    static final WatchedKind<Deployment> DEPLOYMENTS = new WatchedKind<>(
            new ApiKind("apps", "v1", "Deployment", "deployments"),
            false,
            client -> client.apps().deployments(),
            Trim::deployment,
            any -> Stream.empty(),
            ObjectStore.Tracker.none());
    static final WatchedKind<StatefulSet> STATEFUL_SETS = new WatchedKind<>(
            new ApiKind("apps", "v1", "StatefulSet", "statefulsets"),
            false,
            client -> client.apps().statefulSets(),
            Trim::statefulSet,
            any -> Stream.empty(),
            ObjectStore.Tracker.none());
    /** Whole: who manages which field of it decides what may be written. */
    static final WatchedKind<HorizontalPodAutoscaler> AUTOSCALERS = new WatchedKind<>(
            new ApiKind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
            false,
            client -> client.autoscaling().v2().horizontalPodAutoscalers(),
            any -> {},
            WatchedKind::targetOf,
            ObjectStore.Tracker.none());

    static final WatchedKind<GenericKubernetesResource> SCALED_OBJECTS = generic(
            new ApiKind("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects"),
            true,
            Trim::scaledObject,
            WatchedKind::targetOf);
    static final WatchedKind<GenericKubernetesResource> SPECIFICATIONS = generic(
            new ApiKind("prescale.dev", "v1alpha1", "PredictiveAutoscaler", "predictiveautoscalers"),
            true,
            Trim::managedFields,
            any -> Stream.empty());

    static WatchedKind<Pod> pods(ObjectStore.Tracker<Pod> tracker) {
        return new WatchedKind<>(
                new ApiKind("", "v1", "Pod", "pods"),
                false,
                KubernetesClient::pods,
                Trim::pod,
                PodsByLabel::keys,
                tracker);
    }

    /** A kind that is known by its scale subresource only: of its objects nothing but that they have changed. */
    static WatchedKind<GenericKubernetesResource> scalable(ApiKind api) {
        return generic(api, false, Trim::toMetadata, any -> Stream.empty());
    }

    private static WatchedKind<GenericKubernetesResource> generic(
            ApiKind api,
            boolean isOptional,
            Consumer<GenericKubernetesResource> trim,
            Function<GenericKubernetesResource, Stream<String>> index) {
        return new WatchedKind<>(
                api,
                isOptional,
                client -> client.genericKubernetesResources(api.context()),
                trim,
                index,
                ObjectStore.Tracker.none());
    }

    /** @param namespace empty for all */
    Informable<T> in(KubernetesClient client, String namespace) {
        MixedOperation<T, ?, ?> operation = objects.apply(client);
        return namespace.isEmpty() ? operation.inAnyNamespace() : operation.inNamespace(namespace);
    }

    /** The key under which whoever scales this workload is found. Versions of a kind are the same workload. */
    static String target(String namespace, String apiVersion, String kind, String name) {
        return String.join("/", namespace, ApiKind.groupOf(apiVersion), kind, name);
    }

    private static Stream<String> targetOf(HorizontalPodAutoscaler autoscaler) {
        CrossVersionObjectReference target =
                autoscaler.getSpec() == null ? null : autoscaler.getSpec().getScaleTargetRef();
        return target == null || target.getKind() == null || target.getName() == null
                ? Stream.empty()
                : Stream.of(target(
                        autoscaler.getMetadata().getNamespace(),
                        target.getApiVersion() == null ? "" : target.getApiVersion(),
                        target.getKind(),
                        target.getName()));
    }

    private static Stream<String> targetOf(GenericKubernetesResource scaledObject) {
        String namespace = scaledObject.getMetadata().getNamespace();
        return scaledBy(scaledObject).stream()
                .map(target -> target(namespace, target.apiVersion(), target.kind(), target.name()));
    }

    /** What a ScaledObject scales. KEDA's default: a Deployment. */
    static Optional<ScaleTargetRef> scaledBy(GenericKubernetesResource scaledObject) {
        Object name = scaledObject.get("spec", "scaleTargetRef", "name");
        Object kind = scaledObject.get("spec", "scaleTargetRef", "kind");
        Object apiVersion = scaledObject.get("spec", "scaleTargetRef", "apiVersion");
        return name instanceof String named
                ? Optional.of(new ScaleTargetRef(
                        apiVersion instanceof String given && !given.isEmpty() ? given : "apps/v1",
                        kind instanceof String given && !given.isEmpty() ? given : "Deployment",
                        named))
                : Optional.empty();
    }
}
