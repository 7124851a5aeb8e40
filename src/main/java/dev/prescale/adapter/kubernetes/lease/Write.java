package dev.prescale.adapter.kubernetes.lease;

/** A request to the API server that a replica wants to make. */
sealed interface Write {
    /** The replica that it is made for: one that was given up meanwhile is not answered. */
    String id();

    /** Makes the replica's own Lease. */
    record Enroll(String id, boolean standsBy) implements Write {}

    /** Gives a sign of life, wherever the Lease is still there: no version is asked for. */
    record Renew(String id, boolean standsBy) implements Write {}

    /** Deletes another replica's Lease, if there was no sign of life since that version. */
    record Bury(String id, String dead, long version) implements Write {}

    /**
     * Takes a bucket, if nothing was changed since that version.
     *
     * @param version 0: there is no Lease of it yet
     */
    record Take(String id, int bucket, long version, int transitions) implements Write {
        boolean isNew() {
            return version == 0;
        }
    }

    /** Leaves a bucket to others, if nothing was changed since that version. */
    record Release(String id, int bucket, long version) implements Write {}

    /** What came of it. */
    sealed interface Answer {}

    record Written(long version) implements Answer {}

    /** Another version is there, or one already where none was expected. */
    record Conflict() implements Answer {}

    /** There is no such Lease. */
    record Gone() implements Answer {}

    /** Refused, or no answer: it may have been written all the same, now or later. */
    record Failed(String reason) implements Answer {}
}
