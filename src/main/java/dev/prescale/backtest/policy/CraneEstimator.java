package dev.prescale.backtest.policy;

import java.util.Arrays;
import java.util.List;

/**
 * Crane's FFT estimator: the last cycle of the history without its weak high frequencies is the next cycle, with a margin on top.
 * Weak is what is below the amplitude threshold and not among the strongest components, high what is faster than an hour. Both halves
 * of the spectrum are filtered by their own frequency, as Crane does it: a weak slow component is halved, for its mirror image counts
 * as fast.
 *
 * <p>Source: gocrane/crane {@code pkg/prediction/dsp/estimators.go}, {@code config.go}, {@code pkg/prediction/accuracy}.
 *
 * @param leastItems components that are kept however weak they are
 * @param lowAmplitude in the unit of the signal
 * @param margin added to what is expected, as a fraction of it
 */
record CraneEstimator(int leastItems, double lowAmplitude, double margin) {
    /** {@code defaultEstimators}: the one with the smallest error on the last cycle is used. */
    static final List<CraneEstimator> DEFAULT = List.of(
            new CraneEstimator(3, 1.0, 0.01),
            new CraneEstimator(3, 1.0, 0.10),
            new CraneEstimator(3, 1.0, 0.15),
            new CraneEstimator(3, 1.0, 0.20),
            new CraneEstimator(50, 0.05, 0.01),
            new CraneEstimator(50, 0.05, 0.10),
            new CraneEstimator(50, 0.05, 0.15),
            new CraneEstimator(50, 0.05, 0.20));

    private static final int MOST_ITEMS = 100;
    private static final double HIGH_FREQUENCY = 1.0 / 3_600;
    private static final double LEAST_VALUE = 0.01;
    private static final double TOO_CLOSE_TO_ZERO = 1e-3;

    boolean filtersLike(CraneEstimator other) {
        return leastItems == other.leastItems && lowAmplitude == other.lowAmplitude;
    }

    /**
     * The next cycle before the margin.
     *
     * @param spectrum of a whole number of cycles
     */
    double[] nextCycle(Fourier fourier, Fourier.Spectrum spectrum, int cycle, int stepSeconds) {
        int n = spectrum.re().length;
        double weak = weakBelow(spectrum);
        var kept = new Fourier.Spectrum(spectrum.re().clone(), spectrum.im().clone());
        for (int k = 0; k < n; k++) {
            double frequency = (double) k / n / stepSeconds;
            if (frequency > HIGH_FREQUENCY && spectrum.amplitude(k) < weak) {
                kept.re()[k] = 0;
                kept.im()[k] = 0;
            }
        }
        double[] signal = fourier.signalOf(kept);
        double[] next = Arrays.copyOfRange(signal, n - cycle, n);
        return Arrays.stream(next)
                .map(value -> value <= 0 ? LEAST_VALUE : value)
                .toArray();
    }

    private double weakBelow(Fourier.Spectrum spectrum) {
        int half = spectrum.re().length / 2;
        double[] ascending = new double[Math.max(0, half - 1)];
        for (int k = 1; k < half; k++) {
            ascending[k - 1] = spectrum.amplitude(k);
        }
        Arrays.sort(ascending);
        int count = ascending.length;
        if (count == 0) {
            return lowAmplitude;
        }
        double threshold = Math.max(lowAmplitude, ascending[count - Math.min(count, MOST_ITEMS)]);
        return count >= leastItems ? Math.min(threshold, ascending[count - leastItems]) : threshold;
    }

    /** Mean absolute percentage error in which too little counts for more; the mean absolute error where there is none of it. */
    double error(double[] actual, double[] expected) {
        double relative = 0;
        double absolute = 0;
        boolean isRelative = true;
        for (int k = 0; k < actual.length; k++) {
            double over = expected[k] * (1 + margin) - actual[k];
            absolute += Math.abs(over);
            isRelative &= actual[k] >= TOO_CLOSE_TO_ZERO;
            relative += over >= 0 ? over / actual[k] : -StrictMath.log(1 + over / actual[k]) / StrictMath.log(1.25);
        }
        return (isRelative ? relative : absolute) / actual.length;
    }
}
