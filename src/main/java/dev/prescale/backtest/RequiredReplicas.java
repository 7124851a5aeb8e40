package dev.prescale.backtest;

import dev.prescale.scaling.ScalingPolicy;
import java.time.Instant;

/** Replicas that each minute of a trace needs, at full use of their capacity and within the bounds. Knows the future. */
final class RequiredReplicas {
    private final Trace trace;
    private final ScalingPolicy policy;

    RequiredReplicas(ReplaySetup.Endpoint endpoint) {
        this.trace = endpoint.trace();
        this.policy = endpoint.spec().policy();
    }

    /** Most replicas that any minute touched by {@code [from, to)} needs; the least allowed where the trace has none. */
    int mostIn(Instant from, Instant to) {
        double most = 0;
        int last = Math.min(
                trace.minutes().indexOf(to.minusMillis(1)), trace.minutes().size() - 1);
        for (int m = Math.max(trace.minutes().indexOf(from), 0); m <= last; m++) {
            if (!trace.minutes().isGap(m)) {
                most = Math.max(most, trace.minutes().rateAt(m));
            }
        }
        return Math.clamp(
                policy.capacity().replicasFor(most, 1),
                policy.bounds().minReplicas(),
                policy.bounds().maxReplicas());
    }
}
