package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.util.Arrays;

/** Past steps with what was known before them and the peak that followed, oldest first; without incidents and gaps. */
final class PeakSample {
    /** Largest log ratio of a peak to the level that is learned from, either way. */
    private static final double LARGEST_LOG_RATIO = Math.log(20);

    private static final int SPACING_SECONDS = 300;

    private final int historySize;
    private final int windowSteps;
    private final int[] steps;
    private final double[][] rows;
    private final double[] targets;
    private final double[] levels;

    private PeakSample(
            int historySize, int windowSteps, int[] steps, double[][] rows, double[] targets, double[] levels) {
        this.historySize = historySize;
        this.windowSteps = windowSteps;
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

    /** Every {@code stride}-th step from {@code first} on whose window has passed. */
    static PeakSample of(LearningHistory history, PeakFeatures features, int first, int stride) {
        boolean[] incident = Incidents.in(history);
        int last = history.size() - features.windowSteps();
        int most = Math.max(0, Math.ceilDiv(last - first, stride));
        int[] steps = new int[most];
        double[][] rows = new double[most][];
        double[] targets = new double[most];
        double[] levels = new double[most];
        int count = 0;
        // counted from the end, so that the newest window is always among them
        for (int k = most - 1; k >= 0; k--) {
            int t = last - k * stride;
            double peak = features.peak(t);
            int newest = Double.isNaN(peak) || incident[t] ? LearningHistory.NONE : history.lastKnown(t);
            if (newest < 0) {
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
                features.windowSteps(),
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

    int windowSteps() {
        return windowSteps;
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
