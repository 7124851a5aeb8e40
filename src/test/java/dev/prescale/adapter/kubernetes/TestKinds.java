package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresourceScale;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresourceStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresources;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Kinds that a test installs: any fields, a status. */
final class TestKinds {
    private TestKinds() {}

    static CustomResourceDefinition any(ApiKind kind) {
        return definition(kind, null);
    }

    /** Replicas are {@code spec.size}; the selector is {@code status.labelSelector}. */
    static CustomResourceDefinition scalable(ApiKind kind) {
        return definition(
                kind, new CustomResourceSubresourceScale(".status.labelSelector", ".spec.size", ".status.size"));
    }

    private static CustomResourceDefinition definition(ApiKind kind, @Nullable CustomResourceSubresourceScale scale) {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName(kind.plural() + "." + kind.group())
                .endMetadata()
                .withNewSpec()
                .withGroup(kind.group())
                .withScope("Namespaced")
                .withNewNames()
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withSingular(kind.kind().toLowerCase(Locale.ROOT))
                .endNames()
                .addNewVersion()
                .withName(kind.version())
                .withServed(true)
                .withStorage(true)
                .withSubresources(new CustomResourceSubresources(scale, new CustomResourceSubresourceStatus()))
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }
}
