package dev.prescale.backtest;

import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.util.Arrays;

/**
 * Ready replicas per minute of least cost ({@link Scorecard.Score}), for one who knows demand and start times.
 *
 * <p>Each replica is planned for itself, the first one first: the k-th is ready in a minute for the price of one idle minute and
 * spares what of the demand lies between k - 1 and k, at the price of missing. Once gone it is away for as many minutes as a new one
 * takes to start, so that a short dip is not worth it; that is the only tie between minutes, and going backwards over them finds
 * the best plan:
 * <pre>
 *   on[m]  = max(gain[m] + on[m + 1], off[m + away])      it was ready before m
 *   off[m] = max(gain[m] + on[m + 1], off[m + 1])         it was away for long enough
 * </pre>
 * The k-th is ready only where the one before it is, since replicas are told apart by their number alone.
 */
final class LeastCostPlan {
    private final double[] busy;
    private final ReplicaBounds bounds;
    private final double unservedPerIdle;
    private final int leastAway;
    private final int[] replicas;

    /**
     * @param busy replicas that each minute needs, NaN where the trace does not have it: then replicas cost nothing
     * @param unservedPerIdle what a missing replica costs over an idle one
     * @param leastAway minutes for which a replica is away at least, once it has gone
     */
    LeastCostPlan(double[] busy, ReplicaBounds bounds, double unservedPerIdle, int leastAway) {
        this.busy = busy;
        this.bounds = bounds;
        this.unservedPerIdle = unservedPerIdle;
        this.leastAway = Math.max(1, leastAway);
        this.replicas = new int[busy.length];
        Arrays.fill(replicas, bounds.minReplicas());
        double most = Arrays.stream(busy).filter(b -> !Double.isNaN(b)).max().orElse(0);
        int levels = (int) Math.min(bounds.maxReplicas(), Math.ceil(most));
        for (int level = bounds.minReplicas() + 1; level <= levels; level++) {
            plan(level);
        }
    }

    /** Ready replicas of each minute. */
    int[] replicas() {
        return replicas;
    }

    private void plan(int level) {
        int size = busy.length;
        double[] on = new double[size + 1];
        double[] off = new double[size + 1];
        for (int m = size - 1; m >= 0; m--) {
            double ready = gain(level, m) + on[m + 1];
            on[m] = Math.max(ready, off[Math.min(size, m + leastAway)]);
            off[m] = Math.max(ready, off[m + 1]);
        }
        for (int m = 0; m < size; ) {
            // away for long enough, or at the begin
            boolean isReady = gain(level, m) + on[m + 1] > off[m + 1];
            if (!isReady) {
                m++;
                continue;
            }
            while (m < size && gain(level, m) + on[m + 1] >= off[Math.min(size, m + leastAway)]) {
                replicas[m++] = level;
            }
            m += leastAway;
        }
    }

    /** What it is worth that the replica is ready, in idle replica-minutes. */
    private double gain(int level, int minute) {
        if (replicas[minute] < level - 1) {
            return Double.NEGATIVE_INFINITY;
        }
        if (Double.isNaN(busy[minute])) {
            return 0;
        }
        double spared = Math.clamp(busy[minute] - (level - 1), 0, 1);
        return (unservedPerIdle + 1) * spared - 1;
    }
}
