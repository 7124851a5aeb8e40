package dev.prescale.forecast;

import java.util.List;

/**
 * The predictors of one lead-time demand: those that may speak first, then those that are only compared with. A candidate and a
 * level make a <em>series</em>, numbered {@code candidate * levels + level}.
 */
final class PeakCandidates {
    private final QuantileLevels levels;
    private final List<PeakSource> sources;
    private final List<PeakPredictor> predictors;

    PeakCandidates(QuantileLevels levels, List<PeakSource> sources, List<PeakPredictor> predictors) {
        this.levels = levels;
        this.sources = List.copyOf(sources);
        this.predictors = List.copyOf(predictors);
    }

    QuantileLevels levels() {
        return levels;
    }

    int size() {
        return sources.size();
    }

    int series() {
        return sources.size() * levels.size();
    }

    PeakSource source(int candidate) {
        return sources.get(candidate);
    }

    List<PeakSource> sources() {
        return sources;
    }

    PeakPredictor predictor(int candidate) {
        return predictors.get(candidate);
    }

    int indexOf(PeakSource source) {
        return sources.indexOf(source);
    }

    /** Candidates that may speak come first. */
    int speakers() {
        return sources.indexOf(PeakSource.PERSISTENCE) + 1;
    }

    /** Whether the series predicts the same log ratio as the one before it: another level of a predictor without levels. */
    boolean isRepeated(int series) {
        return series % levels.size() > 0
                && predictors.get(series / levels.size()).isSameAtEveryLevel();
    }

    /** What every candidate predicts at every level for a row of features, bounded. */
    void predict(double[] row, double[] logRatios) {
        for (int s = 0; s < logRatios.length; s++) {
            logRatios[s] = isRepeated(s)
                    ? logRatios[s - 1]
                    : CalibratedPeaks.bounded(predictors.get(s / levels.size()).logRatio(row, s % levels.size()), row);
        }
    }
}
