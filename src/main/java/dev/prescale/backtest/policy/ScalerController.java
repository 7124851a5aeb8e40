package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Endpoints that are scaled one after another, each by itself. */
record ScalerController(List<EndpointScaler> scalers) implements ReplayPolicy.Controller {
    ScalerController {
        scalers = List.copyOf(scalers);
    }

    static ScalerController of(ReplaySetup setup, Function<ReplaySetup.Endpoint, EndpointScaler> scaler) {
        return new ScalerController(setup.endpoints().stream().map(scaler).toList());
    }

    @Override
    public void runCycle(Instant now) {
        for (EndpointScaler scaler : scalers) {
            scaler.runCycle(now);
        }
    }

    @Override
    public Optional<ScalingDecision> latest(EndpointId endpoint) {
        for (EndpointScaler scaler : scalers) {
            if (scaler.id().equals(endpoint)) {
                return Optional.ofNullable(scaler.latest());
            }
        }
        return Optional.empty();
    }
}
