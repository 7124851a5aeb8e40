package dev.prescale.control;

import java.util.Map;
import java.util.Set;

/** Port: who does the work of many endpoints, each endpoint's by one of them at a time. */
public interface Workers {
    /** One after another, in the caller's own time: what a replay does. */
    Workers IN_TURN = new Workers() {
        @Override
        public Undone run(Map<EndpointId, Runnable> work) {
            work.values().forEach(Runnable::run);
            return Undone.NOTHING;
        }

        @Override
        public boolean isBusy(EndpointId endpoint) {
            return false;
        }
    };

    /**
     * Does this work and returns when all of it is done, or when the time for it is over. Work that has begun by then goes on and
     * its endpoint stays {@linkplain #isBusy busy}; work that has not is dropped. What one piece of work throws harms no other.
     *
     * @param work of endpoints that are not busy
     */
    Undone run(Map<EndpointId, Runnable> work);

    /** Whether work of an earlier run still goes on. */
    boolean isBusy(EndpointId endpoint);

    /**
     * What was not done in time.
     *
     * @param begun goes on
     * @param dropped has not begun and never will
     */
    record Undone(Set<EndpointId> begun, Set<EndpointId> dropped) {
        public static final Undone NOTHING = new Undone(Set.of(), Set.of());

        public Undone {
            begun = Set.copyOf(begun);
            dropped = Set.copyOf(dropped);
        }
    }
}
