package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.ClusterView;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Leadership;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale.LeftToAnother;
import dev.prescale.control.WorkloadScale.Outcome;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives back floors that nobody keeps up: whoever raised them may be gone. Finds them by the annotations of the HPAs. */
final class FloorSweeper {
    /** In one cycle, one after another: the others wait for the next. */
    static final int MOST_PER_CYCLE = 50;

    private final ClusterView view;
    private final FloorWrites writes;
    private final Leadership leadership;
    private final Set<EndpointId> holders = new HashSet<>();
    private int turn;

    FloorSweeper(ClusterView view, FloorWrites writes, Leadership leadership) {
        this.view = view;
        this.writes = writes;
        this.leadership = leadership;
    }

    synchronized List<ReturnedFloor> sweep(
            Map<EndpointId, EndpointSpec> inForce, Set<EndpointId> existing, Instant now) {
        return giveBack(
                (hpa, lease) -> whyNotKeptUp(hpa, lease, inForce.get(lease.holder()), existing, now),
                MOST_PER_CYCLE,
                now);
    }

    /** Of a conflict only the annotations are left, and they stay: after a restart they tell that it is not to be raised again. */
    synchronized List<ReturnedFloor> restoreAll(Predicate<EndpointId> whose, Instant now) {
        return giveBack(
                (hpa, lease) ->
                        whose.test(lease.holder()) && FieldOwners.of(hpa).isOurs() ? "Prescale ends" : null,
                Integer.MAX_VALUE,
                now);
    }

    @FunctionalInterface
    private interface Why {
        /** Why it is given back, null where it is not. */
        @Nullable
        String of(HorizontalPodAutoscaler hpa, FloorLease lease);
    }

    private record Due(HorizontalPodAutoscaler hpa, EndpointId holder, String why) {}

    private List<ReturnedFloor> giveBack(Why why, int most, Instant now) {
        List<Due> due = due(why);
        // what the server refuses must not keep the others waiting for good
        Collections.rotate(due, -turn);
        turn = due.size() > most ? (turn + most) % due.size() : 0;
        List<ReturnedFloor> returned = new ArrayList<>();
        for (Due next : due.subList(0, Math.min(most, due.size()))) {
            Outcome outcome = writes.giveBack(new Refusals.Subject(next.holder(), null, null), next.hpa(), now);
            if (!(outcome instanceof LeftToAnother)) {
                returned.add(new ReturnedFloor(next.holder(), Targets.name(next.hpa()), next.why(), outcome));
            }
        }
        return returned;
    }

    private List<Due> due(Why why) {
        List<Due> due = new ArrayList<>();
        holders.clear();
        for (HorizontalPodAutoscaler seen : view.autoscalers()) {
            HorizontalPodAutoscaler hpa = writes.newest(seen);
            if (FloorLease.of(hpa) instanceof FloorLease.Held held) {
                EndpointId holder = held.lease().holder();
                holders.add(holder);
                String reason = why.of(hpa, held.lease());
                if (reason != null && leadership.actsFor(holder)) {
                    due.add(new Due(hpa, holder, reason));
                }
            }
        }
        return due;
    }

    /** Whether some HPA bore its floor when it was last looked. */
    synchronized boolean hasFloor(EndpointId endpoint) {
        return holders.contains(endpoint);
    }

    private @Nullable String whyNotKeptUp(
            HorizontalPodAutoscaler hpa,
            FloorLease lease,
            @Nullable EndpointSpec spec,
            Set<EndpointId> existing,
            Instant now) {
        if (spec != null && spec.mode() != Mode.HPA_FLOOR) {
            return "its mode is %s now".formatted(spec.mode().wireName());
        }
        if (spec != null && spec.pausing().paused()) {
            return "the endpoint is paused";
        }
        if (spec != null && !isTarget(hpa, spec)) {
            return "the endpoint has another target now";
        }
        if (spec == null && !existing.contains(lease.holder())) {
            return "there is no endpoint %s any more".formatted(lease.holder());
        }
        // annotations of a conflict outlive it: they tell that it is not to be raised again
        boolean isOver = !now.isBefore(lease.until()) && FieldOwners.of(hpa).isOurs();
        return isOver ? "it was not renewed until " + lease.until() : null;
    }

    private boolean isTarget(HorizontalPodAutoscaler hpa, EndpointSpec spec) {
        return view.autoscalersOf(spec.id().namespace(), spec.scaleTargetRef()).stream()
                .anyMatch(other -> Targets.name(other).equals(Targets.name(hpa)));
    }
}
