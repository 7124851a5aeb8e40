package dev.prescale.backtest.policy;

import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What scales one endpoint, and remembers what it needs from cycle to cycle. */
interface EndpointScaler {
    EndpointId id();

    /** Decides and carries out; nothing where the workload cannot be seen. */
    void runCycle(Instant now);

    /** The last decision, null where there is none or the policy gives no reasons. */
    default @Nullable ScalingDecision latest() {
        return null;
    }
}
