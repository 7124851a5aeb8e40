package dev.prescale.adapter.kubernetes.status;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.config.Violation;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingDecision.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of an endpoint. Their messages have no numbers that move from cycle to cycle. */
final class StatusConditions {
    private static final int MOST_FAULTS_TOLD = 10;
    private static final int LONGEST_MESSAGE = 4_000;

    private final EndpointFacts facts;
    private final List<StatusCondition> conditions = new ArrayList<>();

    private StatusConditions(EndpointFacts facts) {
        this.facts = facts;
    }

    static List<StatusCondition> of(EndpointFacts facts) {
        StatusConditions all = new StatusConditions(facts);
        EndpointSnapshot snapshot = facts.snapshot();
        all.ready();
        if (snapshot == null) {
            all.add(StatusCondition.ACTING, false, "Refused", "the specification is not in force: nothing is decided");
        } else {
            all.history(snapshot);
            all.forecast(snapshot);
            all.acting(snapshot);
        }
        all.conflict();
        return all.conditions;
    }

    private void ready() {
        EndpointSnapshot snapshot = facts.snapshot();
        if (!facts.faults().isEmpty()) {
            add(StatusCondition.READY, false, "Invalid", sentence(facts.faults()));
        } else if (snapshot != null && snapshot.workload() instanceof WorkloadScale.Unknown unseen) {
            add(
                    StatusCondition.READY,
                    false,
                    isMissing(unseen.reason()) ? "TargetNotFound" : "TargetUnreadable",
                    unseen.reason());
        } else if (snapshot == null) {
            add(StatusCondition.READY, false, "NotYet", "no control cycle has looked at it yet");
        } else {
            add(StatusCondition.READY, true, "Valid", "the specification is in force");
        }
    }

    /** As the workloads of a cluster word it. */
    private static boolean isMissing(String reason) {
        return reason.startsWith("there is no ") && reason.contains(" in the cluster");
    }

    private static String sentence(List<Violation> faults) {
        String told =
                faults.stream().limit(MOST_FAULTS_TOLD).map(Violation::toString).collect(Collectors.joining("; "));
        int more = faults.size() - MOST_FAULTS_TOLD;
        return more > 0 ? "%s; and %d more".formatted(told, more) : told;
    }

    private void history(EndpointSnapshot snapshot) {
        String type = StatusCondition.HISTORY_AVAILABLE;
        switch (snapshot.requestRate()) {
            case RateReading.Known ignored -> add(type, true, "Fresh", "the request rate of the newest step is known");
            case RateReading.NoData none ->
                add(
                        type,
                        false,
                        "NoData",
                        none.reason() == null ? "the source answers and has no samples" : none.reason());
            case RateReading.Stale ignored -> add(type, false, "Stale", "the newest sample is too old to act on");
            case RateReading.Failed failed -> add(type, false, "Failed", failed.reason());
        }
    }

    private void forecast(EndpointSnapshot snapshot) {
        String type = StatusCondition.FORECAST_TRUSTED;
        GateStatus gate = snapshot.gate();
        if (!snapshot.spec().policy().predictive().enabled()) {
            add(type, false, "Disabled", "predictive.enabled is false");
        } else if (snapshot.leadTimeDemand() == null) {
            add(type, false, "Unavailable", "there is no forecast to act on");
        } else if (gate.isTrusted()) {
            add(type, true, "Trusted", "the forecast is better than the naive ones and sizes replicas");
        } else if (Double.isNaN(gate.loss())) {
            add(type, false, "Unavailable", "what the forecast says has not been judged yet");
        } else {
            add(type, false, "Distrusted", "a naive forecast is better: target tracking sizes replicas");
        }
    }

    private void acting(EndpointSnapshot snapshot) {
        String type = StatusCondition.ACTING;
        EndpointConflict conflict = facts.conflict();
        DecisionRecord latest = StatusMapping.ownDecision(snapshot);
        Mode mode = snapshot.spec().mode();
        if (mode == Mode.OBSERVE) {
            add(type, false, "Observe", "decisions are journalled only");
        } else if (snapshot.spec().pausing().paused()) {
            add(type, false, "Paused", "the annotation prescale.dev/paused holds the replicas");
        } else if (conflict != null) {
            add(type, false, "Conflict", conflict.message());
        } else if (!(snapshot.workload() instanceof WorkloadScale.Replicas)) {
            add(type, false, "Refused", "the workload cannot be seen: nothing is decided");
        } else if (mode == Mode.KEDA) {
            keda(latest);
        } else if (latest != null && !latest.acted() && latest.decision().action() == Action.SCALE_TO) {
            add(type, false, "Refused", latest.notActedReason());
        } else {
            add(type, true, "Acting", "decisions are carried out");
        }
    }

    private void keda(@Nullable DecisionRecord latest) {
        String why = latest == null ? "nothing has been decided yet" : latest.notActedReason();
        if (why.equals(WorkloadScale.LeftToKeda.REASON)) {
            add(StatusCondition.ACTING, true, "Keda", "a KEDA ScaledObject asks for decisions and carries them out");
        } else {
            add(StatusCondition.ACTING, false, "NotAsked", why);
        }
    }

    private void conflict() {
        EndpointConflict conflict = facts.conflict();
        if (conflict == null) {
            add(StatusCondition.CONFLICT, false, "NoConflict", "nobody else is known to scale the workload");
        } else {
            add(StatusCondition.CONFLICT, true, conflict.reason(), conflict.message());
        }
    }

    private void add(String type, boolean holds, String reason, String message) {
        conditions.add(new StatusCondition(
                type,
                holds ? StatusCondition.TRUE : StatusCondition.FALSE,
                reason,
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...",
                facts.generation(),
                facts.at()));
    }
}
