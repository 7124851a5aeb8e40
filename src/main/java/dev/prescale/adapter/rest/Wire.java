package dev.prescale.adapter.rest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.scaling.RateReading;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How single values go out: what is not known is {@code null}, never {@code NaN} and never 0. */
final class Wire {
    private static final MathContext FIVE_DIGITS = new MathContext(5);

    private Wire() {}

    static @Nullable Double finiteOrNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** What a chart shows: more digits only make an answer longer. */
    static @Nullable Double fiveDigitsOrNull(double value) {
        return Double.isFinite(value) ? fiveDigits(value) : null;
    }

    /** @param value finite */
    static double fiveDigits(double value) {
        return new BigDecimal(value, FIVE_DIGITS).doubleValue();
    }

    static @Nullable Double rateOrNull(RateReading reading) {
        return reading instanceof RateReading.Known known ? known.value() : null;
    }

    static List<@Nullable Double> finiteOrNulls(double[] values) {
        List<@Nullable Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(finiteOrNull(value));
        }
        return list;
    }

    static List<@Nullable Double> finiteOrNulls(List<Double> values) {
        return finiteOrNulls(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return list;
    }

    /** What a load is counted in: {@code req/s} or {@code busyReplicas}. */
    static String unit(CapacityModel capacity) {
        return switch (capacity.unit()) {
            case REQUESTS -> "req/s";
            case BUSY_REPLICAS -> "busyReplicas";
        };
    }
}
