package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Collectors;

/** How things are called in sentences. */
final class Targets {
    private Targets() {}

    static String describe(String namespace, ScaleTargetRef target) {
        return "%s %s/%s".formatted(target.kind(), namespace, target.name());
    }

    static String name(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    static String names(List<? extends HasMetadata> objects) {
        return objects.stream().map(Targets::name).sorted().collect(Collectors.joining(" and "));
    }
}
