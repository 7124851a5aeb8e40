package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.ClusterView;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale.Contested;
import dev.prescale.control.WorkloadScale.NotScaled;
import dev.prescale.control.WorkloadScale.Order;
import dev.prescale.control.WorkloadScale.Outcome;
import dev.prescale.control.WorkloadScale.Scaled;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Mode {@code HpaFloor}: raises {@code spec.minReplicas} of the one HPA that scales the workload and that somebody else owns. Where
 * nothing is to be done nothing is asked either. The rules are those of {@link FloorRule}.
 */
final class HpaFloorChannel {
    private final ClusterView view;
    private final FloorWrites writes;
    private final FloorRule rule;

    /** Specifications under which a floor was taken back, as they were when that was first seen. */
    private final Map<EndpointId, EndpointSpec> takenBack = new ConcurrentHashMap<>();

    HpaFloorChannel(ClusterView view, FloorWrites writes, Duration floorDuration) {
        this.view = view;
        this.writes = writes;
        this.rule = new FloorRule(floorDuration);
    }

    Outcome carryOut(EndpointSpec spec, Order order, Instant now) {
        if (spec.pausing().paused()) {
            return new NotScaled("paused");
        }
        String namespace = spec.id().namespace();
        String what = Targets.describe(namespace, spec.scaleTargetRef());
        List<HorizontalPodAutoscaler> autoscalers = view.autoscalersOf(namespace, spec.scaleTargetRef());
        if (autoscalers.isEmpty()) {
            return new NotScaled("no HPA scales %s: mode HpaFloor raises the minReplicas of one".formatted(what));
        }
        if (autoscalers.size() > 1) {
            return new Contested("the HPAs %s scale %s: only one may".formatted(Targets.names(autoscalers), what));
        }
        HorizontalPodAutoscaler hpa = writes.newest(autoscalers.getFirst());
        Refusals.Subject subject = Refusals.Subject.of(spec);
        FloorRule.Step step = rule.next(hpa, writes.wasRaised(hpa), spec.id(), order, now);
        if (!(step instanceof FloorRule.Conflict conflict && conflict.isTakenBack())) {
            takenBack.remove(spec.id());
        }
        return switch (step) {
            case FloorRule.Keep keep -> new NotScaled(keep.reason());
            case FloorRule.Raise raise -> raised(subject, hpa, raise, now);
            case FloorRule.GiveBack ignored -> writes.giveBack(subject, hpa, now);
            case FloorRule.Conflict conflict -> conflict(spec, hpa, conflict, now);
        };
    }

    /** A floor that was only renewed changes nothing for the workload. */
    private Outcome raised(Refusals.Subject subject, HorizontalPodAutoscaler hpa, FloorRule.Raise raise, Instant now) {
        Outcome outcome = writes.raise(subject, hpa, raise, now);
        return outcome instanceof Scaled && raise.floor() == FloorRule.minReplicas(hpa)
                ? new NotScaled("the floor is at %d already, and was renewed".formatted(raise.floor()))
                : outcome;
    }

    /** Who edits the specification wants it tried once more: the annotations that tell of the conflict go, the value stays. */
    private Outcome conflict(EndpointSpec spec, HorizontalPodAutoscaler hpa, FloorRule.Conflict conflict, Instant now) {
        EndpointSpec before = conflict.isTakenBack() ? takenBack.putIfAbsent(spec.id(), spec) : null;
        if (before != null && !before.equals(spec)) {
            if (FloorLease.of(hpa) instanceof FloorLease.Held) {
                Outcome outcome = writes.giveBack(Refusals.Subject.of(spec), hpa, now);
                if (!(outcome instanceof Scaled)) {
                    return outcome;
                }
            }
            writes.forgetRaised(hpa);
            takenBack.remove(spec.id());
        }
        return new Contested(conflict.reason());
    }

    /** Forgets what was there with endpoints that do not keep a floor up now: paused and resumed is a new beginning. */
    void retain(Map<EndpointId, EndpointSpec> inForce) {
        Set<EndpointId> kept = inForce.values().stream()
                .filter(spec -> spec.mode() == Mode.HPA_FLOOR && !spec.pausing().paused())
                .map(EndpointSpec::id)
                .collect(Collectors.toSet());
        takenBack.keySet().retainAll(kept);
        writes.retain(view.autoscalers(), kept);
    }
}
