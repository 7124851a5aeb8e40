package dev.prescale.adapter.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Where an axis of values from 0 ends, and how its lines are labelled. */
final class ValueAxis {
    private static final double[] ROUND = {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10};

    private ValueAxis() {}

    /** The next round number, so that a quarter of it is round too. */
    static double roundedUp(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (double factor : ROUND) {
            if (factor * unit >= value) {
                return factor * unit;
            }
        }
        return 10 * unit;
    }

    static String label(double value) {
        return new BigDecimal(value, new MathContext(3)).stripTrailingZeros().toPlainString();
    }
}
