package dev.prescale.scaling;

import java.util.Optional;

/**
 * Without a present request rate nothing is taken away. Other rules may still add. The reason is always in the trail, so
 * that missing data show themselves.
 */
final class MissingRateHold implements Limit {
    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        int held = Math.max(replicas, deliberation.currentReplicas());
        RateReading reading = deliberation.situation().observation().requestRate();
        Opinion opinion = Opinion.on(
                RequestRateTracking.RULE, reading, rate -> new Opinion.Abstains(RequestRateTracking.RULE, "known"));
        return opinion instanceof Opinion.Missing missing
                ? Optional.of(new Reason(
                        missing.cause(),
                        missing.rule(),
                        replicas,
                        held,
                        missing.message() + ": no replicas are taken away"))
                : Optional.empty();
    }
}
