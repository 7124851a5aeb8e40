package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;

/**
 * A series on a finer grid than its values are known at: each is held for {@code count} steps, beginning {@code phase} steps
 * after a whole multiple since the epoch. The first step of such a block tells the whole of it.
 *
 * @param count steps that a value is held for
 * @param phase from 0 to {@code count - 1}
 */
record HeldSteps(Step step, int count, int phase) {
    private static final int[] COUNTS = {60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2};
    private static final int FEWEST_CHANGES = 50;
    private static final int DAYS_LOOKED_AT = 14;
    private static final int LONGEST_SECONDS = 3600;

    /** How the values of a series are held; {@code count} is 1 where they are not. */
    static HeldSteps of(RateSeries series) {
        Step step = series.step();
        for (int count : COUNTS) {
            int seconds = count * step.seconds();
            if (seconds <= LONGEST_SECONDS && Step.SECONDS_PER_DAY % seconds == 0) {
                int phase = commonPhase(series, count);
                if (phase >= 0) {
                    return new HeldSteps(step, count, phase);
                }
            }
        }
        return new HeldSteps(step, 1, 0);
    }

    /** The phase at which all changes of the series are, -1 where they have several or are too few to tell. */
    private static int commonPhase(RateSeries series, int count) {
        int number = StepNumbers.of(series.start(), series.step());
        int first = Math.max(1, series.size() - DAYS_LOOKED_AT * series.step().perDay());
        int phase = -1;
        int changes = 0;
        for (int t = first; t < series.size(); t++) {
            double difference = series.rateAt(t) - series.rateAt(t - 1);
            if (difference != 0 && !Double.isNaN(difference)) {
                int at = Math.floorMod(number + t, count);
                if (phase >= 0 && at != phase) {
                    return -1;
                }
                phase = at;
                changes++;
            }
        }
        return changes >= FEWEST_CHANGES ? phase : -1;
    }

    /** The grid of the blocks. */
    Step block() {
        return new Step(count * step.seconds());
    }

    /** Steps that the present block has got at the end of the series; 0 between two blocks. */
    int into(RateSeries series) {
        return Math.floorMod(end(series) - phase, count);
    }

    /** Number of the block after those of the series, that of its last step among them. */
    int endBlock(RateSeries series) {
        return Math.floorDiv(end(series) - phase + count - 1, count);
    }

    /** The newest blocks of a series, at most so many, that of its last step as if it were over. */
    RateSeries blocks(RateSeries series, int most) {
        int into = into(series);
        int end = into == 0 ? series.size() : series.size() - into + count;
        double[] rates = new double[Math.clamp(Math.ceilDiv(end, count), 0, most)];
        for (int k = 0; k < rates.length; k++) {
            int from = end - (rates.length - k) * count;
            rates[k] = mean(series, Math.max(0, from), Math.min(series.size(), from + count));
        }
        return RateSeries.of(series.instantAt(end - rates.length * count), block(), rates);
    }

    /** Mean of the known rates, exactly their value where it is one. */
    private static double mean(RateSeries series, int from, int to) {
        double base = Double.NaN;
        double above = 0;
        int known = 0;
        for (int t = from; t < to; t++) {
            if (!series.isGap(t)) {
                base = known == 0 ? series.rateAt(t) : base;
                above += series.rateAt(t) - base;
                known++;
            }
        }
        return known == 0 ? Double.NaN : Math.max(0, base + above / known);
    }

    private int end(RateSeries series) {
        return StepNumbers.of(series.start(), step) + series.size();
    }
}
