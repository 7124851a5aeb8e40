package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * What the columns of a model's rows are. A model fits only the features it was trained on, so a file of another set is
 * refused.
 *
 * @param count number of features
 * @param fingerprint checksum of the features of a made-up history: it changes where a feature changes its meaning
 */
public record FeatureSet(String name, int count, String fingerprint) {
    private static final int DAYS = 9;

    static FeatureSet of(String name, int count, Function<RateSeries, double[]> features) {
        CRC32 checksum = new CRC32();
        for (double value : features.apply(madeUp())) {
            // to four digits: other machines may round a logarithm otherwise
            long rounded = Math.round(value * 10_000);
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                checksum.update((int) (rounded >>> shift) & 0xff);
            }
        }
        return new FeatureSet(name, count, "%08x".formatted(checksum.getValue()));
    }

    /** A wave per day at 10 minutes, weekends lower, with something else in every step. */
    private static RateSeries madeUp() {
        Step step = new Step(600);
        double[] rates = new double[DAYS * step.perDay() + 37];
        for (int t = 0; t < rates.length; t++) {
            double wave = 2 + StrictMath.sin(2 * Math.PI * t / step.perDay());
            int day = t / step.perDay();
            rates[t] = wave * (day % 7 >= 5 ? 7 : 10) + t * 7919 % 13;
        }
        return RateSeries.of(Instant.parse("2024-01-01T00:00:00Z"), step, rates);
    }
}
