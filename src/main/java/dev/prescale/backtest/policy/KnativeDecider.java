package dev.prescale.backtest.policy;

import dev.prescale.capacity.CapacityModel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The decision of Knative's pod autoscaler (KPA) at one tick: the load over a stable window sizes the replicas; where the load over a
 * short window needs {@link #PANIC_THRESHOLD} times those that are ready, it panics: the larger of the two windows counts and nothing
 * is taken away, until a stable window has passed without such a load.
 *
 * <p>Source: knative/serving {@code pkg/autoscaler/scaling/autoscaler.go}, defaults of
 * {@code config/core/configmaps/autoscaler.yaml}.
 */
final class KnativeDecider {
    static final Duration STABLE_WINDOW = Duration.ofSeconds(60);

    /** {@code panic-window-percentage: 10} of the stable window. */
    static final Duration PANIC_WINDOW = Duration.ofSeconds(6);

    /** {@code panic-threshold-percentage: 200}. */
    static final double PANIC_THRESHOLD = 2;

    static final double MAX_SCALE_UP_RATE = 1_000;
    static final double MAX_SCALE_DOWN_RATE = 2;

    /** {@code container-concurrency-target-percentage: 70}, here of what a replica sustains. */
    static final double TARGET_UTILIZATION = 0.7;

    private final CapacityModel capacity;
    private final double upRate;
    private final double downRate;
    private @Nullable Instant panickedAt;
    private int mostInPanic;

    KnativeDecider(CapacityModel capacity, int ready, Instant start) {
        this(capacity, MAX_SCALE_UP_RATE, MAX_SCALE_DOWN_RATE, ready, start);
    }

    /**
     * @param upRate most times the ready replicas
     * @param downRate fewest are the ready ones divided by this
     * @param ready replicas at the start: more than one begin in panic, so that nothing is taken away before a window is full
     */
    KnativeDecider(CapacityModel capacity, double upRate, double downRate, int ready, Instant start) {
        this.capacity = capacity;
        this.upRate = upRate;
        this.downRate = downRate;
        this.panickedAt = ready > 1 ? start : null;
        this.mostInPanic = ready;
    }

    /**
     * @param stable mean load over the stable window, req/s
     * @param panic mean load over the panic window, req/s
     */
    int desired(Instant now, int readyReplicas, double stable, double panic) {
        int ready = Math.max(1, readyReplicas);
        int forPanic = capacity.replicasFor(panic, TARGET_UTILIZATION);
        boolean isOverThreshold = (double) forPanic / ready >= PANIC_THRESHOLD;
        if (isOverThreshold) {
            panickedAt = now;
        } else if (panickedAt != null && panickedAt.plus(STABLE_WINDOW).isBefore(now)) {
            panickedAt = null;
            mostInPanic = 0;
        }
        int desired = limited(capacity.replicasFor(stable, TARGET_UTILIZATION), ready);
        if (panickedAt == null) {
            return desired;
        }
        mostInPanic = Math.max(mostInPanic, Math.max(desired, limited(forPanic, ready)));
        return mostInPanic;
    }

    private int limited(int replicas, int ready) {
        double fewest = Math.floor(ready / downRate);
        double most = Math.ceil(ready * upRate);
        return (int) Math.min(Math.max(replicas, fewest), most);
    }
}
