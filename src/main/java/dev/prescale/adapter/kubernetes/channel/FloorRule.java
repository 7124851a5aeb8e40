package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.channel.FieldOwners.Owner;
import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale.Order;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with an HPA, given what is seen of it. Nothing is asked and nothing written here.
 *
 * <ol>
 *   <li>An HPA that a KEDA ScaledObject has made is left alone.
 *   <li>Annotations that cannot be read: what was there before is not known, so nothing is written.
 *   <li>What is written there is ours alone, or it is a conflict: whoever has taken it back keeps it.
 *   <li>Without a present request rate nothing is written; the floor runs out.
 *   <li>Floor = the replicas decided on, no more than maxReplicas. Where the owner's minReplicas is as much, it is given back.
 *   <li>Renewed in the second half of its time.
 *   <li>Taken over is what nobody owns, or somebody has written once.
 * </ol>
 */
record FloorRule(Duration floorDuration) {
    /** What the API server makes of it where nobody says anything. */
    static final int DEFAULT_MIN_REPLICAS = 1;

    private static final String WHAT_TO_DO =
            "For a floor leave minReplicas out of the manifest (Argo CD: list it in ignoreDifferences), or pause and resume the endpoint";

    private static final String UNKNOWN_BEFORE =
            "the annotation %s of %s cannot be read, so what its minReplicas was before is not known: set minReplicas and remove the annotations prescale.dev/floor*";

    /** What is to be done. */
    sealed interface Step {}

    /**
     * Write this floor.
     *
     * @param isTakenOver whether somebody else owns it so far
     */
    record Raise(int floor, FloorLease lease, boolean isTakenOver) implements Step {}

    /** Give it back. */
    record GiveBack(String why) implements Step {}

    /** Nothing; all is as it should be, or it cannot be told what should be. */
    record Keep(String reason) implements Step {}

    /**
     * Nothing; somebody else has it.
     *
     * @param isTakenBack whether after we had raised it
     */
    record Conflict(String reason, boolean isTakenBack) implements Step {}

    /** @param wasRaised whether this process has raised it and not given it back */
    Step next(HorizontalPodAutoscaler hpa, boolean wasRaised, EndpointId endpoint, Order order, Instant now) {
        String name = "the HPA " + Targets.name(hpa);
        String scaledObject = scaledObjectOf(hpa);
        if (scaledObject != null) {
            return new Conflict(
                    "%s is made by the KEDA ScaledObject %s: with mode Keda it asks for decisions"
                            .formatted(name, scaledObject),
                    false);
        }
        FieldOwners owners = FieldOwners.of(hpa);
        return switch (FloorLease.of(hpa)) {
            case FloorLease.Unreadable unreadable ->
                new Conflict(UNKNOWN_BEFORE.formatted(unreadable.annotation(), name), false);
            case FloorLease.None ignored -> {
                if (owners.isOurs()) {
                    yield new Conflict(UNKNOWN_BEFORE.formatted(FloorLease.HOLDER, name), false);
                }
                // who writes the HPA as a whole takes our annotations away too
                yield wasRaised && !owners.isNobodys()
                        ? takenBack(hpa, name, owners)
                        : begun(hpa, name, owners, endpoint, order, now);
            }
            case FloorLease.Held held -> {
                if (owners.isOursAlone()) {
                    yield held(hpa, name, held.lease(), endpoint, order, now);
                }
                // whoever had taken it back has let it go since
                yield owners.isNobodys()
                        ? begun(hpa, name, owners, endpoint, order, now)
                        : takenBack(hpa, name, owners);
            }
        };
    }

    private static Conflict takenBack(HorizontalPodAutoscaler hpa, String name, FieldOwners owners) {
        return new Conflict(
                "%s has set minReplicas of %s to %d after Prescale had raised it: it stays so. %s"
                        .formatted(owners.names(), name, minReplicas(hpa), WHAT_TO_DO),
                true);
    }

    /** A floor that nobody has touched since. */
    private Step held(
            HorizontalPodAutoscaler hpa, String name, FloorLease lease, EndpointId endpoint, Order order, Instant now) {
        int present = minReplicas(hpa);
        if (!order.isRateKnown()) {
            return new Keep("without a request rate the floor of %d of %s is not renewed: it ends at %s"
                    .formatted(present, name, lease.until()));
        }
        int floor = bounded(hpa, order);
        if (floor <= lease.original()) {
            return new GiveBack("its owner's minReplicas of %d is enough".formatted(lease.original()));
        }
        boolean isFresh = Duration.between(now, lease.until()).compareTo(floorDuration.dividedBy(2)) >= 0;
        return floor == present && isFresh && lease.holder().equals(endpoint)
                ? new Keep("the floor is at %d already%s".formatted(floor, ceiling(hpa, order)))
                : new Raise(
                        floor,
                        new FloorLease(endpoint, now.plus(floorDuration), lease.original(), lease.owner()),
                        false);
    }

    /** No floor so far. */
    private Step begun(
            HorizontalPodAutoscaler hpa,
            String name,
            FieldOwners owners,
            EndpointId endpoint,
            Order order,
            Instant now) {
        int original = minReplicas(hpa);
        if (!order.isRateKnown()) {
            return new Keep("without a request rate no floor is set");
        }
        int floor = bounded(hpa, order);
        if (floor <= original) {
            return new Keep("minReplicas of %s is %d already%s".formatted(name, original, ceiling(hpa, order)));
        }
        if (owners.others().stream().anyMatch(Owner::putsBack)) {
            return new Conflict(
                    "%s manages minReplicas of %s, and would set it back. %s"
                            .formatted(owners.names(), name, WHAT_TO_DO),
                    false);
        }
        Owner owner = owners.isTracked() ? owners.others().stream().findFirst().orElse(null) : FieldOwners.BEFORE;
        return new Raise(floor, new FloorLease(endpoint, now.plus(floorDuration), original, owner), owner != null);
    }

    private static int bounded(HorizontalPodAutoscaler hpa, Order order) {
        return Math.min(order.replicas(), hpa.getSpec().getMaxReplicas());
    }

    private static String ceiling(HorizontalPodAutoscaler hpa, Order order) {
        int max = hpa.getSpec().getMaxReplicas();
        return order.replicas() > max ? ", its maxReplicas is %d; %d are wanted".formatted(max, order.replicas()) : "";
    }

    static int minReplicas(HorizontalPodAutoscaler hpa) {
        Integer min = hpa.getSpec().getMinReplicas();
        return min == null ? DEFAULT_MIN_REPLICAS : min;
    }

    private static @Nullable String scaledObjectOf(HorizontalPodAutoscaler hpa) {
        return hpa.getMetadata().getOwnerReferences() == null
                ? null
                : hpa.getMetadata().getOwnerReferences().stream()
                        .filter(owner -> "ScaledObject".equals(owner.getKind()))
                        .map(owner -> hpa.getMetadata().getNamespace() + "/" + owner.getName())
                        .findFirst()
                        .orElse(null);
    }
}
