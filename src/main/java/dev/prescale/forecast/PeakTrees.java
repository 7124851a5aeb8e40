package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The lead-time demand learned from many endpoints: per quantile level boosted trees with pinball loss over
 * {@link PeakFeatures}, {@code ln} of the window and {@code ln} of the step in minutes, so that one model serves all windows
 * and grids. It is the start of an endpoint that has too little history for a regression of its own; the conformal shift of
 * its own errors follows.
 *
 * <p>Between two levels it knows, a quantile is interpolated linearly in {@code -ln(1 - tau)}, in which an exponential tail is a
 * straight line; outside of them the outermost is taken.
 */
public final class PeakTrees implements SharedPeaks {
    static final int WINDOW = PeakFeatures.COUNT;
    /** The mean of the newest minute (or step, where that is longer). */
    private static final int NEWEST = 0;

    /** Number of features of a row. */
    static final int FEATURES = PeakFeatures.COUNT + 2;

    private final List<Double> levels;
    private final List<TreeEnsemble> ensembles;

    /**
     * @param levels ascending
     * @param ensembles one per level, over {@link #features}
     */
    public PeakTrees(List<Double> levels, List<TreeEnsemble> ensembles) {
        this.levels = List.copyOf(levels);
        this.ensembles = List.copyOf(ensembles);
        Require.that(
                !this.levels.isEmpty() && this.levels.size() == this.ensembles.size(),
                "%s levels need as many ensembles, at least 1, were %s",
                this.levels.size(),
                this.ensembles.size());
        double before = 0;
        for (double level : this.levels) {
            Require.that(level > before && level < 1, "levels must ascend within (0, 1), were %s", levels);
            before = level;
        }
        for (TreeEnsemble ensemble : this.ensembles) {
            Require.that(
                    ensemble.featureCount() == FEATURES,
                    "an ensemble needs %s features, had %s",
                    FEATURES,
                    ensemble.featureCount());
        }
    }

    /** What the features of a row are. */
    public static FeatureSet features() {
        return FeatureSet.of("peaks", FEATURES, PeakTrees::exampleRow);
    }

    private static double[] exampleRow(RateSeries history) {
        LearningHistory learning = new LearningHistory(history, TrafficCalendar.UTC, 1);
        PeakFeatures features = new PeakFeatures(learning, Duration.ofMinutes(30), PeakFeatures.offsetOf(learning));
        return row(features, learning, learning.size(), Duration.ofMinutes(30));
    }

    public List<Double> levels() {
        return levels;
    }

    public List<TreeEnsemble> ensembles() {
        return ensembles;
    }

    @Override
    public PeakPredictor predictor(Step step, Duration window, QuantileLevels wanted) {
        return new PeakTreesPredictor(this, heldFeatures(step, window), wanted);
    }

    /**
     * Rows of one history.
     *
     * @return log ratios of peaks to the level before them; naive are the newest rate (persistence) and the same window a
     *     day and a week before
     */
    public static TrainingRows trainingRows(RateSeries history, TrafficCalendar calendar, Duration window) {
        TrainingRows rows = new TrainingRows(FEATURES, List.of("persistence", "day naive", "week naive"));
        if (!history.hasSamples()) {
            return rows;
        }
        LearningHistory learning = new LearningHistory(history, calendar, 1);
        PeakFeatures features = new PeakFeatures(learning, window, PeakFeatures.offsetOf(learning));
        PeakSample sample = PeakSample.of(learning, features, learning.firstKnown() + 1);
        for (int k = 0; k < sample.size(); k++) {
            double[] row = extended(sample.rows()[k], window, history.step());
            rows.add(row, sample.targets()[k], row[NEWEST], row[PeakFeatures.DAY_PEAK], row[PeakFeatures.WEEK_PEAK]);
        }
        return rows;
    }

    private static double[] row(PeakFeatures features, LearningHistory history, int t, Duration window) {
        double[] row = new double[PeakFeatures.COUNT];
        features.fill(t, row);
        return extended(row, window, history.step());
    }

    private static double[] extended(double[] peakFeatures, Duration window, Step step) {
        double[] row = Arrays.copyOf(peakFeatures, FEATURES);
        double[] held = heldFeatures(step, window);
        System.arraycopy(held, 0, row, PeakFeatures.COUNT, held.length);
        return row;
    }

    /** Those after the features of the peak. */
    private static double[] heldFeatures(Step step, Duration window) {
        return new double[] {lnMinutes(covered(step, window)), lnMinutes(step.duration())};
    }

    /** What the steps of a window cover. */
    private static Duration covered(Step step, Duration window) {
        return step.duration().multipliedBy(Math.max(1, step.covering(window)));
    }

    private static double lnMinutes(Duration duration) {
        return Math.log(duration.toMillis() / 60_000.0);
    }
}
