package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.Source;
import dev.prescale.adapter.influx.SourceBatch.TimeRange;
import dev.prescale.series.SampleKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one answer says of each tag set and step. Made anew for every attempt, so that half an answer leaves nothing
 * behind. Rows of tag sets or times that nobody asked for are passed over.
 */
final class StepTotals implements Row.Sink {
    private final Source source;
    private final long fromSecond;
    private final int steps;
    private final Map<List<String>, Cells> cellsByTagSet = new HashMap<>();
    private int series;
    private int dropped;

    StepTotals(SourceBatch batch, TimeRange range) {
        this.source = batch.source();
        this.fromSecond = range.from().getEpochSecond();
        this.steps = Math.toIntExact((range.to().getEpochSecond() - fromSecond)
                / source.step().seconds());
        batch.tagSets().forEach(tagSet -> cellsByTagSet.put(tagSet, new Cells(steps)));
    }

    @Override
    public void beginSeries() {
        series++;
    }

    @Override
    public void add(Row row) {
        Cells cells = cellsByTagSet.get(row.tagSet());
        long index = Math.floorDiv(row.epochSecond() - fromSecond, source.step().seconds());
        if (cells == null || index < 0 || index >= steps) {
            return;
        }
        if (isRate(row.total())) {
            cells.totals[(int) index] += row.total();
            cells.samples[(int) index] += row.samples();
        } else {
            dropped++;
        }
    }

    private static boolean isRate(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }

    /** How many series the answer had. */
    int series() {
        return series;
    }

    /** How many negative or non-finite values were passed over. */
    int dropped() {
        return dropped;
    }

    int steps() {
        return steps;
    }

    /** Rates of a tag set in req/s, {@code NaN} where the answer had no value. */
    double[] rates(List<String> tagSet) {
        Cells cells = cellsByTagSet.get(tagSet);
        double[] rates = new double[steps];
        Arrays.fill(rates, Double.NaN);
        for (int k = 0; cells != null && k < steps; k++) {
            if (cells.samples[k] > 0) {
                rates[k] = source.kind() == SampleKind.RATE
                        ? cells.totals[k] / cells.samples[k]
                        : cells.totals[k] / source.step().seconds();
            }
        }
        return rates;
    }

    private static final class Cells {
        private final double[] totals;
        private final double[] samples;

        Cells(int steps) {
            totals = new double[steps];
            samples = new double[steps];
        }
    }
}
