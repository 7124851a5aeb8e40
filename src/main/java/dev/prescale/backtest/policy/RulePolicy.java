package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import java.util.Optional;

/**
 * A policy that sizes replicas by the production decision rule, on what it sees and expects.
 *
 * @param headroom replicas for the same traffic over those as published
 */
record RulePolicy(String name, DecisionRule rule, SizingOf sizing, double headroom) implements ReplayPolicy {
    RulePolicy(String name, DecisionRule rule, SizingOf sizing) {
        this(name, rule, sizing, 1);
    }

    /** How an endpoint is sized. Called once in a replay, also from several at the same time. */
    @FunctionalInterface
    interface SizingOf {
        Sizing of(ReplaySetup setup, ReplaySetup.Endpoint endpoint, SeenLoad load, double headroom);
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return ScalerController.of(setup, endpoint -> {
            SeenLoad load = SeenLoad.of(setup, endpoint);
            return new RuleScaler(
                    endpoint.spec().id(),
                    endpoint.startTime().p90(),
                    load,
                    sizing.of(setup, endpoint, load, headroom),
                    rule,
                    workloads);
        });
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new RulePolicy(name, rule, sizing, headroom * factor));
    }
}
