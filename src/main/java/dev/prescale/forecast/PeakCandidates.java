package dev.prescale.forecast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The predictors of one lead-time demand: models and persistence first, then the day and the week before, which must be better by
 * more to speak. A candidate and a level make a <em>series</em>, numbered {@code candidate * levels + level}.
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

    /**
     * The usual candidates.
     *
     * @param regression null where the history is too short for one
     * @param shared a model fitted on other endpoints, null where there is none
     */
    static PeakCandidates of(
            QuantileLevels levels, @Nullable PeakRegression regression, @Nullable PeakPredictor shared) {
        List<PeakSource> sources = new ArrayList<>();
        List<PeakPredictor> predictors = new ArrayList<>();
        if (regression != null) {
            sources.add(PeakSource.DIRECT);
            predictors.add(regression);
        }
        sources.add(shared == null ? PeakSource.SEASONAL_GROWTH : PeakSource.SHARED);
        predictors.add(shared == null ? new SeasonalGrowth() : shared);
        sources.addAll(PeakSource.BASELINES);
        predictors.addAll(List.of(PersistentPeak.OF_NEWEST, PersistentPeak.OF_DAY, PersistentPeak.OF_WEEK));
        return new PeakCandidates(levels, sources, predictors);
    }

    /** The regression of the endpoint itself, null where there is none. */
    @Nullable
    PeakRegression regression() {
        return predictors.getFirst() instanceof PeakRegression regression ? regression : null;
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

    /** Those that know more than what was a day or a week ago come first. */
    int models() {
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
