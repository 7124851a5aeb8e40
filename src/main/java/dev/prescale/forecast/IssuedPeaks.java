package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What each candidate issued for the coming peak, and what became of it, in flat arrays: the errors of the last days (realized
 * log ratio less predicted one), their quantiles, which are added to the next predictions, and the rolling pinball loss in req/s
 * of what was issued with them. A window without enough samples, or in an incident, is forgotten.
 */
final class IssuedPeaks {
    private static final double LOSS_MEMORY_HOURS = 24;
    private static final int CALIBRATION_DAYS = 5;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int FEWEST_OF_LAST_DAY = 20;
    /** Of the logarithm of the demand. */
    private static final double LARGEST_RECENT_SHIFT = 0.15;

    /** Fewer errors leave the calibration as it is. */
    static final int FEWEST_ERRORS = 8;

    private final PeakCandidates candidates;
    private final PeakSpan span;
    /** Steps from one remembered prediction to the next. */
    private final int stride;

    private final int calibrationSteps;
    private final double kept;
    /** Waiting for their window to pass: [position][candidate and level]. */
    private final double[][] openLogRatios;

    private final double[][] openRates;
    private final double[] openLevels;
    private final int[] openSteps;
    private int openFirst;
    private int openCount;
    /** [candidate and level][position]; the positions are those of a ring. Single precision: a fleet holds millions. */
    private final float[][] errors;

    private final int[] errorSteps;
    private int errorNext;
    private int errorCount;
    private final double[] shifts;
    private final double[] losses;
    private double lossWeight;

    IssuedPeaks(PeakCandidates candidates, PeakSpan span, int stride, int stepSeconds) {
        this.candidates = candidates;
        this.span = span;
        this.stride = stride;
        this.calibrationSteps = CALIBRATION_DAYS * SECONDS_PER_DAY / stepSeconds;
        this.kept = Math.exp(-stride * stepSeconds / (3600 * LOSS_MEMORY_HOURS));
        int series = candidates.size() * candidates.levels().size();
        int open = span.end() / stride + 2;
        this.openLogRatios = new double[open][series];
        this.openRates = new double[open][series];
        this.openLevels = new double[open];
        this.openSteps = new int[open];
        int most = calibrationSteps / stride;
        this.errors = new float[series][];
        for (int s = 0; s < series; s++) {
            errors[s] = candidates.isRepeated(s) ? errors[s - 1] : new float[most];
        }
        this.errorSteps = new int[most];
        this.shifts = new double[series];
        this.losses = new double[series];
    }

    /** Adds an error that is known already, as at a fit. */
    void learn(int step, double target, double[] logRatios) {
        for (int s = 0; s < errors.length; s++) {
            errors[s][errorNext] = (float) (target - logRatios[s]);
        }
        errorSteps[errorNext] = step;
        errorNext = (errorNext + 1) % errorSteps.length;
        errorCount = Math.min(errorCount + 1, errorSteps.length);
    }

    boolean isDue(int step) {
        return step % stride == 0;
    }

    /** Remembers what is issued at a step. */
    void issue(int step, double level, double[] logRatios, double[] rates) {
        int k = (openFirst + openCount) % openSteps.length;
        System.arraycopy(logRatios, 0, openLogRatios[k], 0, logRatios.length);
        System.arraycopy(rates, 0, openRates[k], 0, rates.length);
        openLevels[k] = level;
        openSteps[k] = step;
        openCount++;
    }

    /** Learns from the predictions whose window has passed. */
    void settle(PeakFeatures features, int end, IncidentWatch watch) {
        while (openCount > 0 && openSteps[openFirst] + span.end() <= end) {
            int k = openFirst;
            openFirst = (openFirst + 1) % openSteps.length;
            openCount--;
            double peak = features.peak(openSteps[k]);
            if (!Double.isNaN(peak) && !watch.covers(openSteps[k])) {
                learn(openSteps[k], PeakSample.target(features, peak, openLevels[k]), openLogRatios[k]);
                judge(peak, openRates[k]);
            }
        }
    }

    /** Adds the losses of rates that were issued for a peak. */
    void judge(double peak, double[] rates) {
        lossWeight = kept * lossWeight + 1;
        for (int s = 0; s < losses.length; s++) {
            double tau = candidates.levels().get(s % candidates.levels().size());
            double over = peak - rates[s];
            losses[s] += (Math.max(tau * over, (tau - 1) * over) - losses[s]) / lossWeight;
        }
    }

