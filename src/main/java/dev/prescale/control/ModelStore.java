package dev.prescale.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Port: what the forecasts of endpoints have learnt, kept over a restart. It saves work and nothing else: whatever is absent,
 * damaged or of another kind is learnt from the history again.
 */
public interface ModelStore {
    /** Keeps nothing. */
    ModelStore NONE = new ModelStore() {
        @Override
        public void save(EndpointId endpoint, String fingerprint, Content content) {}

        @Override
        public Loaded load(EndpointId endpoint, String fingerprint) {
            return new Absent();
        }
    };

    /**
     * Keeps a state in place of the endpoint's earlier one. The content is asked before this returns and not later, for the
     * state goes on; must not wait for a disk.
     *
     * @param fingerprint of all that the state depends on
     * @throws IOException where the content cannot be written or is too large; the earlier state stays
     */
    void save(EndpointId endpoint, String fingerprint, Content content) throws IOException;

    /** The state last saved, where it has this fingerprint. Never throws, whatever became of it. */
    Loaded load(EndpointId endpoint, String fingerprint);

    /** What is saved. */
    interface Content {
        void writeTo(DataOutput out) throws IOException;
    }

    /** Outcome of loading. */
    sealed interface Loaded {}

    /** None was saved. */
    record Absent() implements Loaded {}

    /** There is one that is of no use; the reason goes on after "because". */
    record Unusable(String reason) implements Loaded {}

    /** @param content whole and as it was written */
    record Found(DataInput content) implements Loaded {}
}
