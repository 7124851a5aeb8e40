package dev.prescale.adapter.learning;

import dev.prescale.forecast.ColdStartTrees;
import dev.prescale.forecast.PeakTrees;
import dev.prescale.forecast.TrainingRows;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Training rows of series, each on several grids, so that a model has seen traffic as coarse as it may be asked about. */
final class RowSource {
    private static final List<Duration> WINDOWS = List.of(
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30));
    private static final List<Step> PEAK_STEPS = List.of(new Step(60), new Step(300), new Step(600));
    private static final List<Step> COLD_START_STEPS = List.of(new Step(600), new Step(1800), new Step(3600));
    /** Rows that the trees of one origin share a history in; origins are cheap and independent, so few of each. */
    private static final int ROWS_PER_ORIGIN = 12;

    /** A shared model speaks mostly for endpoints that are younger. */
    private static final int SLICE_DAYS = 10;

    private RowSource() {}

    /** About {@code most} rows for the peak, as many of each series, grid and window. */
    static TrainingRows peaks(List<FitSeries> series, int most, long seed) {
        int share = Math.max(1, most / (series.size() * PEAK_STEPS.size() * WINDOWS.size()));
        SplittableRandom random = new SplittableRandom(seed);
        @Nullable TrainingRows all = null;
        for (FitSeries one : series) {
            for (RateSeries grid : grids(one.series(), PEAK_STEPS)) {
                for (Duration window : WINDOWS) {
                    RateSeries begun = slice(grid, random);
                    TrainingRows rows = PeakTrees.trainingRows(begun, one.calendar(), window)
                            .sample(share, random.nextLong());
                    all = all == null ? rows : all.and(rows);
                }
            }
        }
        return required(all);
    }

    /** A stretch of the series as if it began there: most rows know no week before, some no day before. */
    private static RateSeries slice(RateSeries series, SplittableRandom random) {
        int length = Math.min(series.size(), SLICE_DAYS * series.step().perDay());
        int first = random.nextInt(series.size() - length + 1);
        return series.slice(first, first + length);
    }

    /** About {@code most} rows for a cold start, as many of each series and grid. */
    static TrainingRows coldStarts(List<FitSeries> series, int most, long seed) {
        @Nullable TrainingRows all = null;
        int origins = Math.max(1, most / (series.size() * COLD_START_STEPS.size() * ROWS_PER_ORIGIN));
        for (FitSeries one : series) {
            for (RateSeries grid : grids(one.series(), COLD_START_STEPS)) {
                TrainingRows rows = ColdStartTrees.trainingRows(
                        grid, one.calendar(), origins, seed + grid.step().seconds());
                all = all == null ? rows : all.and(rows);
            }
        }
        return required(all);
    }

    private static TrainingRows required(@Nullable TrainingRows rows) {
        if (rows == null || rows.size() == 0) {
            throw new IllegalArgumentException("the series are too short to learn from");
        }
        return rows;
    }

    /** The series on each of these grids that it can be brought to; as it is where all are finer. */
    private static List<RateSeries> grids(RateSeries series, List<Step> steps) {
        List<RateSeries> grids = new ArrayList<>();
        for (Step step : steps) {
            if (step.seconds() % series.step().seconds() == 0) {
                grids.add(series.regrid(step));
            }
        }
        return grids.isEmpty() ? List.of(series) : grids;
    }
}
