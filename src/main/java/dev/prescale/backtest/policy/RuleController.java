package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Endpoints that are scaled by the production decision rule, one after another. */
record RuleController(List<RuleScaler> scalers) implements ReplayPolicy.Controller {
    RuleController {
        scalers = List.copyOf(scalers);
    }

    @Override
    public void runCycle(Instant now) {
        for (RuleScaler scaler : scalers) {
            scaler.runCycle(now);
        }
    }

    @Override
    public Optional<ScalingDecision> latest(EndpointId endpoint) {
        for (RuleScaler scaler : scalers) {
            if (scaler.id().equals(endpoint)) {
                return Optional.ofNullable(scaler.latest());
            }
        }
        return Optional.empty();
    }
}
