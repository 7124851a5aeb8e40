package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.ScalingPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' HorizontalPodAutoscaler, autoscaling/v2, on the request rate: the production rule without its forecast, at the
 * target utilization, tolerance and behavior of the specification.
 *
 * <p>Source: kubernetes {@code pkg/controller/podautoscaler/replica_calculator.go}, {@code horizontal.go}.
 *
 * @param targetUtilization in place of the specification's, (0, 1]; null for that
 */
record HpaPolicy(String name, DecisionRule rule, @Nullable Double targetUtilization, double headroom)
        implements ReplayPolicy {
    HpaPolicy(DecisionRule rule) {
        this(HPA, rule, null, 1);
    }

    /** Named {@code hpa@0.5}. */
    static HpaPolicy at(DecisionRule rule, double targetUtilization) {
        return new HpaPolicy(HPA + "@" + targetUtilization, rule, targetUtilization, 1);
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return RuleScaler.all(
                setup,
                workloads,
                rule,
                (endpoint, load) -> Sizing.tracking(targeted(endpoint.spec().policy()), headroom));
    }

    private ScalingPolicy targeted(ScalingPolicy policy) {
        return targetUtilization == null
                ? policy
                : policy.withCapacity(policy.capacity().withTargetUtilization(targetUtilization));
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new HpaPolicy(name, rule, targetUtilization, headroom * factor));
    }
}
