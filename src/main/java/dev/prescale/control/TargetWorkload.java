package dev.prescale.control;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;

/**
 * A workload that is scaled. Versions of a kind show the same one.
 *
 * @param group API group of the kind, empty for the core group
 */
record TargetWorkload(String namespace, String group, String kind, String name) {
    static TargetWorkload of(EndpointSpec spec) {
        ScaleTargetRef target = spec.scaleTargetRef();
        return new TargetWorkload(spec.id().namespace(), groupOf(target.apiVersion()), target.kind(), target.name());
    }

    /** {@code apps} of {@code apps/v1}, nothing of {@code v1}. */
    static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
