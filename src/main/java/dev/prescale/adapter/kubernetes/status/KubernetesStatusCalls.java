package dev.prescale.adapter.kubernetes.status;

import dev.prescale.config.CustomResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One request each: the status by server-side apply, so that only what is ours is touched; an event as {@code events.k8s.io/v1}. */
final class KubernetesStatusCalls implements StatusCalls {
    private static final String FIELD_MANAGER = "prescale";
    private static final String CONTROLLER = "prescale.dev/prescale";
    private static final int LONGEST_NAME = 200;
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            // nobody else is to write a status; what a former version wrote by another verb is taken over
            .withForce(true)
            .build();
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final ResourceDefinitionContext RESOURCES = new ResourceDefinitionContext.Builder()
            .withGroup(CustomResource.GROUP)
            .withVersion(CustomResource.VERSION)
            .withKind(CustomResource.KIND)
            .withPlural(CustomResource.PLURAL)
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final String identity;
    private final AtomicLong events = new AtomicLong();

    /** @param identity of this replica of Prescale, for whoever reads an event */
    KubernetesStatusCalls(KubernetesClient client, String identity) {
        this.client = client;
        this.identity = identity;
    }

    @Override
    public void apply(GenericKubernetesResource resource, Map<String, Object> status) {
        ObjectMeta metadata = resource.getMetadata();
        GenericKubernetesResource applied = new GenericKubernetesResource();
        applied.setApiVersion(CustomResource.API_VERSION);
        applied.setKind(CustomResource.KIND);
        applied.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                // one of the same name that was made anew is refused
                .withUid(metadata.getUid())
                .build());
        applied.setAdditionalProperty("status", status);
        client.genericKubernetesResources(RESOURCES)
                .inNamespace(metadata.getNamespace())
                .resource(applied)
                .subresource("status")
                .patch(APPLY);
    }

    @Override
    public void create(GenericKubernetesResource resource, StatusEvent event, Instant now) {
        ObjectMeta metadata = resource.getMetadata();
        client.resource(new EventBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName(name(metadata.getName(), now))
                                .withNamespace(metadata.getNamespace())
                                .build())
                        .withEventTime(new MicroTime(MICROS.format(now)))
                        .withType(event.isWarning() ? "Warning" : "Normal")
                        .withReason(event.reason())
                        .withAction("Scale")
                        .withNote(event.note())
                        .withReportingController(CONTROLLER)
                        .withReportingInstance(identity)
                        .withNewRegarding()
                        .withApiVersion(CustomResource.API_VERSION)
                        .withKind(CustomResource.KIND)
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .endRegarding()
                        .build())
                .create();
    }

    /** As others name theirs: the object, a dot and a number that no other event has. */
    private String name(String object, Instant now) {
        String stem = object.length() <= LONGEST_NAME ? object : object.substring(0, LONGEST_NAME);
        return "%s.%x%x%x".formatted(stem, now.toEpochMilli(), identity.hashCode(), events.incrementAndGet());
    }
}
