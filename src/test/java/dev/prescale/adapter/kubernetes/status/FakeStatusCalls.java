package dev.prescale.adapter.kubernetes.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers what is asked, or refuses it. The resource itself stays as it is: no watch is that quick. */
final class FakeStatusCalls implements StatusCalls {
    final List<String> applied = new ArrayList<>();
    final List<Map<String, Object>> statuses = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    int asked;

    @Nullable
    KubernetesClientException fault;

    @Override
    public void apply(GenericKubernetesResource resource, Map<String, Object> status) {
        asked++;
        if (fault != null) {
            throw fault;
        }
        applied.add(resource.getMetadata().getName());
        statuses.add(status);
    }

    @Override
    public void create(GenericKubernetesResource resource, StatusEvent event, Instant now) {
        events.add("%s %s".formatted(resource.getMetadata().getName(), event.reason()));
    }
}
