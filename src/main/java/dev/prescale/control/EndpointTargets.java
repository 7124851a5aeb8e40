package dev.prescale.control;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.TargetClaims.Target;
import java.util.List;

/** Finds the endpoint of a workload, for those who name the workload and not the endpoint. */
public final class EndpointTargets {
    private EndpointTargets() {}

    /** What looking for it came to. */
    public sealed interface Found {
        record One(EndpointSpec spec) implements Found {}

        record None() implements Found {}

        /** @param endpoints at least two, of which none or several are more than observed */
        record Several(List<EndpointId> endpoints) implements Found {
            public Several {
                endpoints = List.copyOf(endpoints);
            }
        }
    }

    /**
     * The endpoint whose target is the workload: where there are several, the one that does more than observe.
     *
     * @param namespace of the workload and of the endpoint
     * @param target an empty {@code apiVersion} stands for any group; versions of a kind show the same workload
     */
    public static Found find(List<EndpointSpec> specs, String namespace, ScaleTargetRef target) {
        List<EndpointSpec> all =
                specs.stream().filter(spec -> isTarget(spec, namespace, target)).toList();
        List<EndpointSpec> acting =
                all.stream().filter(spec -> spec.mode() != Mode.OBSERVE).toList();
        if (all.isEmpty()) {
            return new Found.None();
        }
        if (all.size() == 1 || acting.size() == 1) {
            return new Found.One(all.size() == 1 ? all.getFirst() : acting.getFirst());
        }
        return new Found.Several(all.stream().map(EndpointSpec::id).sorted().toList());
    }

    private static boolean isTarget(EndpointSpec spec, String namespace, ScaleTargetRef target) {
        Target asked = Target.of(namespace, target);
        Target own = Target.of(spec);
        boolean isAnyGroup = target.apiVersion().isEmpty();
        return (isAnyGroup ? new Target(own.namespace(), asked.group(), own.kind(), own.name()) : own).equals(asked);
    }
}
