package dev.prescale.control;

import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingDecision;

/** A decision on its way to its workload. */
record Decided(ScalingCycle cycle, ScalingCycle.Cycle done, WorkloadScale.Replicas workload) {
    boolean isToBeCarriedOut() {
        return order().changesSomething() || cycle.spec().mode() != Mode.OBSERVE;
    }

    WorkloadScale.Order order() {
        ScalingDecision decision = done.decision();
        return new WorkloadScale.Order(
                decision.currentReplicas(), decision.replicas(), done.load().reading() instanceof RateReading.Known);
    }
}
