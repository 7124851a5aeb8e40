package dev.prescale.control;

import java.util.Arrays;
import java.util.Optional;

/** What another autoscaler may be told. */
public enum SignalKind {
    /** The load to serve within the lead time, to be divided by what one replica is meant to serve ({@link Signals#target}). */
    DEMAND("demand"),
    /** The replicas of the last decision. */
    REPLICAS("replicas");

    private final String wireName;

    SignalKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<SignalKind> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(name))
                .findFirst();
    }
}
