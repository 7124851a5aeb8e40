package dev.prescale.accuracy;

import dev.prescale.accuracy.GateHysteresis.Verdict;
import dev.prescale.accuracy.HorizonScore.Rival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Losses of the forecast and of its rivals in one horizon bucket, as sums weighted {@code 2^(-age / half-life)} in one flat
 * array, and the gate that follows from them. The gate opens its mouth after a day of outcomes and begins in the state that
 * they ask for. Not thread-safe.
 *
 * <p>Row 0 is the forecast on all targets; per baseline there are two: the baseline, and the forecast on the same targets.
 * A row holds its weight, absolute errors, covered outcomes and the loss per level.
 */
final class BucketScore {
    static final Duration HALF_LIFE = Duration.ofDays(4);
    static final Duration KNOWN_AFTER = Duration.ofDays(1);
    static final int LEAST_OUTCOMES = 24;

    private static final double[] LEVELS = ForecastScores.LEVELS.toArray();
    private static final int COVERED = ForecastScores.LEVELS.indexOf(ForecastScores.COVERED_LEVEL);
    private static final int ABSOLUTE = 1;
    private static final int INSIDE = 2;
    private static final int PINBALL = 3;
    private static final int ROW = PINBALL + LEVELS.length;
    private static final Baseline[] BASELINES = Baseline.values();

    /** A baseline that spoke for a smaller share of the targets is not the measure of anything. */
    private static final double LEAST_SHARE_SPOKEN = 0.5;

    private final HorizonBucket bucket;
    private final Duration longestSilence;
    private final double[] sums = new double[ROW * (1 + 2 * BASELINES.length)];
    private int outcomes;
    private @Nullable Instant first;
    private Instant last = Instant.MIN;
    private @Nullable GateHysteresis gate;

    /** @param longestSilence without outcomes, after which the gate begins a stretch anew */
    BucketScore(HorizonBucket bucket, Duration longestSilence) {
        this.bucket = bucket;
        this.longestSilence = longestSilence;
    }

    /**
     * Takes in what became of a target.
     *
     * @param actual req/s
     * @param issued per source (the forecast, then the baselines) its point and its quantiles, req/s
     * @param now when it was settled
     */
    void learn(double actual, float[] issued, Instant now) {
        if (first == null) {
            first = now;
        } else if (now.isAfter(last)) {
            double kept = StrictMath.pow(0.5, Duration.between(last, now).toMillis() / (double) HALF_LIFE.toMillis());
            for (int i = 0; i < sums.length; i++) {
                sums[i] *= kept;
            }
        }
        last = now;
        outcomes++;
        add(0, actual, issued, 0);
        int width = 1 + LEVELS.length;
        for (Baseline baseline : BASELINES) {
            int source = (1 + baseline.ordinal()) * width;
            if (!Float.isNaN(issued[source])) {
                add(rowOf(baseline), actual, issued, source);
                add(rowOf(baseline) + ROW, actual, issued, 0);
            }
        }
    }

    private void add(int row, double actual, float[] issued, int source) {
        sums[row]++;
        sums[row + ABSOLUTE] += Math.abs(actual - issued[source]);
        sums[row + INSIDE] += actual <= issued[source + 1 + COVERED] ? 1 : 0;
        for (int i = 0; i < LEVELS.length; i++) {
            sums[row + PINBALL + i] += PinballLoss.of(LEVELS[i], actual, issued[source + 1 + i]);
        }
    }

    /** Moves the gate where it has to be; after all that was settled at once. */
    void judge(Instant now) {
        if (first == null
                || outcomes < LEAST_OUTCOMES
                || Duration.between(first, now).compareTo(KNOWN_AFTER) < 0) {
            return;
        }
        if (gate == null) {
            gate = new GateHysteresis(longestSilence, now);
            gate.begin(verdict(), now);
        } else {
            gate.observe(verdict(), now);
        }
    }

    private Verdict verdict() {
        Baseline best = bestBaseline();
        return best == null ? Verdict.UNKNOWN : Verdict.of(meanPinball(rowOf(best) + ROW), meanPinball(rowOf(best)));
    }

    private @Nullable Baseline bestBaseline() {
        Baseline best = null;
        for (Baseline baseline : BASELINES) {
            boolean spoke = sums[rowOf(baseline)] >= LEAST_SHARE_SPOKEN * sums[0] && sums[0] > 0;
            if (spoke && (best == null || meanPinball(rowOf(baseline)) < meanPinball(rowOf(best)))) {
                best = baseline;
            }
        }
        return best;
    }

    private static int rowOf(Baseline baseline) {
        return ROW * (1 + 2 * baseline.ordinal());
    }

    /** Averaged over the levels. */
    private double meanPinball(int row) {
        double sum = 0;
        for (int i = 0; i < LEVELS.length; i++) {
            sum += sums[row + PINBALL + i];
        }
        return sum / (sums[row] * LEVELS.length);
    }

    HorizonScore status() {
        List<Rival> rivals = new ArrayList<>();
        for (Baseline baseline : BASELINES) {
            int theirs = rowOf(baseline);
            List<Double> relative = new ArrayList<>();
            for (int i = 0; i < LEVELS.length; i++) {
                relative.add(sums[theirs + ROW + PINBALL + i] / sums[theirs + PINBALL + i]);
            }
            rivals.add(new Rival(
                    baseline.wireName(),
                    mean(theirs, ABSOLUTE),
                    sums[theirs + ROW + ABSOLUTE] / sums[theirs + ABSOLUTE],
                    pinball(theirs),
                    relative));
        }
        return new HorizonScore(bucket, outcomes, mean(0, ABSOLUTE), pinball(0), mean(0, INSIDE), rivals, gateStatus());
    }

    private @Nullable GateStatus gateStatus() {
        Baseline best = bestBaseline();
        if (gate == null || best == null) {
            return null;
        }
        int theirs = rowOf(best);
        return new GateStatus(
                gate.state(), gate.since(), meanPinball(theirs + ROW), best.wireName(), meanPinball(theirs));
    }

    private double mean(int row, int column) {
        return sums[row + column] / sums[row];
    }

    private List<Double> pinball(int row) {
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < LEVELS.length; i++) {
            losses.add(mean(row, PINBALL + i));
        }
        return losses;
    }
}
