package dev.prescale.adapter.kubernetes.lease;

/**
 * How an election stands for one replica.
 *
 * @param id of this replica
 * @param isConfirmed its last sign of life is fresh enough to act on
 * @param standsBy another one divides endpoints into another number of buckets
 * @param isDeaf changes of Leases do not come through
 * @param acting buckets that it acts for
 * @param buckets that there are
 * @param others replicas that are alive
 */
public record ElectionStatus(
        String id, boolean isConfirmed, boolean standsBy, boolean isDeaf, int acting, int buckets, int others) {
    /** For the log. */
    String sentence() {
        String reason = "";
        if (standsBy) {
            reason =
                    "; another replica divides endpoints otherwise (prescale.kubernetes.buckets), until it is gone this one waits";
        } else if (isDeaf) {
            reason = "; the Kubernetes API server does not tell of changes";
        } else if (!isConfirmed) {
            reason = "; the Kubernetes API server has not confirmed this replica in time";
        }
        return "Acts for %d of %d buckets as %s; other replicas: %d%s".formatted(acting, buckets, id, others, reason);
    }
}
