package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.Fallback;
import dev.prescale.scaling.ScalingPolicy.Reactive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.util.List;
import java.util.Optional;

/**
 * KEDA: a ScaledObject with its defaults on the request rate. From one replica on, the HPA that KEDA creates scales, with Kubernetes'
 * default behavior, on an AverageValue metric of {@code requestRate * targetUtilization}; between none and one KEDA does, see
 * {@link KedaScaler}.
 *
 * <p>Source: KEDA's ScaledObject specification; kedacore/keda {@code pkg/scaling/executor/scale_scaledobjects.go}.
 */
record KedaPolicy(DecisionRule rule, double headroom) implements ReplayPolicy {
    static final String NAME = "keda";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return ScalerController.of(setup, endpoint -> {
            SeenLoad load = SeenLoad.of(setup, endpoint);
            ScalingPolicy specified = endpoint.spec().policy();
            Sizing sizing = Sizing.tracking(createdHpa(specified), headroom);
            var hpa = new RuleScaler(endpoint.spec().id(), endpoint.startTime().p90(), load, sizing, rule, workloads);
            return new KedaScaler(hpa, specified.bounds(), load, workloads, setup.from());
        });
    }

    /** An HPA has one replica at least; KEDA leaves its behavior and tolerance as Kubernetes has them. */
    private static ScalingPolicy createdHpa(ScalingPolicy specified) {
        ReplicaBounds bounds = specified.bounds();
        return new ScalingPolicy(
                ReplicaBounds.of(Math.max(1, bounds.minReplicas()), bounds.maxReplicas()),
                specified.capacity(),
                specified.predictive(),
                Reactive.DEFAULT,
                List.of(),
                Behavior.DEFAULT,
                Fallback.DEFAULT);
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new KedaPolicy(rule, headroom * factor));
    }
}