    /**
     * Judges what the newest errors learned would have lost with the present shifts.
     *
     * @param targets of the rows learned, which are the newest of these
     * @param levels likewise
     * @param count of rows
     */
    void judgeLearned(PeakFeatures features, double[] targets, double[] levels, int count) {
        double[] rates = new double[errors.length];
        for (int k = 0; k < errorCount; k++) {
            int row = count - errorCount + k;
            int position = (oldest() + k) % errorSteps.length;
            for (int s = 0; s < rates.length; s++) {
                rates[s] = features.fromLogRatio(targets[row] - errors[s][position] + shifts[s], levels[row]);
            }
            judge(features.fromLogRatio(targets[row], levels[row]), rates);
        }
    }

    /** Whether this is a record of the same windows. */
    boolean isLike(PeakSpan otherSpan, int otherStride) {
        return span.equals(otherSpan) && stride == otherStride;
    }

    /** Forgets the errors of predictions that were issued from this step on. */
    void forgetFrom(int step) {
        while (errorCount > 0 && errorSteps[Math.floorMod(errorNext - 1, errorSteps.length)] >= step) {
            errorNext = Math.floorMod(errorNext - 1, errorSteps.length);
            errorCount--;
        }
    }

    /**
     * Makes the shifts anew from the errors of the last days before the step: their quantile, and half of what the quantile of the
     * last day alone is above it, so that a change shows within hours. A day that was quieter lowers nothing.
     */
    void renew(int step) {
        while (errorCount > 0 && errorSteps[oldest()] < step - calibrationSteps) {
            errorCount--;
        }
        if (errorCount < FEWEST_ERRORS) {
            return;
        }
        int ofLastDay = 0;
        while (ofLastDay < errorCount && errorSteps[newest(ofLastDay)] >= step - calibrationSteps / CALIBRATION_DAYS) {
            ofLastDay++;
        }
        double[] sorted = new double[errorCount];
        for (int s = 0; s < errors.length; s++) {
            double usual = quantile(s, errorCount, sorted);
            double above = ofLastDay < FEWEST_OF_LAST_DAY ? 0 : quantile(s, ofLastDay, sorted) - usual;
            shifts[s] = usual + Math.clamp(above / 2, 0, LARGEST_RECENT_SHIFT);
        }
    }

    /** The quantile of the newest errors of a series, at its level. */
    private double quantile(int series, int count, double[] sorted) {
        for (int k = 0; k < count; k++) {
            sorted[k] = errors[series][newest(k)];
        }
        Arrays.sort(sorted, 0, count);
        QuantileLevels levels = candidates.levels();
        return Quantiles.ofSorted(sorted, count, levels.get(series % levels.size()));
    }

    /** Position of the newest error but {@code back}. */
    private int newest(int back) {
        return Math.floorMod(errorNext - 1 - back, errorSteps.length);
    }

    private int oldest() {
        return Math.floorMod(errorNext - errorCount, errorSteps.length);
    }

    int errorCount() {
        return errorCount;
    }

    /** The quantile of the errors of a candidate and level. */
    double shift(int series) {
        return shifts[series];
    }

    /** Rolling mean pinball loss (req/s) of a candidate and level. */
    double loss(int series) {
        return losses[series];
    }

    boolean isJudged() {
        return lossWeight > 0;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(openFirst);
        out.writeInt(openCount);
        for (int k = 0; k < openSteps.length; k++) {
            DoubleArrays.write(openLogRatios[k], openLogRatios[k].length, out);
            DoubleArrays.write(openRates[k], openRates[k].length, out);
        }
        DoubleArrays.write(openLevels, openLevels.length, out);
        DoubleArrays.write(openSteps, out);
        out.writeInt(errorNext);
        out.writeInt(errorCount);
        for (int s = 0; s < errors.length; s++) {
            if (!candidates.isRepeated(s)) {
                DoubleArrays.write(errors[s], out);
            }
        }
        DoubleArrays.write(errorSteps, out);
        DoubleArrays.write(shifts, shifts.length, out);
        DoubleArrays.write(losses, losses.length, out);
        out.writeDouble(lossWeight);
    }

    void read(DataInput in) throws IOException {
        openFirst = in.readInt();
        openCount = in.readInt();
        for (int k = 0; k < openSteps.length; k++) {
            DoubleArrays.read(openLogRatios[k], in);
            DoubleArrays.read(openRates[k], in);
        }
        DoubleArrays.read(openLevels, in);
        DoubleArrays.read(openSteps, in);
        errorNext = in.readInt();
        errorCount = in.readInt();
        for (int s = 0; s < errors.length; s++) {
            if (!candidates.isRepeated(s)) {
                DoubleArrays.read(errors[s], in);
            }
        }
        DoubleArrays.read(errorSteps, in);
        DoubleArrays.read(shifts, in);
        DoubleArrays.read(losses, in);
        lossWeight = in.readDouble();
    }

    int stride() {
        return stride;
    }
}
