package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The newest rates of a series in flat arrays, with sums at every sixteenth, so that the mean of any stretch costs two look-ups
 * and a few additions: a fleet holds thousands of these. Appending is O(1) and allocates nothing: when the arrays are full the
 * oldest rates go, and the sums begin anew. Steps keep their numbers.
 */
final class RecentRates {
    static final int NONE = Integer.MIN_VALUE;

    private static final int BLOCK = 16;

    private final int kept;
    private final double[] rates;
    /** Sums and numbers before each step instead of each block, where nothing is appended any more and means are asked for often. */
    private double @Nullable [] sums;

    private int @Nullable [] counts;
    /** Sum and number of known rates before each block. */
    private final double[] sumBefore;

    private final int[] countBefore;
    /** Number of the step at position 0. */
    private int first;

    private int count;
    private int newestKnown = NONE;

    /**
     * @param kept steps that stay available
     * @param slack steps more that fit in before the oldest go
     */
    RecentRates(int kept, int slack, int first) {
        this.kept = kept;
        this.rates = new double[kept + slack];
        this.sumBefore = new double[(kept + slack) / BLOCK + 1];
        this.countBefore = new int[(kept + slack) / BLOCK + 1];
        this.first = first;
    }

    /** All rates of a history, numbered as there; for the time of a fit, so that sums of every step find room. */
    static RecentRates of(LearningHistory history) {
        RecentRates recent = new RecentRates(history.size(), 0, 0);
        for (int t = 0; t < history.size(); t++) {
            recent.append(history.rate(t));
        }
        recent.sumEveryStep();
        return recent;
    }

    /** The same numbers as without, in the same order of additions. */
    private void sumEveryStep() {
        double[] sumOfEach = new double[count + 1];
        int[] countOfEach = new int[count + 1];
        double sum = 0;
        int known = 0;
        for (int k = 0; k <= count; k++) {
            int block = k / BLOCK;
            if (k % BLOCK == 0) {
                sum = 0;
                known = 0;
            }
            sumOfEach[k] = sumBefore[block] + sum;
            countOfEach[k] = countBefore[block] + known;
            if (k < count && !Double.isNaN(rates[k])) {
                sum += rates[k];
                known++;
            }
        }
        sums = sumOfEach;
        counts = countOfEach;
    }

    /** @param rate req/s, {@code NaN} for a gap */
    void append(double rate) {
        sums = null;
        counts = null;
        if (count == rates.length) {
            dropOldest();
        }
        rates[count] = rate;
        count++;
        closeBlock();
        if (!Double.isNaN(rate)) {
            newestKnown = end() - 1;
        }
    }

    /** Begins anew with the step of this number. */
    void clear(int newFirst) {
        first = newFirst;
        count = 0;
        sums = null;
        counts = null;
        newestKnown = NONE;
    }

    private void dropOldest() {
        int dropped = count - kept + 1;
        System.arraycopy(rates, dropped, rates, 0, count - dropped);
        first += dropped;
        int left = count - dropped;
        for (count = BLOCK; count <= left; count += BLOCK) {
            closeBlock();
        }
        count = left;
    }

    /** Where the newest rate is the last of its block, sums up to the next one. */
    private void closeBlock() {
        if (count % BLOCK == 0) {
            int block = count / BLOCK;
            sumBefore[block] = sumBefore[block - 1] + sumOf(count - BLOCK, count);
            countBefore[block] = countBefore[block - 1] + knownOf(count - BLOCK, count);
        }
    }

    private double sumOf(int begin, int end) {
        double sum = 0;
        for (int k = begin; k < end; k++) {
            sum += Double.isNaN(rates[k]) ? 0 : rates[k];
        }
        return sum;
    }

    private int knownOf(int begin, int end) {
        int known = 0;
        for (int k = begin; k < end; k++) {
            known += Double.isNaN(rates[k]) ? 0 : 1;
        }
        return known;
    }

    private int knownBefore(int position) {
        if (counts != null) {
            return counts[position];
        }
        int block = position / BLOCK;
        return countBefore[block] + knownOf(block * BLOCK, position);
    }

    private double sumUpTo(int position) {
        if (sums != null) {
            return sums[position];
        }
        int block = position / BLOCK;
        return sumBefore[block] + sumOf(block * BLOCK, position);
    }

    /** Number of the oldest step that is still known. */
    int first() {
        return first;
    }

    /** Number of the step after the newest. */
    int end() {
        return first + count;
    }

    double rate(int t) {
        return rates[t - first];
    }

    /** The newest step before {@code end} that is not a gap, {@link #NONE} where there is none. */
    int newestKnownBefore(int end) {
        int t = Math.min(end - 1, newestKnown);
        while (t >= first && Double.isNaN(rates[t - first])) {
            t--;
        }
        return t >= first ? t : NONE;
    }

    /** Known rates among the steps {@code [from, to)}. */
    int known(int from, int to) {
        int begin = Math.max(0, from - first);
        int end = Math.max(begin, to - first);
        return knownBefore(end) - knownBefore(begin);
    }

    /** Mean of the known rates of the steps {@code [from, to)}, {@code NaN} without one. */
    double mean(int from, int to) {
        int begin = Math.max(0, from - first);
        int end = Math.max(begin, to - first);
        int known = knownBefore(end) - knownBefore(begin);
        return known > 0 ? Math.max(0, (sumUpTo(end) - sumUpTo(begin)) / known) : Double.NaN;
    }

    /** Largest known rate of the steps {@code [from, to)}, {@code NaN} without one. */
    double largest(int from, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = Math.max(0, from - first); k < to - first; k++) {
            largest = rates[k] > largest ? rates[k] : largest;
        }
        return largest == Double.NEGATIVE_INFINITY ? Double.NaN : largest;
    }

    /** Standard deviation of the known rates of the steps {@code [from, to)}, {@code NaN} below two. */
    double deviation(int from, int to) {
        int known = known(from, to);
        if (known < 2) {
            return Double.NaN;
        }
        double mean = mean(from, to);
        double squares = 0;
        for (int k = Math.max(0, from - first); k < to - first; k++) {
            double residual = rates[k] - mean;
            squares += Double.isNaN(residual) ? 0 : residual * residual;
        }
        return Math.sqrt(squares / (known - 1));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(kept);
        out.writeInt(rates.length - kept);
        out.writeInt(first);
        DoubleArrays.write(rates, count, out);
    }

    static RecentRates readFrom(DataInput in) throws IOException {
        RecentRates read = new RecentRates(in.readInt(), in.readInt(), in.readInt());
        for (double rate : DoubleArrays.readDoubles(in)) {
            read.append(rate);
        }
        return read;
    }
}
