package dev.prescale.scaling;

import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingPolicy.ReplicaChangePolicy;
import dev.prescale.scaling.ScalingPolicy.ScalingRules;
import dev.prescale.scaling.ScalingPolicy.Select;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Most replicas added or removed per period. For each policy, with the changes younger than its period:
 *
 * <pre>
 * start = currentReplicas - added + removed
 * up:   start + amount    or  start + ceil(start * percent / 100)
 * down: start - amount    or  trunc(start * (100 - percent) / 100)
 * </pre>
 *
 * {@code MAX} takes the policy that allows the larger change, {@code MIN} the smaller, {@code DISABLED} none. A limit
 * never crosses the current replicas. Source: kubernetes {@code horizontal.go},
 * {@code calculateScaleUpLimitWithScalingRules} and {@code calculateScaleDownLimitWithBehaviors}. Percents are whole
 * numbers here, so that 10 % of 100 are 10 and not the 11 that binary fractions make of it.
 *
 * <p>Unlike HPA, which is inactive at 0 replicas, one replica may always be added to none (activation), else a policy
 * by percent alone, or a disabled direction, could never start the workload.
 */
final class ReplicaChangeLimit implements Limit {
    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        Situation situation = deliberation.situation();
        var behavior = situation.policy().behavior();
        int current = situation.currentReplicas();
        List<ReplicaChange> changes = situation.past().changes();
        if (replicas > current) {
            int most = mostAfterScaleUp(current, behavior.scaleUp(), changes, situation.now());
            return replicas <= most
                    ? Optional.empty()
                    : Optional.of(new Reason(
                            ReasonCode.SCALE_UP_LIMITED,
                            "scaleUp",
                            replicas,
                            most,
                            current == 0 && behavior.scaleUp().select() == Select.DISABLED
                                    ? "scale-up is disabled: only the first replica is started"
                                    : allowed("scale-up", "at most", most, behavior.scaleUp())));
        }
        if (replicas < current) {
            int fewest = fewestAfterScaleDown(current, behavior.scaleDown(), changes, situation.now());
            return replicas >= fewest
                    ? Optional.empty()
                    : Optional.of(new Reason(
                            ReasonCode.SCALE_DOWN_LIMITED,
                            "scaleDown",
                            replicas,
                            fewest,
                            allowed("scale-down", "no fewer than", fewest, behavior.scaleDown())));
        }
        return Optional.empty();
    }

    private static String allowed(String direction, String bound, int replicas, ScalingRules rules) {
        return rules.select() == Select.DISABLED
                ? "%s is disabled: %s kept".formatted(direction, Wording.replicasAre(replicas))
                : "the %s policies allow %s %s now".formatted(direction, bound, Wording.replicas(replicas));
    }

    static int mostAfterScaleUp(int current, ScalingRules rules, List<ReplicaChange> changes, Instant now) {
        int fewest = current == 0 ? 1 : current;
        if (rules.select() == Select.DISABLED) {
            return fewest;
        }
        if (rules.policies().isEmpty()) {
            return Integer.MAX_VALUE;
        }
        long chosen = rules.select() == Select.MIN ? Long.MAX_VALUE : Long.MIN_VALUE;
        for (ReplicaChangePolicy policy : rules.policies()) {
            long start = replicasAtStart(current, policy, changes, now);
            long most = start + (policy.isPercent() ? Math.ceilDiv(start * policy.amount(), 100) : policy.amount());
            chosen = rules.select() == Select.MIN ? Math.min(chosen, most) : Math.max(chosen, most);
        }
        return (int) Math.clamp(chosen, (long) fewest, Integer.MAX_VALUE);
    }

    static int fewestAfterScaleDown(int current, ScalingRules rules, List<ReplicaChange> changes, Instant now) {
        if (rules.select() == Select.DISABLED) {
            return current;
        }
        if (rules.policies().isEmpty()) {
            return 0;
        }
        long chosen = rules.select() == Select.MIN ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (ReplicaChangePolicy policy : rules.policies()) {
            long start = replicasAtStart(current, policy, changes, now);
            long fewest = policy.isPercent() ? start * (100 - policy.amount()) / 100 : start - policy.amount();
            chosen = rules.select() == Select.MIN ? Math.max(chosen, fewest) : Math.min(chosen, fewest);
        }
        return (int) Math.clamp(chosen, 0L, current);
    }

    /** Replicas at the start of the policy's period: the changes within it, undone. */
    private static long replicasAtStart(
            int current, ReplicaChangePolicy policy, List<ReplicaChange> changes, Instant now) {
        Instant start = now.minus(policy.period());
        long replicas = current;
        for (ReplicaChange change : changes) {
            if (change.at().isAfter(start)) {
                replicas -= change.to() - change.from();
            }
        }
        return replicas;
    }
}
