package dev.prescale.series;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Rates per step in as few bytes as lose nothing: whole counts per step as {@code char}, then as {@code int}, else {@code double}.
 * Traffic is counted, so most rates are a count over the length of a step; a fleet holds tens of millions of them. Immutable.
 *
 * <p>A history grows by a step at a time, so rates and what they grow to share an array: behind those of one object is room that
 * the first who appends to it takes, and nobody reads beyond its own size.
 */
final class PackedRates {
    private static final int GAP_CHAR = Character.MAX_VALUE;
    private static final int GAP_INT = -1;

    /** Room for a sixteenth more: years of history are copied some hundred times. */
    private static final int SHARE_OF_ROOM = 16;

    private static final int LEAST_ROOM = 16;

    private final int seconds;
    private final int size;
    private final double @Nullable [] doubles;
    private final char @Nullable [] chars;
    private final int @Nullable [] ints;
    /** How far the array is in use, by whoever shares it; null where there is no room in it. */
    private final @Nullable AtomicInteger used;

    private PackedRates(
            int seconds,
            int size,
            double @Nullable [] doubles,
            char @Nullable [] chars,
            int @Nullable [] ints,
            @Nullable AtomicInteger used) {
        this.seconds = seconds;
        this.size = size;
        this.doubles = doubles;
        this.chars = chars;
        this.ints = ints;
        this.used = used;
    }

    /** The rates as they are; the array is not copied. */
    static PackedRates of(int seconds, double[] rates) {
        return new PackedRates(seconds, rates.length, rates, null, null, null);
    }

    /** The same rates in the fewest bytes; the same object where nothing is gained. */
    PackedRates packed() {
        double[] rates = doubles;
        if (rates == null) {
            return this;
        }
        double largest = largestCount(rates, size);
        if (largest < GAP_CHAR) {
            char[] packed = new char[size];
            write(rates, size, packed, 0);
            return new PackedRates(seconds, size, null, packed, null, null);
        }
        if (largest <= Integer.MAX_VALUE) {
            int[] packed = new int[size];
            write(rates, size, packed, 0);
            return new PackedRates(seconds, size, null, null, packed, null);
        }
        return this;
    }

    private void write(double[] rates, int count, char[] packed, int from) {
        for (int k = 0; k < count; k++) {
            packed[from + k] = (char) (Double.isNaN(rates[k]) ? GAP_CHAR : Math.rint(rates[k] * seconds));
        }
    }

    private void write(double[] rates, int count, int[] packed, int from) {
        for (int k = 0; k < count; k++) {
            packed[from + k] = (int) (Double.isNaN(rates[k]) ? GAP_INT : Math.rint(rates[k] * seconds));
        }
    }

    /** The largest count, infinite where a rate is not exactly a count over the length of the step. */
    private double largestCount(double[] rates, int count) {
        double largest = 0;
        for (int k = 0; k < count; k++) {
            double rounded = Math.rint(rates[k] * seconds);
            if (!Double.isNaN(rates[k]) && rounded / seconds != rates[k]) {
                return Double.POSITIVE_INFINITY;
            }
            largest = rounded > largest ? rounded : largest;
        }
        return largest;
    }

    /**
     * These rates and then others, which takes a constant time per step: only now and then these are copied. Null where the others
     * cannot be held as these are.
     *
     * @param newer in req/s, {@code NaN} for a gap
     */
    @Nullable
    PackedRates appended(double[] newer) {
        double largest = doubles == null ? largestCount(newer, newer.length) : 0;
        if (chars != null ? largest >= GAP_CHAR : largest > Integer.MAX_VALUE) {
            return null;
        }
        int grown = size + newer.length;
        AtomicInteger mark = used;
        boolean fits = mark != null && grown <= capacity() && mark.compareAndSet(size, grown);
        int room = fits ? capacity() : grown + Math.max(LEAST_ROOM, grown / SHARE_OF_ROOM);
        AtomicInteger end = fits ? mark : new AtomicInteger(grown);
        if (doubles != null) {
            double[] held = fits ? doubles : Arrays.copyOf(doubles, room);
            System.arraycopy(newer, 0, held, size, newer.length);
            return new PackedRates(seconds, grown, held, null, null, end);
        }
        if (chars != null) {
            char[] held = fits ? chars : Arrays.copyOf(chars, room);
            write(newer, newer.length, held, size);
            return new PackedRates(seconds, grown, null, held, null, end);
        }
        int[] held = fits && ints != null ? ints : Arrays.copyOf(ints == null ? new int[0] : ints, room);
        write(newer, newer.length, held, size);
        return new PackedRates(seconds, grown, null, null, held, end);
    }

    private int capacity() {
        if (doubles != null) {
            return doubles.length;
        }
        return chars != null ? chars.length : ints == null ? 0 : ints.length;
    }

    int size() {
        return size;
    }

    /** Rate in req/s, {@code NaN} for a gap. */
    double at(int index) {
        Objects.checkIndex(index, size);
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
                to - from,
                doubles == null ? null : Arrays.copyOfRange(doubles, from, to),
                chars == null ? null : Arrays.copyOfRange(chars, from, to),
                ints == null ? null : Arrays.copyOfRange(ints, from, to),
                null);
    }
}
