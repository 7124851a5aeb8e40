package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.ClusterView;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sees what a test says, or what a supplier has at the moment. */
final class FixedView implements ClusterView {
    Supplier<List<HorizontalPodAutoscaler>> autoscalers = List::of;
    List<String> scaledObjects = List.of();
    Optional<String> blindness = Optional.empty();

    void sees(HorizontalPodAutoscaler... seen) {
        List<HorizontalPodAutoscaler> all = List.of(seen);
        autoscalers = () -> all;
    }

    @Override
    public Optional<String> blindness(String namespace) {
        return blindness;
    }

    @Override
    public List<HorizontalPodAutoscaler> autoscalers() {
        return autoscalers.get();
    }

    @Override
    public List<HorizontalPodAutoscaler> autoscalersOf(String namespace, ScaleTargetRef target) {
        return autoscalers.get().stream()
                .filter(hpa -> hpa.getMetadata().getNamespace().equals(namespace))
                .filter(hpa -> {
                    var ref = hpa.getSpec().getScaleTargetRef();
                    return ref.getKind().equals(target.kind()) && ref.getName().equals(target.name());
                })
                .toList();
    }

    @Override
    public List<String> scaledObjectsOf(String namespace, ScaleTargetRef target) {
        return scaledObjects;
    }

    @Override
    public Optional<ScaleTargetRef> targetOfScaledObject(String namespace, String name) {
        return Optional.empty();
    }
}
