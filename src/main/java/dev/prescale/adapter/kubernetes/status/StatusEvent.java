package dev.prescale.adapter.kubernetes.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Something that changed and that people should find among the events of a resource.
 *
 * @param reason one word in CamelCase
 * @param note a sentence
 */
record StatusEvent(boolean isWarning, String reason, String note) {
    private static final int LONGEST_NOTE = 1_000;

    StatusEvent {
        note = note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE) + "...";
    }

    /** What is worth an event between two statuses of a resource. What fails again in the same way is not. */
    static List<StatusEvent> between(EndpointStatus before, EndpointStatus after) {
        List<StatusEvent> events = new ArrayList<>();
        addReadiness(before, after, events);
        addScaling(before, after, events);
        addRefusal(before, after, events);
        addConflict(before, after, events);
        if (before.gate() != null && after.gate() != null && !before.gate().equals(after.gate())) {
            events.add(new StatusEvent(
                    false,
                    "Forecast" + after.gate(),
                    after.condition(StatusCondition.FORECAST_TRUSTED)
                            .map(StatusCondition::message)
                            .orElse("the health gate changed")));
        }
        return events;
    }

    private static void addReadiness(EndpointStatus before, EndpointStatus after, List<StatusEvent> events) {
        StatusCondition ready = after.condition(StatusCondition.READY).orElse(null);
        if (ready == null || ready.isTrue() || ready.reason().equals("NotYet")) {
            return;
        }
        boolean isInvalid = ready.reason().equals("Invalid");
        boolean isToldAlready = before.condition(StatusCondition.READY)
                .filter(ready::isLike)
                .filter(told -> !isInvalid || told.observedGeneration() == ready.observedGeneration())
                .isPresent();
        if (!isToldAlready) {
            events.add(new StatusEvent(true, isInvalid ? "SpecificationInvalid" : ready.reason(), ready.message()));
        }
    }

    private static void addScaling(EndpointStatus before, EndpointStatus after, List<StatusEvent> events) {
        EndpointStatus.Decision decision = after.lastDecision();
        if (decision != null
                && decision.acted()
                && decision.changesSomething()
                && !Objects.equals(decision, before.lastDecision())) {
            events.add(new StatusEvent(
                    false,
                    "Scaled",
                    "%d -> %d replicas: %s"
                            .formatted(decision.fromReplicas(), decision.toReplicas(), decision.sentence())));
        }
    }

    private static void addRefusal(EndpointStatus before, EndpointStatus after, List<StatusEvent> events) {
        after.condition(StatusCondition.ACTING)
                .filter(acting -> acting.reason().equals("Refused") && after.lastDecision() != null)
                .filter(acting -> before.condition(StatusCondition.ACTING)
                        .filter(acting::isLike)
                        .isEmpty())
                .ifPresent(acting -> events.add(new StatusEvent(true, "ScalingRefused", acting.message())));
    }

    private static void addConflict(EndpointStatus before, EndpointStatus after, List<StatusEvent> events) {
        StatusCondition conflict = after.condition(StatusCondition.CONFLICT).orElse(null);
        StatusCondition told = before.condition(StatusCondition.CONFLICT).orElse(null);
        if (conflict == null || (told != null && conflict.isLike(told))) {
            return;
        }
        if (conflict.isTrue()) {
            events.add(new StatusEvent(true, conflict.reason(), conflict.message()));
        } else if (told != null) {
            events.add(new StatusEvent(false, "ConflictResolved", conflict.message()));
        }
    }
}
