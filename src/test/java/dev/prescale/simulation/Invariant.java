package dev.prescale.simulation;

import dev.prescale.control.EndpointSnapshot;

/** Something that holds after every cycle of an endpoint. Told of all cycles in order, so that it may remember. */
interface Invariant {
    /** Throws {@link AssertionError} where it does not hold. */
    void verify(EndpointSnapshot snapshot);

    /** The next cycle is the first one of a new process or of a changed specification: the journal is all it knows. */
    default void begunAnew() {}
}
