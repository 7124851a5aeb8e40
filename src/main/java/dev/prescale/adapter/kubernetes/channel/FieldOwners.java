package dev.prescale.adapter.kubernetes.channel;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who owns {@code spec.minReplicas} of an HPA, from its {@code managedFields}.
 *
 * @param isOurs whether Prescale has applied it
 * @param others everyone else
 * @param isTracked whether owners are known at all: without any entry the API server asks for force even where nobody minds
 */
record FieldOwners(boolean isOurs, List<Owner> others, boolean isTracked) {
    private static final String APPLY = "Apply";

    /**
     * Field managers that put back what they manage without being asked, also where they do so by {@code Update}: by the names that
     * they have by default.
     */
    private static final List<String> RECONCILERS = List.of(
            "argocd",
            "kustomize-controller",
            "helm-controller",
            "flux",
            "fleet",
            "configsync",
            "config-sync",
            "kapp-controller");

    /** Who owns what was there before owners were kept track of, as the API server calls it. */
    static final Owner BEFORE = new Owner("before-first-apply", "Update", "autoscaling/v2");

    FieldOwners {
        others = List.copyOf(others);
    }

    /** @param apiVersion through which it was written: another one makes another entry */
    record Owner(String manager, String operation, String apiVersion) {
        /** Whether what is changed by others is put back, now or with the next apply. */
        boolean putsBack() {
            return operation.equals(APPLY) || RECONCILERS.stream().anyMatch(manager::startsWith);
        }

        @Override
        public String toString() {
            return "%s (%s)".formatted(manager, operation);
        }
    }

    static FieldOwners of(HorizontalPodAutoscaler hpa) {
        List<ManagedFieldsEntry> entries = hpa.getMetadata().getManagedFields();
        if (entries == null || entries.isEmpty()) {
            return new FieldOwners(false, List.of(), false);
        }
        List<Owner> owners = entries.stream()
                .filter(FieldOwners::hasMinReplicas)
                .map(entry -> new Owner(
                        orEmpty(entry.getManager()), orEmpty(entry.getOperation()), orEmpty(entry.getApiVersion())))
                .toList();
        return new FieldOwners(
                owners.stream().anyMatch(FieldOwners::isPrescale),
                owners.stream().filter(owner -> !isPrescale(owner)).toList(),
                true);
    }

    private static boolean isPrescale(Owner owner) {
        return owner.manager().equals(ApiWrites.FIELD_MANAGER)
                && owner.operation().equals(APPLY);
    }

    private static boolean hasMinReplicas(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:minReplicas");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    boolean isOursAlone() {
        return isOurs && others.isEmpty();
    }

    /** Whether it is known that nobody owns it. */
    boolean isNobodys() {
        return isTracked && !isOurs && others.isEmpty();
    }

    /** As they are named in a sentence. */
    String names() {
        return others.isEmpty()
                ? "somebody"
                : others.stream().map(Owner::toString).collect(Collectors.joining(" and "));
    }
}
