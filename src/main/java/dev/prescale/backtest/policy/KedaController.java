package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Endpoints under KEDA, one after another; the reasons are those of their HPAs. */
record KedaController(List<KedaScaler> scalers) implements ReplayPolicy.Controller {
    KedaController {
        scalers = List.copyOf(scalers);
    }

    @Override
    public void runCycle(Instant now) {
        for (KedaScaler scaler : scalers) {
            scaler.runCycle(now);
        }
    }

    @Override
    public Optional<ScalingDecision> latest(EndpointId endpoint) {
        return new RuleController(scalers.stream().map(KedaScaler::hpa).toList()).latest(endpoint);
    }
}
