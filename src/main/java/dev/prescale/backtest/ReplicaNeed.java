package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.capacity.WorkCapacity;

/** What demand takes and what a lack of replicas costs. */
final class ReplicaNeed {
    private ReplicaNeed() {}

    /**
     * Replicas that a demand keeps busy, in parts of one where each sustains the same; whole ones by a latency target, where what
     * a part of one would sustain is not known.
     *
     * @param rate load in the unit of the capacity, not NaN
     */
    static double busyReplicas(CapacityModel capacity, double rate) {
        return switch (capacity) {
            case RatePerReplica perReplica -> rate / perReplica.requestRate();
            case WorkCapacity ignored -> rate;
            case QueueingCapacity queueing -> queueing.replicasFor(rate, 1);
        };
    }

    /**
     * Replicas in full use that would be needed beside those that are ready; 0 where they are enough.
     *
     * @param rate not NaN
     */
    static double missingReplicas(CapacityModel capacity, double rate, int ready) {
        double missing = busyReplicas(capacity, rate) - ready;
        return missing > CapacityModel.CEIL_EPSILON ? missing : 0;
    }
}
