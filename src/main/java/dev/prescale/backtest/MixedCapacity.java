package dev.prescale.backtest;

import dev.prescale.backtest.CapacityMix.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a policy's replicas are bought cheapest.
 *
 * @param hours that were scored
 * @param replicaHours all that were ready
 * @param reservedReplicas paid in every hour
 * @param reservedHours replica-hours that they served
 * @param spotReplicas most on spot capacity at the same time, above the reserved ones
 * @param spotHours replica-hours on spot capacity
 * @param missingHours replica-hours that interruptions are expected to take from what is needed
 * @param missingCost what they cost, at the ratio of the specification
 */
public record MixedCapacity(
        String policy,
        Prices prices,
        double hours,
        double replicaHours,
        int reservedReplicas,
        double reservedHours,
        int spotReplicas,
        double spotHours,
        double missingHours,
        double missingCost) {

    public double onDemandHours() {
        return Math.max(0, replicaHours - reservedHours - spotHours);
    }

    /** With everything on demand. */
    public double costOnDemand() {
        return replicaHours * prices.onDemand();
    }

    /** With this mix, what is expected to be missing included. */
    public double cost() {
        return reservedReplicas * hours * prices.reserved()
                + spotHours * prices.spot()
                + missingCost
                + onDemandHours() * prices.onDemand();
    }

    /** Share of the cost with everything on demand; 0 where no replica was ever ready. */
    public double saving() {
        return costOnDemand() == 0 ? 0 : 1 - cost() / costOnDemand();
    }

    /** Share of all replica-hours. */
    public double shareOf(double someHours) {
        return replicaHours == 0 ? 0 : someHours / replicaHours;
    }

    /** The most important one first. */
    public List<String> sentences() {
        List<String> said = new ArrayList<>();
        said.add(say(
                "%s: reserve %d %s%s: %.0f %% less than all on demand (%.1f instead of %.1f for %.1f replica-hours).",
                policy,
                reservedReplicas,
                reservedReplicas == 1 ? "replica" : "replicas",
                spotReplicas == 0
                        ? " and buy the rest on demand"
                        : say(", run up to %d more on spot and the rest on demand", spotReplicas),
                100 * saving(),
                cost(),
                costOnDemand(),
                replicaHours));
        said.add(say(
                "Of the replica-hours %.1f %% are reserved, %.1f %% on spot and %.1f %% on demand%s.",
                100 * shareOf(reservedHours),
                100 * shareOf(spotHours),
                100 * shareOf(onDemandHours()),
                reservedReplicas == 0
                        ? ""
                        : say(
                                "; what is reserved is in use %.0f %% of the time",
                                100 * reservedHours / (reservedReplicas * hours))));
        if (spotReplicas > 0) {
            said.add(say(
                    "At %s interruptions an hour spot is expected to miss %.2f replica-hours, counted as %.1f of the cost.",
                    prices.interruptionsPerHour(), missingHours, missingCost));
        }
        return said;
    }

    private static String say(String sentence, @Nullable Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
