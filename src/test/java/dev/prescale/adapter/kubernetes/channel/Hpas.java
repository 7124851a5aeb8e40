package dev.prescale.adapter.kubernetes.channel;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HPAs of Deployment inference/chat as an API server shows them: minReplicas 2, maxReplicas 20, made by kubectl. */
record Hpas(
        String name,
        int minReplicas,
        List<ManagedFieldsEntry> entries,
        Map<String, String> annotations,
        String resourceVersion,
        List<String> scaledObjects) {
    static final String NAMESPACE = "inference";

    static Hpas named(String name) {
        return new Hpas(name, 2, List.of(owner("kubectl-create", "Update")), Map.of(), "10", List.of());
    }

    Hpas min(int replicas) {
        return new Hpas(name, replicas, entries, annotations, resourceVersion, scaledObjects);
    }

    Hpas at(String version) {
        return new Hpas(name, minReplicas, entries, annotations, version, scaledObjects);
    }

    /** Exactly these own minReplicas. */
    Hpas ownedBy(ManagedFieldsEntry... owners) {
        return new Hpas(name, minReplicas, List.of(owners), annotations, resourceVersion, scaledObjects);
    }

    /** Somebody keeps the HPA, and leaves minReplicas out. */
    Hpas ownedByNobody() {
        return ownedBy(entry("gitops", "Apply", "f:maxReplicas"));
    }

    Hpas madeBy(String scaledObject) {
        return new Hpas(name, minReplicas, entries, annotations, resourceVersion, List.of(scaledObject));
    }

    Hpas annotated(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(annotations);
        more.put(key, value);
        return new Hpas(name, minReplicas, entries, more, resourceVersion, scaledObjects);
    }

    /** Raised by Prescale for an endpoint, from what kubectl had set. */
    Hpas raised(String endpoint, int floor, String until, int original) {
        return min(floor)
                .ownedBy(owner(ApiWrites.FIELD_MANAGER, "Apply"))
                .annotated(FloorLease.HOLDER, endpoint)
                .annotated(FloorLease.UNTIL, until)
                .annotated(FloorLease.ORIGINAL, Integer.toString(original))
                .annotated(FloorLease.OWNER, "kubectl-create autoscaling/v2");
    }

    static ManagedFieldsEntry owner(String manager, String operation) {
        return entry(manager, operation, "f:minReplicas");
    }

    private static ManagedFieldsEntry entry(String manager, String operation, String field) {
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperty("f:spec", Map.of(field, Map.of()));
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation(operation)
                .withApiVersion("autoscaling/v2")
                .withFieldsType("FieldsV1")
                .withFieldsV1(fields)
                .build();
    }

    HorizontalPodAutoscaler build() {
        HorizontalPodAutoscalerBuilder built = new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withUid("uid-" + name)
                .withResourceVersion(resourceVersion)
                .withAnnotations(annotations)
                .withManagedFields(new ArrayList<>(entries))
                .endMetadata()
                .withNewSpec()
                .withMinReplicas(minReplicas)
                .withMaxReplicas(20)
                .withNewScaleTargetRef("apps/v1", "Deployment", "chat")
                .endSpec();
        scaledObjects.forEach(scaledObject -> built.editMetadata()
                .addNewOwnerReference()
                .withApiVersion("keda.sh/v1alpha1")
                .withKind("ScaledObject")
                .withName(scaledObject)
                .endOwnerReference()
                .endMetadata());
        return built.build();
    }
}
