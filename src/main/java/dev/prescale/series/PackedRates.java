package dev.prescale.series;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rates per step in as few bytes as lose nothing: whole counts per step as {@code char}, then as {@code int}, else {@code double}.
 * Traffic is counted, so most rates are a count over the length of a step; a fleet holds tens of millions of them. Immutable.
 */
final class PackedRates {
    private static final int GAP_CHAR = Character.MAX_VALUE;
    private static final int GAP_INT = -1;

    private final int seconds;
    private final double @Nullable [] doubles;
    private final char @Nullable [] chars;
    private final int @Nullable [] ints;

    private PackedRates(int seconds, double @Nullable [] doubles, char @Nullable [] chars, int @Nullable [] ints) {
        this.seconds = seconds;
        this.doubles = doubles;
        this.chars = chars;
        this.ints = ints;
    }

    /** The rates as they are; the array is not copied. */
    static PackedRates of(int seconds, double[] rates) {
        return new PackedRates(seconds, rates, null, null);
    }

    /** The same rates in the fewest bytes; the same object where nothing is gained. */
    PackedRates packed() {
        double[] rates = doubles;
        if (rates == null) {
            return this;
        }
        double largest = largestCount(rates);
        if (largest < GAP_CHAR) {
            char[] packed = new char[rates.length];
            for (int k = 0; k < packed.length; k++) {
                packed[k] = (char) (Double.isNaN(rates[k]) ? GAP_CHAR : Math.rint(rates[k] * seconds));
            }
            return new PackedRates(seconds, null, packed, null);
        }
        if (largest <= Integer.MAX_VALUE) {
            int[] packed = new int[rates.length];
            for (int k = 0; k < packed.length; k++) {
                packed[k] = (int) (Double.isNaN(rates[k]) ? GAP_INT : Math.rint(rates[k] * seconds));
            }
            return new PackedRates(seconds, null, null, packed);
        }
        return this;
    }

    /** The largest count, infinite where a rate is not exactly a count over the length of the step. */
    private double largestCount(double[] rates) {
        double largest = 0;
        for (double rate : rates) {
            double count = Math.rint(rate * seconds);
            if (!Double.isNaN(rate) && count / seconds != rate) {
                return Double.POSITIVE_INFINITY;
            }
            largest = count > largest ? count : largest;
        }
        return largest;
    }

    int size() {
        if (doubles != null) {
            return doubles.length;
        }
        return chars != null ? chars.length : ints == null ? 0 : ints.length;
    }

    /** Rate in req/s, {@code NaN} for a gap. */
    double at(int index) {
        if (doubles != null) {
            return doubles[index];
        }
        if (chars != null) {
            return chars[index] == GAP_CHAR ? Double.NaN : chars[index] / (double) seconds;
        }
        int count = ints == null ? GAP_INT : ints[index];
        return count == GAP_INT ? Double.NaN : count / (double) seconds;
    }

    /** A copy of the rates {@code [from, to)}. */
    double[] copy(int from, int to) {
        if (doubles != null) {
            return Arrays.copyOfRange(doubles, from, to);
        }
        double[] copy = new double[to - from];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = at(from + k);
        }
        return copy;
    }

    /** The rates {@code [from, to)}, packed as these are. */
    PackedRates slice(int from, int to) {
        return new PackedRates(
                seconds,
                doubles == null ? null : Arrays.copyOfRange(doubles, from, to),
                chars == null ? null : Arrays.copyOfRange(chars, from, to),
                ints == null ? null : Arrays.copyOfRange(ints, from, to));
    }
}
