package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.WorkloadScale;
import java.util.Optional;

/** Knative's pod autoscaler with its panic window, on requests per second; see {@link KnativeDecider}. */
record KnativePolicy(double headroom) implements ReplayPolicy {
    static final String NAME = "knative";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return ScalerController.of(setup, endpoint -> new KnativeScaler(endpoint, workloads, headroom, setup.from()));
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new KnativePolicy(headroom * factor));
    }
}
