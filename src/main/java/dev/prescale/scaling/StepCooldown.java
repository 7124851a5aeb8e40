package dev.prescale.scaling;

import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingHistory.StepTaken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the last step of a rule still works.
 *
 * @param last the newest step in force, null where there is none
 * @param begin the replicas before the first of the steps that followed each other within the cooldown
 */
record StepCooldown(@Nullable StepTaken last, int begin, Duration age) {
    private static final StepCooldown NONE = new StepCooldown(null, 0, Duration.ZERO);

    boolean isInForce() {
        return last != null;
    }

    /** The number that a further step starts from. */
    int from(int currentReplicas) {
        return last == null ? currentReplicas : begin;
    }

    static StepCooldown afterScaleOut(StepRule step, Situation situation) {
        List<StepTaken> steps = situation.past().steps();
        StepTaken last = null;
        int begin = 0;
        Instant next = situation.now();
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepTaken taken = steps.get(i);
            if (!taken.rule().equals(step.ruleName()) || taken.to() <= taken.from()) {
                continue;
            }
            if (!taken.at().plus(step.cooldown()).isAfter(next)) {
                break;
            }
            last = last == null ? taken : last;
            begin = taken.from();
            next = taken.at();
        }
        return last == null ? NONE : new StepCooldown(last, begin, Duration.between(last.at(), situation.now()));
    }

    static StepCooldown afterScaleIn(StepRule step, Situation situation) {
        for (StepTaken taken : situation.past().steps().reversed()) {
            boolean isScaleIn = taken.rule().equals(step.ruleName()) && taken.to() < taken.from();
            if (isScaleIn && taken.at().plus(step.cooldown()).isAfter(situation.now())) {
                return hasGrownSince(taken.at(), situation.past().changes())
                        ? NONE
                        : new StepCooldown(taken, taken.from(), Duration.between(taken.at(), situation.now()));
            }
        }
        return NONE;
    }

    private static boolean hasGrownSince(Instant at, List<ReplicaChange> changes) {
        return changes.stream()
                .anyMatch(change -> change.to() > change.from() && change.at().isAfter(at));
    }
}
