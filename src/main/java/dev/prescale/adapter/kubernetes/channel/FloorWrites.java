package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.channel.FieldOwners.Owner;
import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale.NotScaled;
import dev.prescale.control.WorkloadScale.Outcome;
import dev.prescale.control.WorkloadScale.Scaled;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that raise a floor and give it back. What was written last is remembered until it is seen in the watch, so that it is
 * not written twice. Safe for use by many threads.
 */
final class FloorWrites {
    private static final String GROUP = "autoscaling";
    private static final String VERSION = "v2";
    private static final String MIN_REPLICAS = "minReplicas";
    private static final String MIN_REPLICAS_PATH = "/spec/minReplicas";
    private static final String RESOURCE = "horizontalpodautoscalers in the API group autoscaling";

    private final WriteGate gate;
    private final Map<String, HorizontalPodAutoscaler> written = new ConcurrentHashMap<>();
    private final Map<String, Raised> raised = new ConcurrentHashMap<>();

    /** An HPA whose floor was raised here and has not been given back here. */
    private record Raised(String uid, EndpointId endpoint) {}

    FloorWrites(WriteGate gate) {
        this.gate = gate;
    }

    /** As seen, or as written since. */
    HorizontalPodAutoscaler newest(HorizontalPodAutoscaler seen) {
        HorizontalPodAutoscaler own = written.get(Targets.name(seen));
        if (own == null) {
            return seen;
        }
        boolean isAhead = own.getMetadata().getUid().equals(seen.getMetadata().getUid())
                && version(own.getMetadata()) > version(seen.getMetadata());
        if (!isAhead) {
            written.remove(Targets.name(seen), own);
        }
        return isAhead ? own : seen;
    }

    boolean wasRaised(HorizontalPodAutoscaler hpa) {
        Raised known = raised.get(Targets.name(hpa));
        return known != null && known.uid().equals(hpa.getMetadata().getUid());
    }

    void forgetRaised(HorizontalPodAutoscaler hpa) {
        raised.remove(Targets.name(hpa));
    }

    /** Forgets what was written to HPAs that are not there any more, and what was raised for others than these endpoints. */
    void retain(Collection<HorizontalPodAutoscaler> present, Set<EndpointId> endpoints) {
        raised.values().removeIf(known -> !endpoints.contains(known.endpoint()));
        Set<String> names = new HashSet<>();
        present.forEach(hpa -> names.add(Targets.name(hpa)));
        written.keySet().retainAll(names);
        raised.keySet().retainAll(names);
    }

    /** Kubernetes lets them be compared from 1.35 on, and they were numbers long before. */
    private static long version(ObjectMeta meta) {
        try {
            return Long.parseLong(meta.getResourceVersion());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** By server-side apply. What somebody owns is taken over only if nothing at all has changed since it was seen. */
    Outcome raise(Refusals.Subject subject, HorizontalPodAutoscaler hpa, FloorRule.Raise raise, Instant now) {
        Outcome outcome = write(subject, hpa, now, () -> {
            ObjectMetaBuilder meta = identity(hpa).withAnnotations(raise.lease().annotations());
            if (raise.isTakenOver()) {
                meta.withResourceVersion(hpa.getMetadata().getResourceVersion());
            }
            GenericKubernetesResource applied = applied(meta.build());
            applied.setAdditionalProperty("spec", Map.of(MIN_REPLICAS, raise.floor()));
            return gate.writes().apply(kind(VERSION), applied, raise.isTakenOver());
        });
        if (outcome instanceof Scaled) {
            raised.put(Targets.name(hpa), new Raised(hpa.getMetadata().getUid(), subject.endpoint()));
        }
        return outcome;
    }

    /** Leaves nothing of ours behind. */
    Outcome giveBack(Refusals.Subject subject, HorizontalPodAutoscaler hpa, Instant now) {
        Outcome outcome =
                switch (FloorReturn.of(hpa)) {
                    case FloorReturn.NotOurs not -> new NotScaled(not.reason());
                    case FloorReturn.LetGo ignored ->
                        write(
                                subject,
                                hpa,
                                now,
                                () -> gate.writes()
                                        .apply(
                                                kind(VERSION),
                                                applied(identity(hpa).build()),
                                                false));
                    case FloorReturn.AsOwner back ->
                        write(
                                subject,
                                hpa,
                                now,
                                () -> gate.writes()
                                        .patch(
                                                kind(version(back.owner())),
                                                hpa.getMetadata(),
                                                back.owner().manager(),
                                                patch(hpa, back.minReplicas())));
                };
        if (outcome instanceof Scaled) {
            forgetRaised(hpa);
        }
        return outcome;
    }

    @FunctionalInterface
    private interface Request {
        GenericKubernetesResource send();
    }

    private Outcome write(Refusals.Subject subject, HorizontalPodAutoscaler hpa, Instant now, Request request) {
        return gate.write(
                subject,
                now,
                () -> {
                    written.put(Targets.name(hpa), merged(hpa, request.send()));
                    return new Scaled();
                },
                fault -> fault.sentence("HPA " + Targets.name(hpa), RESOURCE));
    }

    /** The answer, of which only what matters is the same in all versions of the API. */
    private static HorizontalPodAutoscaler merged(HorizontalPodAutoscaler seen, GenericKubernetesResource answer) {
        return new HorizontalPodAutoscalerBuilder(seen)
                .withMetadata(answer.getMetadata())
                .editSpec()
                .withMinReplicas(answer.get("spec", MIN_REPLICAS) instanceof Integer min ? min : null)
                .endSpec()
                .build();
    }

    /** With the uid, so that an HPA that was deleted meanwhile is not made anew. */
    private static ObjectMetaBuilder identity(HorizontalPodAutoscaler hpa) {
        return new ObjectMetaBuilder()
                .withNamespace(hpa.getMetadata().getNamespace())
                .withName(hpa.getMetadata().getName())
                .withUid(hpa.getMetadata().getUid());
    }

    private static GenericKubernetesResource applied(ObjectMeta meta) {
        GenericKubernetesResource applied = new GenericKubernetesResource();
        applied.setApiVersion(GROUP + "/" + VERSION);
        applied.setKind("HorizontalPodAutoscaler");
        applied.setMetadata(meta);
        return applied;
    }

    private static JsonPatch patch(HorizontalPodAutoscaler hpa, int minReplicas) {
        JsonPatch patch = new JsonPatch().test(MIN_REPLICAS_PATH, FloorRule.minReplicas(hpa));
        hpa.getMetadata().getAnnotations().forEach((name, text) -> {
            if (FloorLease.ANNOTATIONS.contains(name)) {
                patch.test(JsonPatch.annotationPath(name), text).remove(JsonPatch.annotationPath(name));
            }
        });
        return patch.set(MIN_REPLICAS_PATH, minReplicas);
    }

    /** Through the version that its owner uses: it is another entry of the owner's otherwise. */
    private static String version(Owner owner) {
        return owner.apiVersion().equals(GROUP + "/v1") ? "v1" : VERSION;
    }

    private static ResourceDefinitionContext kind(String version) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(version)
                .withKind("HorizontalPodAutoscaler")
                .withPlural("horizontalpodautoscalers")
                .withNamespaced(true)
                .build();
    }
}
