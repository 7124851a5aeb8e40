package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.channel.FieldOwners.Owner;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;

/** How a floor is given back: minReplicas as it was before, owned by whom it was owned by, and nothing of ours. */
sealed interface FloorReturn {
    /** The value goes back, in the name of whoever had set it. */
    record AsOwner(int minReplicas, Owner owner) implements FloorReturn {}

    /** All that is ours goes away: the annotations, and the value where it is ours alone and nobody had set one. */
    record LetGo() implements FloorReturn {}

    /** There is nothing that could be given back. */
    record NotOurs(String reason) implements FloorReturn {}

    static FloorReturn of(HorizontalPodAutoscaler hpa) {
        return switch (FloorLease.of(hpa)) {
            case FloorLease.None ignored -> new NotOurs("there is no floor on it");
            case FloorLease.Unreadable unreadable ->
                new NotOurs(
                        "its annotation %s cannot be read: set minReplicas by hand".formatted(unreadable.annotation()));
            case FloorLease.Held held -> of(hpa, held.lease());
        };
    }

    private static FloorReturn of(HorizontalPodAutoscaler hpa, FloorLease lease) {
        Owner owner = lease.owner();
        boolean isDefault = owner == null && lease.original() == FloorRule.DEFAULT_MIN_REPLICAS;
        if (isDefault || !FieldOwners.of(hpa).isOursAlone()) {
            return new LetGo();
        }
        // its maxReplicas may have been lowered since
        int original = Math.min(lease.original(), hpa.getSpec().getMaxReplicas());
        return new AsOwner(original, owner == null ? FieldOwners.BEFORE : owner);
    }
}
