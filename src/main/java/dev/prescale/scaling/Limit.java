package dev.prescale.scaling;

import java.util.Optional;

/** Something that may alter the number that the rules came to. Pure. */
interface Limit {
    /**
     * The reason with the number before and after it, empty where this limit has nothing to say. A reason that leaves the
     * number as it is tells the operator what is in force.
     *
     * @param replicas what the steps before came to
     */
    Optional<Reason> limit(int replicas, Deliberation deliberation);
}
