package dev.prescale.adapter.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.config.PauseAnnotations;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.PauseNote;
import dev.prescale.control.Pauses;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pauses by annotating the resource, so that whoever reads it sees it: all replicas of Prescale, and people. */
public final class ResourcePauses implements Pauses {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("prescale")
            .build();
    private final KubernetesClient client;
    private final Function<EndpointId, Optional<GenericKubernetesResource>> lookup;

    /** @param lookup a resource as it was last seen */
    public ResourcePauses(KubernetesClient client, Function<EndpointId, Optional<GenericKubernetesResource>> lookup) {
        this.client = client;
        this.lookup = lookup;
    }

    @Override
    public Outcome pause(EndpointId endpoint, PauseNote note) {
        return annotate(endpoint, true, note, PauseAnnotations.pausing(note));
    }

    @Override
    public Outcome resume(EndpointId endpoint) {
        return annotate(endpoint, false, PauseNote.NONE, PauseAnnotations.resuming());
    }

    private Outcome annotate(
            EndpointId endpoint, boolean paused, PauseNote note, Map<String, @Nullable String> annotations) {
        GenericKubernetesResource seen = lookup.apply(endpoint).orElse(null);
        if (seen == null) {
            return new NotThere();
        }
        Map<String, String> present =
                Objects.requireNonNullElse(seen.getMetadata().getAnnotations(), Map.of());
        boolean keepsScaleInPaused = isTrue(present, PauseAnnotations.PAUSED_SCALE_IN);
        if (isTrue(present, PauseAnnotations.PAUSED) == paused) {
            PauseNote noted = paused ? PauseAnnotations.note(present) : PauseNote.NONE;
            return new Done(false, new Pausing(paused, keepsScaleInPaused, noted));
        }
        try {
            client.genericKubernetesResources(WatchedKind.SPECIFICATIONS.api().context())
                    .inNamespace(endpoint.namespace())
                    // with the item at hand, so that it is not read before it is patched: that would be another right
                    .resource(seen)
                    .patch(MERGE, patch(seen, annotations));
            return new Done(true, new Pausing(paused, keepsScaleInPaused, note));
        } catch (KubernetesClientException fault) {
            return outcome(endpoint, fault);
        }
    }

    private static boolean isTrue(Map<String, String> annotations, String name) {
        return "true".equals(annotations.get(name));
    }

    /** One of the same name that was made anew is refused, because of its uid. */
    static String patch(GenericKubernetesResource seen, Map<String, @Nullable String> annotations) {
        ObjectNode document = MAPPER.createObjectNode();
        ObjectNode metadata = document.putObject("metadata");
        metadata.put("uid", seen.getMetadata().getUid());
        ObjectNode changed = metadata.putObject("annotations");
        annotations.forEach(changed::put);
        return document.toString();
    }

    private static Outcome outcome(EndpointId endpoint, KubernetesClientException fault) {
        if (ApiFaults.isNotFound(fault)) {
            return new NotThere();
        }
        return ApiFaults.isConflict(fault)
                ? new NotOurs("%s was made anew meanwhile; look at it and ask again.".formatted(endpoint))
                : new Unavailable(
                        "The resource of %s cannot be annotated: %s.".formatted(endpoint, ApiFaults.sentence(fault)));
    }
}
