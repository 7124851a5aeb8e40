package dev.prescale.backtest.policy;

/**
 * Discrete Fourier transform of any length, fast where the length has small prime factors, such as days of minutes:
 *
 * <pre>
 *   X[k] = sum over n of x[n] exp(-2 pi i k n / N)
 * </pre>
 *
 * by decimation in time with mixed radices (Cooley and Tukey 1965). Angles by StrictMath, so that every JVM gives the same.
 */
final class Fourier {
    private final int length;
    private final double[] cos;
    private final double[] sin;

    Fourier(int length) {
        this.length = length;
        this.cos = new double[length];
        this.sin = new double[length];
        for (int k = 0; k < length; k++) {
            double angle = -2 * Math.PI * k / length;
            cos[k] = StrictMath.cos(angle);
            sin[k] = StrictMath.sin(angle);
        }
    }

    /** A complex number per frequency. */
    record Spectrum(double[] re, double[] im) {
        double amplitude(int k) {
            return Math.sqrt(re[k] * re[k] + im[k] * im[k]) / re.length;
        }
    }

    Spectrum of(double[] signal) {
        return transform(signal, new double[length]);
    }

    /** The real part of the signal that has a spectrum: the transform of its conjugate, over the length. */
    double[] signalOf(Spectrum spectrum) {
        double[] conjugate = new double[length];
        for (int k = 0; k < length; k++) {
            conjugate[k] = -spectrum.im()[k];
        }
        double[] signal = transform(spectrum.re(), conjugate).re();
        for (int k = 0; k < length; k++) {
            signal[k] /= length;
        }
        return signal;
    }

    private Spectrum transform(double[] re, double[] im) {
        var result = new Spectrum(new double[length], new double[length]);
        transform(re, im, 0, 1, length, result, 0);
        return result;
    }

    /** Of every {@code stride}-th number from {@code from}, {@code count} of them, written from {@code at} on. */
    private void transform(double[] re, double[] im, int from, int stride, int count, Spectrum result, int at) {
        if (count == 1) {
            result.re()[at] = re[from];
            result.im()[at] = im[from];
            return;
        }
        int radix = leastFactor(count);
        int part = count / radix;
        for (int r = 0; r < radix; r++) {
            transform(re, im, from + r * stride, stride * radix, part, result, at + r * part);
        }
        combine(radix, part, result, at);
    }

    private void combine(int radix, int part, Spectrum result, int at) {
        double[] re = new double[radix];
        double[] im = new double[radix];
        int turn = length / (radix * part);
        for (int k = 0; k < part; k++) {
            for (int r = 0; r < radix; r++) {
                int index = at + r * part + k;
                int angle = r * k * turn;
                double a = result.re()[index];
                double b = result.im()[index];
                re[r] = a * cos[angle] - b * sin[angle];
                im[r] = a * sin[angle] + b * cos[angle];
            }
            for (int q = 0; q < radix; q++) {
                double sumRe = re[0];
                double sumIm = im[0];
                for (int r = 1; r < radix; r++) {
                    int angle = r * q % radix * (length / radix);
                    sumRe += re[r] * cos[angle] - im[r] * sin[angle];
                    sumIm += re[r] * sin[angle] + im[r] * cos[angle];
                }
                result.re()[at + q * part + k] = sumRe;
                result.im()[at + q * part + k] = sumIm;
            }
        }
    }

    private static int leastFactor(int number) {
        for (int factor = 2; factor * factor <= number; factor++) {
            if (number % factor == 0) {
                return factor;
            }
        }
        return number;
    }
}
