package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who else scales, as the watches of HPAs and ScaledObjects tell. */
final class WatchedAutoscalers implements ClusterView {
    private final KindWatches<HorizontalPodAutoscaler> autoscalers;
    private final KindWatches<GenericKubernetesResource> scaledObjects;

    WatchedAutoscalers(
            KindWatches<HorizontalPodAutoscaler> autoscalers, KindWatches<GenericKubernetesResource> scaledObjects) {
        this.autoscalers = autoscalers;
        this.scaledObjects = scaledObjects;
    }

    @Override
    public List<HorizontalPodAutoscaler> autoscalers() {
        return autoscalers.all().toList();
    }

    @Override
    public List<HorizontalPodAutoscaler> autoscalersOf(String namespace, ScaleTargetRef target) {
        return autoscalers
                .under(namespace, key(namespace, target))
                .sorted(Comparator.comparing(
                        autoscaler -> autoscaler.getMetadata().getName()))
                .toList();
    }

    @Override
    public List<String> scaledObjectsOf(String namespace, ScaleTargetRef target) {
        return scaledObjects
                .under(namespace, key(namespace, target))
                .map(scaledObject -> scaledObject.getMetadata().getName())
                .sorted()
                .toList();
    }

    @Override
    public Optional<ScaleTargetRef> targetOfScaledObject(String namespace, String name) {
        return Optional.ofNullable(scaledObjects.get(namespace, name)).flatMap(WatchedKind::scaledBy);
    }

    @Override
    public Optional<String> blindness(String namespace) {
        return autoscalers
                .blindness(namespace)
                .or(() -> scaledObjects.blindness(namespace).filter(reason -> !scaledObjects.isAbsent(namespace)));
    }

    private static String key(String namespace, ScaleTargetRef target) {
        return WatchedKind.target(namespace, target.apiVersion(), target.kind(), target.name());
    }
}
