package dev.prescale.control;

import dev.prescale.control.EndpointSpec.Pausing;

/** Port: an operator's pauses, with the meaning of the annotation {@code prescale.dev/paused}, wherever the specification is. */
public interface Pauses {
    /** Holds the replicas. One that is paused already stays so, with the note that it has. */
    Outcome pause(EndpointId endpoint, PauseNote note);

    /** Lets them be scaled again. */
    Outcome resume(EndpointId endpoint);

    /** Where nothing can be paused, and why. */
    static Pauses refusing(String reason) {
        return new Pauses() {
            @Override
            public Outcome pause(EndpointId endpoint, PauseNote note) {
                return new NotOurs(reason);
            }

            @Override
            public Outcome resume(EndpointId endpoint) {
                return new NotOurs(reason);
            }
        };
    }

    /** What became of it. */
    sealed interface Outcome {}

    /**
     * It is as it was asked to be.
     *
     * @param isChanged false where it was so already
     * @param pausing from the next cycle on
     */
    record Done(boolean isChanged, Pausing pausing) implements Outcome {}

    /** Somebody else has to do it; the sentence says where. */
    record NotOurs(String reason) implements Outcome {}

    /** There is no such specification any more. */
    record NotThere() implements Outcome {}

    /** Not now. */
    record Unavailable(String reason) implements Outcome {}
}
