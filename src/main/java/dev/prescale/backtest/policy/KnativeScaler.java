package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint under Knative's pod autoscaler. It ticks every 2 s; what the last tick up to a cycle wants is carried out in that
 * cycle. Nothing is done at a tick that has no data, and none is left only after the grace period without load.
 */
final class KnativeScaler implements EndpointScaler {
    /** {@code tickInterval} of the autoscaler. */
    static final Duration TICK = Duration.ofSeconds(2);

    /** {@code scale-to-zero-grace-period}. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private final EndpointId id;
    private final ReplicaBounds bounds;
    private final ReplaySetup.Endpoint endpoint;
    private final WorkloadScale workloads;
    private final LiveLoad load;
    private final double headroom;
    private @Nullable KnativeDecider decider;
    private Instant nextTick;
    private @Nullable Instant idleSince;
    private @Nullable Integer wanted;

    KnativeScaler(ReplaySetup.Endpoint endpoint, WorkloadScale workloads, double headroom, Instant from) {
        this.id = endpoint.spec().id();
        this.bounds = endpoint.spec().policy().bounds();
        this.endpoint = endpoint;
        this.workloads = workloads;
        this.load = new LiveLoad(endpoint.trace());
        this.headroom = headroom;
        this.nextTick = from;
    }

    @Override
    public EndpointId id() {
        return id;
    }

    @Override
    public void runCycle(Instant now) {
        if (workloads.state(id, now) instanceof WorkloadScale.Replicas replicas) {
            while (!nextTick.isAfter(now)) {
                tick(nextTick, replicas.readyReplicas());
                nextTick = nextTick.plus(TICK);
            }
            if (wanted != null && wanted != replicas.currentReplicas()) {
                workloads.scaleTo(id, wanted, now);
            }
        }
    }

    private void tick(Instant at, int ready) {
        if (decider == null) {
            decider = new KnativeDecider(endpoint.spec().policy().capacity(), ready, at);
        }
        double stable = load.meanBefore(at, KnativeDecider.STABLE_WINDOW);
        double panic = load.meanBefore(at, KnativeDecider.PANIC_WINDOW);
        if (Double.isNaN(stable) || Double.isNaN(panic)) {
            return;
        }
        int desired = decider.desired(at, ready, stable * headroom, panic * headroom);
        idleSince = desired > 0 ? null : idleSince == null ? at : idleSince;
        boolean inGrace = idleSince != null && at.isBefore(idleSince.plus(GRACE));
        int fewest = Math.max(bounds.minReplicas(), inGrace ? 1 : 0);
        wanted = Math.clamp(desired, fewest, bounds.maxReplicas());
    }
}
