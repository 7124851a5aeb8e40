package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.util.Arrays;

/** Past steps with what was known before them and the peak that followed, oldest first; without incidents and gaps. */
final class PeakSample {
    /** Largest log ratio of a peak to the level that is learned from, either way. */
    static final double LARGEST_LOG_RATIO = Math.log(20);

    private static final int SPACING_SECONDS = 300;

    private final int historySize;
    private final int[] steps;
    private final double[][] rows;
    private final double[] targets;
    private final double[] levels;

    private PeakSample(int historySize, int[] steps, double[][] rows, double[] targets, double[] levels) {
        this.historySize = historySize;
        this.steps = steps;
        this.rows = rows;
        this.targets = targets;
        this.levels = levels;
    }

    /** Every fifth minute (every step of a coarser grid) from {@code first} on whose window has passed. */
    static PeakSample of(LearningHistory history, PeakFeatures features, int first) {
        return of(history, features, first, strideOf(history.step()));
    }

    static int strideOf(Step step) {
        return Math.max(1, SPACING_SECONDS / step.seconds());
    }

    /** The steps {@code first}, {@code first + stride}, ... whose window has passed. */
    static PeakSample of(LearningHistory history, PeakFeatures features, int first, int stride) {
        boolean[] incident = Incidents.in(history);
        int end = history.size() - features.span().end() + 1;
        int most = Math.max(0, Math.ceilDiv(end - first, stride));
        int[] steps = new int[most];
        double[][] rows = new double[most][];
        double[] targets = new double[most];
        double[] levels = new double[most];
        int count = 0;
        for (int t = first; t < end; t += stride) {
            double peak = features.peak(t);
            if (Double.isNaN(peak) || incident[t] || history.lastKnown(t) < 0) {
                continue;
            }
            double level = features.level(t);
            rows[count] = new double[PeakFeatures.COUNT];
            features.fill(t, rows[count]);
            targets[count] = target(features, peak, level);
            levels[count] = level;
            steps[count++] = t;
        }
        return new PeakSample(
                history.size(),
                Arrays.copyOf(steps, count),
                Arrays.copyOf(rows, count),
                Arrays.copyOf(targets, count),
                Arrays.copyOf(levels, count));
    }

    /** {@code ln((peak + c) / (l + c))}, bounded. */
    static double target(PeakFeatures features, double peak, double level) {
        return Math.clamp(features.logRatio(peak, level), -LARGEST_LOG_RATIO, LARGEST_LOG_RATIO);
    }

    /** Steps of the history that the rows come from. */
    int historySize() {
        return historySize;
    }

    int size() {
        return steps.length;
    }

    /** Position of the first row at or after the step. */
    int positionOf(int step) {
        int found = Arrays.binarySearch(steps, step);
        return found >= 0 ? found : -found - 1;
    }

    double[][] rows() {
        return rows;
    }

    /** {@code ln((peak + c) / (l + c))} per row. */
    double[] targets() {
        return targets;
    }

    /** {@code l} per row, req/s. */
    double[] levels() {
        return levels;
    }

    /** The step that a row belongs to. */
    int step(int position) {
        return steps[position];
    }
}
