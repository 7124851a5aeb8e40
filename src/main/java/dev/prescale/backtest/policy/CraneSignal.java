package dev.prescale.backtest.policy;

import java.util.Arrays;

/**
 * What Crane makes of a history before it predicts: gaps of up to an hour filled by straight lines, everything before a longer one
 * left out, the most extreme thousandth on either side replaced by the sample before; and whether it is periodic.
 *
 * <p>A day or a week is its period where the spectrum at that period stands out of what 99 of 100 shuffles of the samples would show,
 * and the circular autocorrelation has a peak there (a line through it rises before and falls after). For a shuffle
 * {@code |X|^2 / (N variance)} is exponentially distributed and its maximum over {@code M} frequencies below
 * {@code ln M - ln(-ln 0.99)} in 99 of 100 cases, which stands in for shuffling.
 *
 * <p>Source: gocrane/crane {@code pkg/prediction/dsp/preprocessing.go}, {@code signal.go} and its page on DSP.
 */
final class CraneSignal {
    private static final int LONGEST_GAP_SECONDS = 3_600;
    private static final double OUTLIER_SHARE = 0.001;
    private static final double LOG_OF_SHUFFLES = -StrictMath.log(-StrictMath.log(0.99));

    /** How far on either side the autocorrelation must rise and fall: 4 hours, or half of the period. */
    private static final int PEAK_SECONDS = 4 * 3_600;

    private static final int PEAK_POINTS = 24;

    private CraneSignal() {}

    /**
     * The history from {@code first} to {@code last}, both samples.
     *
     * @param unit by which rates are divided
     */
    static double[] prepared(SeenLoad load, int first, int last, double unit) {
        int longestGap = LONGEST_GAP_SECONDS / load.step().seconds();
        int begin = last;
        int known = last;
        for (int k = last - 1; k >= first && known - k <= Math.max(1, longestGap); k--) {
            if (!Double.isNaN(load.rateAt(k))) {
                known = k;
                begin = k;
            }
        }
        double[] samples = new double[last - begin + 1];
        int before = begin;
        for (int k = begin; k <= last; k++) {
            if (!Double.isNaN(load.rateAt(k))) {
                fill(samples, load, begin, before, k, unit);
                before = k;
            }
        }
        replaceOutliers(samples);
        return samples;
    }

    private static void fill(double[] samples, SeenLoad load, int begin, int before, int k, double unit) {
        double from = load.rateAt(before) / unit;
        double to = load.rateAt(k) / unit;
        for (int j = before + 1; j < k; j++) {
            samples[j - begin] = from + (to - from) * (j - before) / (k - before);
        }
        samples[k - begin] = to;
    }

    private static void replaceOutliers(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double low = sorted[(int) Math.round(OUTLIER_SHARE * (sorted.length - 1))];
        double high = sorted[(int) Math.round((1 - OUTLIER_SHARE) * (sorted.length - 1))];
        for (int k = 1; k < samples.length; k++) {
            samples[k] = samples[k] > high || samples[k] < low ? samples[k - 1] : samples[k];
        }
    }

    /** The period in samples, the one with the higher autocorrelation where both are; 0 for none. */
    static int periodOf(double[] samples, int perDay) {
        double day = correlationAtPeak(samples, perDay, perDay);
        double week = correlationAtPeak(samples, 7 * perDay, perDay);
        if (day <= 0 && week <= 0) {
            return 0;
        }
        return week > day ? 7 * perDay : perDay;
    }

    /** The autocorrelation at a period, 0 where it is none. */
    private static double correlationAtPeak(double[] samples, int period, int perDay) {
        int cycles = samples.length / period;
        if (cycles < 2) {
            return 0;
        }
        double[] centered = centered(Arrays.copyOfRange(samples, samples.length - cycles * period, samples.length));
        double energy = energy(centered);
        int n = centered.length;
        // n * variance is the energy
        double threshold = energy * (StrictMath.log(n / 2.0) + LOG_OF_SHUFFLES);
        if (energy == 0 || powerAt(centered, cycles) <= threshold) {
            return 0;
        }
        int reach = Math.min((int) ((long) PEAK_SECONDS * perDay / 86_400), period / 2);
        int apart = Math.max(1, reach / PEAK_POINTS);
        boolean isPeak = slope(centered, period - reach, period, apart) > 0
                && slope(centered, period, period + reach, apart) < 0;
        return isPeak ? correlation(centered, period) / energy : 0;
    }

    private static double[] centered(double[] samples) {
        double mean = Arrays.stream(samples).average().orElse(0);
        return Arrays.stream(samples).map(sample -> sample - mean).toArray();
    }

    private static double energy(double[] centered) {
        return correlation(centered, 0);
    }

    private static double powerAt(double[] centered, int frequency) {
        double re = 0;
        double im = 0;
        for (int k = 0; k < centered.length; k++) {
            double angle = -2 * Math.PI * ((long) frequency * k % centered.length) / centered.length;
            re += centered[k] * StrictMath.cos(angle);
            im += centered[k] * StrictMath.sin(angle);
        }
        return re * re + im * im;
    }

    private static double correlation(double[] centered, int lag) {
        double sum = 0;
        int n = centered.length;
        for (int k = 0; k < n; k++) {
            int other = k + lag;
            sum += centered[k] * centered[other < n ? other : other - n];
        }
        return sum;
    }

    /** Slope of the least-squares line through the autocorrelation from one lag to another. */
    private static double slope(double[] centered, int from, int to, int apart) {
        double sumX = 0;
        double sumY = 0;
        double sumXX = 0;
        double sumXY = 0;
        int count = 0;
        for (int lag = from; lag <= to; lag += apart) {
            double x = lag - from;
            double y = correlation(centered, lag % centered.length);
            sumX += x;
            sumY += y;
            sumXX += x * x;
            sumXY += x * y;
            count++;
        }
        return (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX);
    }
}
