package dev.prescale.adapter.learning;

import dev.prescale.forecast.ColdStartTrees;
import dev.prescale.forecast.ModelProvenance;
import dev.prescale.forecast.PeakTrees;
import dev.prescale.forecast.SharedModel;
import dev.prescale.forecast.TrainingRows;
import dev.prescale.forecast.TreeEnsemble;
import dev.prescale.series.Require;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fits a shared model:
 *
 * <ol>
 *   <li>every fourth series, by name, is held out; a model of the others is scored on it;
 *   <li>the model that is kept is fitted on all series with the same settings;
 *   <li>its numbers are rounded to six digits, before any score.
 * </ol>
 */
public final class SharedModelFit {
    /** Levels of the peak that have trees of their own. */
    private static final List<Double> LEVELS = List.of(0.5, 0.75, 0.9, 0.95, 0.99);

    private static final int HELD_OUT_EVERY = 4;
    private static final int LEAST_SERIES = 2;
    private static final String LIBRARY = "Smile 2.6.0";

    private final Size size;
    private final Consumer<String> progress;

    /** @param progress is told what is being done */
    public SharedModelFit(Size size, Consumer<String> progress) {
        this.size = size;
        this.progress = progress;
    }

    /** How much is learned. */
    public enum Size {
        /** What ships. */
        FULL(36_000, new TreeSettings(120, 6, 12, 40, 0.1, 0.5), 60_000, new TreeSettings(160, 6, 14, 40, 0.08, 0.5)),
        /** Seconds instead of minutes, for a first look. */
        SMALL(1_500, new TreeSettings(12, 4, 6, 10, 0.2, 0.7), 1_500, new TreeSettings(12, 4, 6, 10, 0.2, 0.7));

        private final int peakRows;
        private final TreeSettings peaks;
        private final int coldStartRows;
        private final TreeSettings coldStart;

        Size(int peakRows, TreeSettings peaks, int coldStartRows, TreeSettings coldStart) {
            this.peakRows = peakRows;
            this.peaks = peaks;
            this.coldStartRows = coldStartRows;
            this.coldStart = coldStart;
        }
    }

    /** A model and where it comes from. */
    public record Result(SharedModel model, ModelProvenance provenance) {}

    /**
     * @param series at least two
     * @param codeVersion of this program
     */
    public Result fit(String name, List<FitSeries> series, long seed, String codeVersion) {
        Require.that(
                series.size() >= LEAST_SERIES,
                "at least %s series are needed, one of them to be judged on; there were %s",
                LEAST_SERIES,
                series.size());
        List<FitSeries> sorted =
                series.stream().sorted(Comparator.comparing(FitSeries::name)).toList();
        List<FitSeries> heldOut = new ArrayList<>();
        List<FitSeries> others = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            (i % HELD_OUT_EVERY == 1 ? heldOut : others).add(sorted.get(i));
        }
        List<ModelProvenance.Score> scores = new ArrayList<>();
        PeakTrees peaks = peaks(others, heldOut, seed, scores);
        ColdStartTrees coldStart = coldStart(others, heldOut, seed, scores);
        ModelProvenance provenance = new ModelProvenance(
                name,
                sorted.stream().map(FitSeries::name).toList(),
                SeriesHash.of(sorted),
                codeVersion,
                LIBRARY + ", Java " + Runtime.version().feature(),
                seed,
                List.of(
                        "peaks: %d rows, %s".formatted(size.peakRows, size.peaks),
                        "cold start: %d rows, %s".formatted(size.coldStartRows, size.coldStart)),
                scores);
        return new Result(new SharedModel(Optional.of(peaks), Optional.of(coldStart)), provenance);
    }

    private PeakTrees peaks(
            List<FitSeries> others, List<FitSeries> heldOut, long seed, List<ModelProvenance.Score> scores) {
        progress.accept("peaks: reading %d series".formatted(others.size() + heldOut.size()));
        TrainingRows trained = RowSource.peaks(others, size.peakRows, seed);
        TrainingRows judged = RowSource.peaks(heldOut, size.peakRows, seed);
        TrainingRows all = trained.and(judged).sample(size.peakRows, seed);
        HeldOut scoring = new HeldOut(trained, judged);
        List<TreeEnsemble> ensembles = new ArrayList<>();
        for (double level : LEVELS) {
            progress.accept("peaks: level %s".formatted(level));
            TreeEnsemble ofOthers = Rounding.rounded(BoostedTrees.quantile(trained, level, size.peaks, seed));
            scores.add(scoring.score("lead-time demand, pinball loss at %s".formatted(level), ofOthers, level));
            ensembles.add(Rounding.rounded(BoostedTrees.quantile(all, level, size.peaks, seed)));
        }
        return new PeakTrees(LEVELS, ensembles);
    }

    private ColdStartTrees coldStart(
            List<FitSeries> others, List<FitSeries> heldOut, long seed, List<ModelProvenance.Score> scores) {
        progress.accept("cold start");
        TrainingRows trained = RowSource.coldStarts(others, size.coldStartRows, seed);
        TrainingRows judged = RowSource.coldStarts(heldOut, size.coldStartRows, seed);
        TrainingRows all = trained.and(judged).sample(size.coldStartRows, seed);
        TreeEnsemble ofOthers = Rounding.rounded(BoostedTrees.median(trained, size.coldStart, seed));
        scores.add(new HeldOut(trained, judged)
                .score("48 h forecast of a short history, pinball loss at 0.5", ofOthers, 0.5));
        return new ColdStartTrees(Rounding.rounded(BoostedTrees.median(all, size.coldStart, seed)));
    }
}
