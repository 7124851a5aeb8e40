package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.ClusterView;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.WorkloadScale.Contested;
import dev.prescale.control.WorkloadScale.NotScaled;
import dev.prescale.control.WorkloadScale.Order;
import dev.prescale.control.WorkloadScale.Outcome;
import dev.prescale.control.WorkloadScale.Scaled;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Instant;
import java.util.List;

/**
 * Mode {@code Scale}: writes the scale subresource of any kind, on the condition that the replicas are still those that the
 * decision was made on. Where somebody else scales the same workload nothing is written.
 */
final class ScaleChannel {
    private static final String SUBRESOURCE = "scale";
    private static final String REPLICAS = "/spec/replicas";

    private final ClusterView view;
    private final WriteGate gate;
    private final ScaledKinds kinds;

    ScaleChannel(ClusterView view, WriteGate gate) {
        this.view = view;
        this.gate = gate;
        this.kinds = new ScaledKinds(gate.writes());
    }

    Outcome carryOut(EndpointSpec spec, Order order, Instant now) {
        String namespace = spec.id().namespace();
        ScaleTargetRef target = spec.scaleTargetRef();
        String what = Targets.describe(namespace, target);
        List<HorizontalPodAutoscaler> autoscalers = view.autoscalersOf(namespace, target);
        if (!autoscalers.isEmpty()) {
            return new Contested("the HPA %s scales %s: with mode HpaFloor its minReplicas is raised instead"
                    .formatted(Targets.names(autoscalers), what));
        }
        if (!order.changesSomething()) {
            return new NotScaled(NotScaled.NOTHING_TO_DO);
        }
        return gate.write(
                Refusals.Subject.of(spec),
                now,
                () -> switch (kinds.of(target, now)) {
                    case ScaledKinds.NotScalable not -> new NotScaled(not.reason());
                    case ScaledKinds.Scalable kind -> {
                        gate.writes()
                                .patchSubresource(kind.context(), namespace, target.name(), SUBRESOURCE, patch(order));
                        yield new Scaled();
                    }
                },
                fault -> {
                    if (fault.kind() == WriteFault.Kind.MISSING) {
                        kinds.forget(target);
                    }
                    return fault.kind() == WriteFault.Kind.OUT_OF_DATE
                            ? "the replicas of %s have changed meanwhile (%d): the next cycle decides anew"
                                    .formatted(what, fault.exception().getCode())
                            : fault.sentence(what, kinds.resource(target));
                });
    }

    /** No replicas are left out of the JSON of a Scale, and replaced is only what is there. */
    static JsonPatch patch(Order order) {
        JsonPatch patch = new JsonPatch();
        if (order.currentReplicas() == 0) {
            patch.testAbsent(REPLICAS);
        } else {
            patch.test(REPLICAS, order.currentReplicas());
        }
        return patch.set(REPLICAS, order.replicas());
    }
}
