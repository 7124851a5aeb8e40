package dev.prescale.adapter.kubernetes.status;

import dev.prescale.capacity.CapacityModel.LoadUnit;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.NextPeak;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ScalingDecision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an endpoint, as the status of its resource. Pure. */
final class StatusMapping {
    private StatusMapping() {}

    static EndpointStatus of(EndpointFacts facts) {
        EndpointSnapshot snapshot = facts.snapshot();
        List<StatusCondition> conditions = StatusConditions.of(facts);
        if (snapshot == null) {
            return new EndpointStatus(facts.generation(), null, null, null, null, null, null, null, conditions);
        }
        WorkloadScale.Replicas replicas = snapshot.workload() instanceof WorkloadScale.Replicas seen ? seen : null;
        DecisionRecord latest = ownDecision(snapshot);
        return new EndpointStatus(
                facts.generation(),
                snapshot.spec().mode().wireName(),
                replicas == null ? null : replicas.currentReplicas(),
                replicas == null ? null : replicas.readyReplicas(),
                latest == null ? null : latest.decision().recommended(),
                snapshot.gate().state().wireName(),
                peak(snapshot),
                latest == null ? null : decision(latest),
                conditions);
    }

    /** The last decision, null where there is none, or another replica of Prescale acted then: what became of it is not known here. */
    static @Nullable DecisionRecord ownDecision(EndpointSnapshot snapshot) {
        DecisionRecord latest = snapshot.latest();
        return latest == null || latest.notActedReason().equals(WorkloadScale.LeftToAnother.REASON) ? null : latest;
    }

    private static EndpointStatus.@Nullable Peak peak(EndpointSnapshot snapshot) {
        NextPeak peak = NextPeak.of(snapshot);
        if (peak == null) {
            return null;
        }
        boolean isRate = snapshot.spec().policy().capacity().unit() == LoadUnit.REQUESTS;
        return new EndpointStatus.Peak(peak.at(), isRate ? rounded(peak.load()) : null, peak.replicas());
    }

    /** Three decimals are more than anybody reads. */
    private static double rounded(double rate) {
        return Math.round(rate * 1_000) / 1_000.0;
    }

    private static EndpointStatus.Decision decision(DecisionRecord record) {
        ScalingDecision decision = record.decision();
        Reason last = decision.trail().isEmpty() ? null : decision.trail().getLast();
        return new EndpointStatus.Decision(
                record.at(),
                decision.currentReplicas(),
                decision.replicas(),
                last == null ? "" : last.code().wireName(),
                last == null ? "" : last.message(),
                record.acted(),
                record.notActedReason());
    }
}
