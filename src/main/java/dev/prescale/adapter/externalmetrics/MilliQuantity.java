package dev.prescale.adapter.externalmetrics;

import dev.prescale.series.Require;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A number as a Kubernetes quantity: whole, or in thousandths, {@code 44500m}; never with an exponent, which some readers do not
 * take. Rounded up: a thousandth too few could take a replica away.
 */
final class MilliQuantity {
    private static final int DIGITS = 3;

    private MilliQuantity() {}

    /** @param value finite and not negative */
    static String of(double value) {
        Require.that(Double.isFinite(value) && value >= 0, "a quantity must be finite and >= 0, was %s", value);
        // the shortest text of the number, so that 8.2 is 8200m and not a thousandth more
        BigDecimal milli = BigDecimal.valueOf(value).movePointRight(DIGITS).setScale(0, RoundingMode.CEILING);
        BigDecimal whole = milli.movePointLeft(DIGITS);
        return whole.stripTrailingZeros().scale() <= 0
                ? whole.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
                : milli.toPlainString() + "m";
    }
}
