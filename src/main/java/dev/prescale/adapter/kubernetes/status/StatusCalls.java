package dev.prescale.adapter.kubernetes.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Map;

/** What is asked of the API server. Throws {@link io.fabric8.kubernetes.client.KubernetesClientException} where it does not do it. */
interface StatusCalls {
    /** Makes this the whole status of the resource, unless that has been deleted or made anew. */
    void apply(GenericKubernetesResource resource, Map<String, Object> status);

    void create(GenericKubernetesResource resource, StatusEvent event, Instant now);
}
