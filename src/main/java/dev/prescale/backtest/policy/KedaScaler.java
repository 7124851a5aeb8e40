package dev.prescale.backtest.policy;

import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint under KEDA. Every polling interval it asks whether there is load: none for the cooldown period takes the last replicas
 * away where there may be none, any starts the first one. All the time that there are replicas the HPA runs. A trigger without data
 * neither starts nor takes away.
 */
final class KedaScaler implements EndpointScaler {
    /** {@code pollingInterval}. */
    static final Duration POLLING = Duration.ofSeconds(30);

    /** {@code cooldownPeriod}. */
    static final Duration COOLDOWN = Duration.ofSeconds(300);

    private final RuleScaler hpa;
    private final ReplicaBounds bounds;
    private final SeenLoad load;
    private final WorkloadScale workloads;
    private Instant nextPoll;
    private Instant lastActive;

    KedaScaler(RuleScaler hpa, ReplicaBounds bounds, SeenLoad load, WorkloadScale workloads, Instant from) {
        this.hpa = hpa;
        this.bounds = bounds;
        this.load = load;
        this.workloads = workloads;
        this.nextPoll = from;
        this.lastActive = from;
    }

    @Override
    public EndpointId id() {
        return hpa.id();
    }

    @Override
    public @Nullable ScalingDecision latest() {
        return hpa.latest();
    }

    @Override
    public void runCycle(Instant now) {
        if (!(workloads.state(hpa.id(), now) instanceof WorkloadScale.Replicas replicas)) {
            return;
        }
        int current = replicas.currentReplicas();
        int wanted = now.isBefore(nextPoll) ? current : polled(current, now);
        if (wanted != current) {
            workloads.scaleTo(hpa.id(), wanted, now);
        } else if (current > 0) {
            hpa.runCycle(now);
        }
    }

    private int polled(int current, Instant now) {
        nextPoll = now.plus(POLLING);
        if (!(load.readingAt(now) instanceof RateReading.Known(double rate))) {
            return current;
        }
        if (rate > 0) {
            lastActive = now;
            return current > 0 ? current : Math.max(1, bounds.minReplicas());
        }
        boolean isCooledDown = lastActive.plus(COOLDOWN).isBefore(now);
        return bounds.minReplicas() == 0 && isCooledDown ? 0 : current;
    }
}
