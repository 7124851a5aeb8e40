package dev.prescale.adapter.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers that are drawn need no more digits than a screen shows. */
final class Rounding {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Rounding() {}

    static double toFourDigits(double value) {
        return new BigDecimal(value).round(FOUR_DIGITS).doubleValue();
    }
}
