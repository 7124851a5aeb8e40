package dev.prescale.adapter.kubernetes.status;

import dev.prescale.control.EndpointId;

/**
 * Somebody else wants to scale the same workload.
 *
 * @param reason one word in CamelCase
 * @param message a sentence
 */
public record EndpointConflict(String reason, String message) {
    /** An older specification acts on the same target. */
    public static EndpointConflict targetTaken(EndpointId older) {
        return new EndpointConflict("TargetTaken", "%s has the same target and is older: it acts".formatted(older));
    }

    /** Whoever owns the HPA writes the floor that we raise. */
    public static EndpointConflict ownerChangesFloor(String message) {
        return new EndpointConflict("OwnerChangesFloor", message);
    }

    /** An HPA or a ScaledObject scales the target. */
    public static EndpointConflict targetOwned(String message) {
        return new EndpointConflict("TargetOwned", message);
    }
}
