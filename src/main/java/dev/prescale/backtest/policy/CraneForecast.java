package dev.prescale.backtest.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rates predicted by Crane's DSP: made anew every 12 hours from at most 14 days of history, where that is periodic; an older
 * prediction stays until its cycle is over. Immutable.
 */
final class CraneForecast implements LoadForecast {
    /** {@code predictionWindowSeconds} of the documentation's example. */
    static final Duration WINDOW = Duration.ofSeconds(3_600);

    /** How often the model is updated. */
    static final Duration REFRESH = Duration.ofHours(12);

    /** Two cycles of the longest period. */
    static final Duration HISTORY = Duration.ofDays(14);

    private final SeenLoad load;
    private final int first;
    /** Largest rate predicted from each step on within the window, req/s. */
    private final double[] peaks;

    private CraneForecast(SeenLoad load, int first, double[] peaks) {
        this.load = load;
        this.first = first;
        this.peaks = peaks;
    }

    /**
     * What is predicted from one instant to another, each time from what had ended when it was made.
     *
     * @param unit req/s that amplitudes are counted in: thresholds are in the unit of a signal, so a signal is in replicas
     */
    static CraneForecast of(SeenLoad load, double unit, Instant from, Instant to) {
        int first = load.indexOf(from);
        double[] peaks = new double[load.indexOf(to) - first + 1];
        Arrays.fill(peaks, Double.NaN);
        Prediction current = new Prediction(first, new double[0]);
        for (Instant made = from; made.isBefore(to); made = made.plus(REFRESH)) {
            Prediction anew = predict(load, unit, made);
            current = anew == null ? current : anew;
            int end = Math.min(load.indexOf(made.plus(REFRESH)), first + peaks.length);
            for (int k = load.indexOf(made); k < end; k++) {
                peaks[k - first] =
                        current.peak(k, load.indexOf(load.instantAt(k).plus(WINDOW)));
            }
        }
        return new CraneForecast(load, first, peaks);
    }

    /** Largest rate predicted for {@code [now, now + window]}, req/s; {@code NaN} where nothing is. */
    @Override
    public double rateAt(Instant now) {
        int index = load.indexOf(now) - first;
        return index < 0 || index >= peaks.length ? Double.NaN : peaks[index];
    }

    /** @param rates of the steps from {@code first} on, req/s */
    private record Prediction(int first, double[] rates) {
        /** From one step to another, both included; {@code NaN} where it has none of them. */
        double peak(int from, int to) {
            double peak = Double.NaN;
            for (int k = Math.max(from, first); k <= Math.min(to, first + rates.length - 1); k++) {
                peak = rates[k - first] <= peak ? peak : rates[k - first];
            }
            return peak;
        }
    }

    private static @Nullable Prediction predict(SeenLoad load, double unit, Instant made) {
        int last = load.newestAt(made);
        if (last < 0) {
            return null;
        }
        int perDay = load.step().perDay();
        int oldest = load.endedAt(made) - Math.toIntExact(HISTORY.toDays()) * perDay;
        double[] samples = CraneSignal.prepared(load, Math.max(0, oldest), last, unit);
        int cycle = CraneSignal.periodOf(samples, perDay);
        if (cycle == 0) {
            return null;
        }
        double[] signal = Arrays.copyOfRange(samples, samples.length % cycle, samples.length);
        double[] next = nextCycle(signal, cycle, load.step().seconds());
        return new Prediction(
                last + 1, Arrays.stream(next).map(value -> value * unit).toArray());
    }

    /** By the estimator that would have predicted the last cycle best from those before it. */
    static double[] nextCycle(double[] signal, int cycle, int stepSeconds) {
        double[] history = Arrays.copyOf(signal, signal.length - cycle);
        double[] actual = Arrays.copyOfRange(signal, signal.length - cycle, signal.length);
        var past = new Fourier(history.length);
        Fourier.Spectrum pastSpectrum = past.of(history);
        CraneEstimator best = CraneEstimator.DEFAULT.getFirst();
        double least = Double.POSITIVE_INFINITY;
        List<CraneEstimator> tried = new ArrayList<>();
        double[] expected = new double[0];
        for (CraneEstimator estimator : CraneEstimator.DEFAULT) {
            if (tried.isEmpty() || !tried.getLast().filtersLike(estimator)) {
                expected = estimator.nextCycle(past, pastSpectrum, cycle, stepSeconds);
            }
            tried.add(estimator);
            double error = estimator.error(actual, expected);
            if (error < least) {
                least = error;
                best = estimator;
            }
        }
        var whole = new Fourier(signal.length);
        double margin = best.margin();
        return Arrays.stream(best.nextCycle(whole, whole.of(signal), cycle, stepSeconds))
                .map(value -> value * (1 + margin))
                .toArray();
    }
}
