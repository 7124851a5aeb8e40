package dev.prescale.adapter.rest;

import dev.prescale.backtest.MixedCapacity;
import java.util.List;

/**
 * How a policy's replicas are bought cheapest, as programs read it. Costs are in the currency of the prices, shares of the
 * replica-hours.
 *
 * @param spotReplicas most on spot capacity at the same time
 * @param missingReplicaHours that interruptions are expected to take from what is needed; {@code cost} counts them
 * @param saving 1 minus {@code cost} over {@code costOnDemand}
 */
public record CapacityMixBody(
        String policy,
        int reservedReplicas,
        int spotReplicas,
        double replicaHours,
        double reservedShare,
        double spotShare,
        double onDemandShare,
        double missingReplicaHours,
        double cost,
        double costOnDemand,
        double saving,
        List<String> advice) {

    public static CapacityMixBody of(MixedCapacity mixed) {
        return new CapacityMixBody(
                mixed.policy(),
                mixed.reservedReplicas(),
                mixed.spotReplicas(),
                mixed.replicaHours(),
                mixed.shareOf(mixed.reservedHours()),
                mixed.shareOf(mixed.spotHours()),
                mixed.shareOf(mixed.onDemandHours()),
                mixed.missingHours(),
                mixed.cost(),
                mixed.costOnDemand(),
                mixed.saving(),
                mixed.sentences());
    }
}
