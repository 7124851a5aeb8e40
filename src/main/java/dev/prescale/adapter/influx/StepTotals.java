package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.Source;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.SampleGrid;
import dev.prescale.series.SampleKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one answer says of each tag set and step. Made anew for every attempt, so that half an answer leaves nothing
 * behind. Rows of tag sets or times that nobody asked for are passed over.
 *
 * <p>Counts and rates come added up over the series of a tag set. Increases of counters come per series, because each has
 * silences of its own, see {@link SampleGrid#ofIncreases}.
 */
final class StepTotals implements Row.Sink {
    private final Source source;
    private final SampleGrid grid;
    private final long firstSecond;
    private final int size;
    private final Map<List<String>, Map<Row.Series, Cells>> cellsByTagSet = new HashMap<>();
    private final Set<Row.Series> seen = new HashSet<>();

    /** @param grid the part of the source's grid that was asked for */
    StepTotals(SourceBatch batch, SampleGrid grid) {
        this.source = batch.source();
        this.grid = grid;
        boolean isCounter = source.kind() == SampleKind.COUNTER;
        this.firstSecond = (isCounter ? grid.counterFrom() : grid.from()).getEpochSecond();
        this.size = (isCounter ? SampleGrid.LONGEST_SILENCE_STEPS : 0) + grid.size();
        batch.tagSets().forEach(tagSet -> cellsByTagSet.put(tagSet, new HashMap<>()));
    }

    @Override
    public void add(Row row) {
        seen.add(row.series());
        Map<Row.Series, Cells> seriesOfTagSet = cellsByTagSet.get(row.tagSet());
        long index = Math.floorDiv(row.epochSecond() - firstSecond, grid.step().seconds());
        if (seriesOfTagSet != null && index >= 0 && index < size) {
            seriesOfTagSet
                    .computeIfAbsent(row.series(), series -> new Cells(size))
                    .add((int) index, row.value());
        }
    }

    /** How many series the answer had, in or out of what was asked for. */
    int series() {
        return seen.size();
    }

    /**
     * The rate of a tag set, gaps where the answer had no value. Throws {@link IllegalArgumentException} that names the
     * first value that is negative or not finite.
     */
    RateSeries rates(List<String> tagSet) {
        return grid.total(cellsByTagSet.getOrDefault(tagSet, Map.of()).values().stream()
                .map(this::rates)
                .toList());
    }

    private RateSeries rates(Cells cells) {
        for (int k = 0; k < size; k++) {
            double total = cells.totals[k];
            Require.that(
                    Double.isNaN(total) || total >= 0 && total < Double.POSITIVE_INFINITY,
                    "the value of the step %s s after %s must be finite and >= 0, was %s",
                    (firstSecond - grid.from().getEpochSecond())
                            + (long) k * grid.step().seconds(),
                    grid.from(),
                    total);
        }
        return switch (source.kind()) {
            case COUNT -> RateSeries.ofCounts(grid.from(), grid.step(), cells.totals);
            case RATE -> RateSeries.of(grid.from(), grid.step(), cells.means());
            case COUNTER -> grid.ofIncreases(cells.totals);
        };
    }

    /** Sums of one series, {@code NaN} for a step without a row. */
    private static final class Cells {
        private final double[] totals;
        private final int[] rows;

        Cells(int size) {
            totals = new double[size];
            rows = new int[size];
            Arrays.fill(totals, Double.NaN);
        }

        void add(int index, double value) {
            totals[index] = rows[index] == 0 ? value : totals[index] + value;
            rows[index]++;
        }

        double[] means() {
            double[] means = totals.clone();
            for (int k = 0; k < means.length; k++) {
                means[k] /= Math.max(rows[k], 1);
            }
            return means;
        }
    }
}
