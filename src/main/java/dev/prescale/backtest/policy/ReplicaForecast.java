package dev.prescale.backtest.policy;

import dev.prescale.capacity.CapacityModel;
import java.time.Duration;
import java.time.Instant;

/**
 * Replicas one interval ahead by Holt-Winters on the replicas that target tracking calculates, a season being a day. The original
 * looks one interval ahead and no further, so an interval is as long as the lead time: what a shorter one foresees could not be
 * ready in time. Where there is no sample the replicas stay as they were.
 */
final class ReplicaForecast implements LoadForecast {
    /** {@code alpha}, {@code beta} and {@code gamma} of the documentation's example. */
    static final double SMOOTHING = 0.9;

    /** {@code storedSeasons} of the documentation's example. */
    static final int STORED_SEASONS = 4;

    private final SeenLoad load;
    private final CapacityModel capacity;
    private final double headroom;
    private final long interval;
    private final ReplicaHoltWinters model;
    private long next;
    private double calculated = Double.NaN;
    private double sustained = Double.NaN;

    ReplicaForecast(SeenLoad load, CapacityModel capacity, double headroom, Duration leadTime) {
        this.load = load;
        this.capacity = capacity;
        this.headroom = headroom;
        int steps = stepsPerInterval(load.step().perDay(), load.step().duration(), leadTime);
        this.interval = (long) steps * load.step().seconds();
        this.model =
                new ReplicaHoltWinters(load.step().perDay() / steps, STORED_SEASONS, SMOOTHING, SMOOTHING, SMOOTHING);
        this.next = Math.ceilDiv(load.start().getEpochSecond(), interval) * interval;
    }

    /** The fewest steps that cover the lead time and divide a day. */
    static int stepsPerInterval(int perDay, Duration step, Duration leadTime) {
        int steps = Math.toIntExact(Math.max(1, Math.ceilDiv(leadTime.toMillis(), step.toMillis())));
        while (perDay % steps != 0) {
            steps++;
        }
        return steps;
    }

    @Override
    public double rateAt(Instant now) {
        boolean advanced = false;
        while (next <= now.getEpochSecond()) {
            observe(Instant.ofEpochSecond(next));
            next += interval;
            advanced = true;
        }
        if (advanced) {
            double replicas = Math.ceil(model.next());
            sustained = Double.isNaN(replicas) ? replicas : capacity.sustainedBy((int) Math.max(0, replicas));
        }
        return sustained;
    }

    private void observe(Instant at) {
        int newest = load.newestAt(at);
        if (newest >= 0 && newest == load.endedAt(at) - 1) {
            calculated = capacity.replicasFor(load.rateAt(newest) * headroom, capacity.targetUtilization());
        }
        if (!Double.isNaN(calculated)) {
            model.observe(calculated);
        }
    }
}
