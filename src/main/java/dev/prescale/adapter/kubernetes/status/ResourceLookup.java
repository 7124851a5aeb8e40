package dev.prescale.adapter.kubernetes.status;

import dev.prescale.control.EndpointId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/** The resources as they were last seen by a watch, with their status; asks nobody. Safe for use by many threads. */
@FunctionalInterface
public interface ResourceLookup {
    /** Empty where the endpoint is no resource of the cluster. */
    Optional<GenericKubernetesResource> resource(EndpointId endpoint);
}
