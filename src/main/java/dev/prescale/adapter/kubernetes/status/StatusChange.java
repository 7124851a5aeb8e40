package dev.prescale.adapter.kubernetes.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the status that a resource has to the one it should have, and whether that is worth a write:
 *
 * <pre>
 * at once                   a condition's status or reason, mode, generation, gate, replicas asked for, a decision carried out
 * a minute after the last   ready and recommended replicas, a decision that is not carried out
 * ten minutes after it      the words of a condition, why nothing is changed, the next peak where it moves by a tenth
 * never alone               smaller moves of the next peak, the sentence of the same decision
 * </pre>
 *
 * @param status to be written
 * @param pause after the last write, empty where nothing is to be written
 */
record StatusChange(EndpointStatus status, Optional<Duration> pause) {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final Duration CREEPING = Duration.ofMinutes(10);
    private static final double NOTABLE = 0.1;

    /**
     * @param present what the resource has
     * @param next what it should have, every condition as if it had just begun
     */
    static StatusChange of(EndpointStatus present, EndpointStatus next) {
        EndpointStatus merged = next.with(conditions(present, next), decision(present, next));
        return new StatusChange(merged, pause(present, merged));
    }

    private static List<StatusCondition> conditions(EndpointStatus present, EndpointStatus next) {
        List<StatusCondition> merged = new ArrayList<>();
        for (StatusCondition wanted : next.conditions()) {
            StatusCondition before = present.condition(wanted.type()).orElse(null);
            if (before != null && isStillRefused(before, wanted, next)) {
                merged.add(before);
            } else {
                boolean lasts = before != null && before.status().equals(wanted.status());
                merged.add(before != null && lasts ? wanted.since(before.since()) : wanted);
            }
        }
        return merged;
    }

    /** While nothing is to be changed nothing is tried: whether it would be refused again is not known. */
    private static boolean isStillRefused(StatusCondition before, StatusCondition wanted, EndpointStatus next) {
        EndpointStatus.Decision decision = next.lastDecision();
        return wanted.type().equals(StatusCondition.ACTING)
                && wanted.isTrue()
                && before.reason().equals("Refused")
                && before.observedGeneration() == wanted.observedGeneration()
                && decision != null
                && !decision.acted();
    }

    /** The same decision again stays as it was told first. */
    private static EndpointStatus.@Nullable Decision decision(EndpointStatus present, EndpointStatus next) {
        EndpointStatus.Decision before = present.lastDecision();
        EndpointStatus.Decision wanted = next.lastDecision();
        return wanted == null || wanted.isLike(before) ? before : wanted;
    }

    private static Optional<Duration> pause(EndpointStatus present, EndpointStatus next) {
        if (changesAtOnce(present, next)) {
            return Optional.of(AT_ONCE);
        }
        EndpointStatus.Decision decision = next.lastDecision();
        boolean isOtherDecision = decision != null && !decision.isLike(present.lastDecision());
        boolean isSettling = !Objects.equals(present.readyReplicas(), next.readyReplicas())
                || !Objects.equals(present.recommendedReplicas(), next.recommendedReplicas())
                || (isOtherDecision && decision != null && decision.changesSomething());
        if (isSettling) {
            return Optional.of(SETTLED);
        }
        boolean isCreeping = isOtherDecision
                || isNotable(present.nextPeak(), next.nextPeak())
                || !words(present).equals(words(next));
        return isCreeping ? Optional.of(CREEPING) : Optional.empty();
    }

    private static boolean changesAtOnce(EndpointStatus present, EndpointStatus next) {
        EndpointStatus.Decision decision = next.lastDecision();
        boolean isCarriedOut = decision != null
                && decision.acted()
                && decision.changesSomething()
                && !decision.isLike(present.lastDecision());
        boolean isSameOtherwise = present.observedGeneration() == next.observedGeneration()
                && Objects.equals(present.mode(), next.mode())
                && Objects.equals(present.currentReplicas(), next.currentReplicas())
                && Objects.equals(present.gate(), next.gate())
                && present.conditions().size() == next.conditions().size()
                && next.conditions().stream()
                        .allMatch(condition -> present.condition(condition.type())
                                .filter(condition::isLike)
                                .isPresent());
        return isCarriedOut || !isSameOtherwise;
    }

    private static List<String> words(EndpointStatus status) {
        return status.conditions().stream()
                .map(StatusCondition::message)
                .sorted()
                .toList();
    }

    private static boolean isNotable(EndpointStatus.@Nullable Peak before, EndpointStatus.@Nullable Peak after) {
        if (before == null || after == null) {
            return before != after;
        }
        Double was = before.requestRate();
        Double is = after.requestRate();
        boolean isOtherRate = was == null || is == null
                ? !Objects.equals(was, is)
                : Math.abs(is - was) > NOTABLE * Math.max(Math.abs(was), Math.abs(is));
        boolean isOtherTime = Duration.between(before.at(), after.at()).abs().compareTo(CREEPING) > 0;
        return isOtherTime || isOtherRate || before.replicas() != after.replicas();
    }
}
