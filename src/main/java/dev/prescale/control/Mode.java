package dev.prescale.control;

/** What an endpoint's decisions do. */
public enum Mode {
    /** Decides and journals only. */
    OBSERVE("Observe"),
    /** Writes the scale subresource. */
    SCALE("Scale"),
    /** Raises an HPA's minReplicas. */
    HPA_FLOOR("HpaFloor"),
    /** KEDA asks for decisions and carries them out. */
    KEDA("Keda");

    private final String wireName;

    Mode(String wireName) {
        this.wireName = wireName;
    }

    /** Whether Prescale itself changes a workload. */
    public boolean acts() {
        return this == SCALE || this == HPA_FLOOR;
    }

    public String wireName() {
        return wireName;
    }
}
