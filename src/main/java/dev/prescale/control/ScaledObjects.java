package dev.prescale.control;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import java.util.Optional;

/** Port: what KEDA's ScaledObjects scale, as far as it is seen. Must not block. */
@FunctionalInterface
public interface ScaledObjects {
    /** Where there is no cluster to see them in. */
    ScaledObjects NONE = (namespace, name) -> Optional.empty();

    /** The workload that a ScaledObject scales; empty where no such object is seen. */
    Optional<ScaleTargetRef> targetOf(String namespace, String name);
}
