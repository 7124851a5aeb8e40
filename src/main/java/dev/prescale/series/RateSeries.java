package dev.prescale.series;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mean request rate (req/s) per step on a regular UTC grid, oldest first. Step {@code k} covers
 * {@code [start + k * step, start + (k + 1) * step)}. A step without a sample is a <em>gap</em> ({@code NaN}), never zero.
 * Immutable.
 */
public final class RateSeries {
    /** A coarser step with a smaller share of its samples than this is a gap. */
    public static final double LEAST_SHARE_PRESENT = 0.7;

    private final Instant start;
    private final Step step;
    private final PackedRates rates;

    private RateSeries(Instant start, Step step, double[] rates) {
        this(start, step, PackedRates.of(step.seconds(), rates));
    }

    private RateSeries(Instant start, Step step, PackedRates rates) {
        this.start = start;
        this.step = step;
        this.rates = rates;
    }

    /**
     * A series of the rates given, which are copied.
     *
     * @param rates req/s per step, finite and not negative, or {@code NaN} for a gap
     */
    public static RateSeries of(Instant start, Step step, double... rates) {
        double[] copy = new double[rates.length];
        for (int k = 0; k < rates.length; k++) {
            Require.that(
                    Double.isNaN(rates[k]) || (rates[k] >= 0 && rates[k] < Double.POSITIVE_INFINITY),
                    "rates[%s] must be finite and >= 0 req/s, or NaN for a gap, was %s",
                    k,
                    rates[k]);
            copy[k] = rates[k] + 0.0; // makes -0.0, which equals nothing but itself, a plain zero
        }
        return new RateSeries(start, step, copy);
    }

    /** The same series, held in as few bytes as lose nothing: for what is kept for long. */
    public RateSeries packed() {
        PackedRates packed = rates.packed();
        return packed == rates ? this : new RateSeries(start, step, packed);
    }

    /** A series of counts per step (requests in the step) turned into rates. */
    public static RateSeries ofCounts(Instant start, Step step, double... counts) {
        double[] rates = new double[counts.length];
        for (int k = 0; k < counts.length; k++) {
            rates[k] = counts[k] / step.seconds();
        }
        return of(start, step, rates);
    }

    public static RateSeries empty(Instant start, Step step) {
        return new RateSeries(start, step, new double[0]);
    }

    public Instant start() {
        return start;
    }

    /** First instant after the last step. */
    public Instant end() {
        return instantAt(size());
    }

    public Step step() {
        return step;
    }

    public int size() {
        return rates.size();
    }

    /** Rate of a step in req/s, {@code NaN} for a gap. */
    public double rateAt(int index) {
        return rates.at(index);
    }

    public boolean isGap(int index) {
        return Double.isNaN(rates.at(index));
    }

    /** Start of a step; {@code index} may lie outside of the series. */
    public Instant instantAt(int index) {
        return start.plusSeconds((long) index * step.seconds());
    }

    /** Index of the step that covers the instant; may lie outside of the series (negative before it). */
    public int indexOf(Instant instant) {
        long index = position(instant);
        Require.that(
                index == (int) index,
                "%s is more than %s steps of %s from %s",
                instant,
                Integer.MAX_VALUE,
                step.duration(),
                start);
        return (int) index;
    }

    private long position(Instant instant) {
        // not through a Duration: its milliseconds round towards zero, so a nanosecond before the start would be in
        // step 0
        long startedSecond = instant.getNano() < start.getNano() ? 1 : 0;
        return Math.floorDiv(instant.getEpochSecond() - start.getEpochSecond() - startedSecond, step.seconds());
    }

    /** A copy of the rates, {@code NaN} for gaps. */
    public double[] rates() {
        return rates.copy(0, size());
    }

    public int gaps() {
        int gaps = 0;
        for (int k = 0; k < size(); k++) {
            if (isGap(k)) {
                gaps++;
            }
        }
        return gaps;
    }

    public boolean hasSamples() {
        return lastSample() >= 0;
    }

    /** Index of the newest step that is not a gap, -1 where all are. */
    public int lastSample() {
        int index = size() - 1;
        while (index >= 0 && isGap(index)) {
            index--;
        }
        return index;
    }

    /** Steps {@code from} (inclusive) to {@code to} (exclusive). */
    public RateSeries slice(int from, int to) {
        Require.that(0 <= from && from <= to && to <= size(), "slice [%s, %s) of %s steps", from, to, size());
        return new RateSeries(instantAt(from), step, rates.slice(from, to));
    }

    /** The steps that end at or before the instant. */
    public RateSeries until(Instant instant) {
        return slice(0, Math.clamp(position(instant), 0, size()));
    }

    /** The steps that begin at or after the instant. */
    public RateSeries from(Instant instant) {
        if (!instant.isAfter(start)) {
            return this;
        }
        int begun = (int) Math.min(position(instant), size());
        int first = begun < size() && !instantAt(begun).equals(instant) ? begun + 1 : begun;
        return slice(first, size());
    }

    /**
     * This series overlaid by a newer reading of the same grid: where the newer one has a sample it wins, elsewhere this
     * one stays; steps between the two are gaps.
     */
    public RateSeries overlaidBy(RateSeries newer) {
        Require.that(newer.step.equals(step), "step must be %s, was %s", step, newer.step);
        if (newer.size() == 0) {
            return this;
        }
        if (size() == 0) {
            return newer;
        }
        int shift = indexOf(newer.start);
        Require.that(instantAt(shift).equals(newer.start), "%s is not on the grid of %s", newer.start, start);
        PackedRates appended = appended(newer, shift);
        if (appended != null) {
            return new RateSeries(start, step, appended);
        }
        int first = Math.min(0, shift);
        int last = Math.max(size(), shift + newer.size());
        double[] merged = new double[last - first];
        Arrays.fill(merged, Double.NaN);
        System.arraycopy(rates(), 0, merged, -first, size());
        for (int k = 0; k < newer.size(); k++) {
            if (!newer.isGap(k)) {
                merged[shift - first + k] = newer.rateAt(k);
            }
        }
        return new RateSeries(instantAt(first), step, merged);
    }

    /** These rates and then what is new, where that is all that the newer reading tells; else null. */
    private @Nullable PackedRates appended(RateSeries newer, int shift) {
        int known = size() - shift;
        if (shift < 0 || known < 0 || known > newer.size()) {
            return null;
        }
        for (int k = 0; k < known; k++) {
            if (!newer.isGap(k) && newer.rateAt(k) != rateAt(shift + k)) {
                return null;
            }
        }
        return rates.appended(newer.rates.copy(known, newer.size()));
    }

    /**
     * The series on a coarser grid: the mean of the samples present, a gap where fewer than {@link #LEAST_SHARE_PRESENT} of
     * them are. Coarse steps begin at whole multiples since the epoch; where this series' own steps do not, they are as far
     * off as those. A coarse step that the series does not cover to its end is left out.
     *
     * @param coarser a whole multiple of this series' step
     */
    public RateSeries regrid(Step coarser) {
        Require.that(coarser.seconds() % step.seconds() == 0, "step %s must be a whole multiple of %s", coarser, step);
        int multiple = coarser.seconds() / step.seconds();
        if (multiple == 1) {
            return this;
        }
        int absent = (int) (Math.floorMod(start.getEpochSecond(), coarser.seconds()) / step.seconds());
        double[] coarse = new double[(absent + size()) / multiple];
        for (int k = 0; k < coarse.length; k++) {
            coarse[k] = meanOfPresent(k * multiple - absent, multiple);
        }
        return new RateSeries(instantAt(-absent), coarser, coarse);
    }

    private double meanOfPresent(int from, int count) {
        double sum = 0;
        int present = 0;
        for (int k = Math.max(from, 0); k < from + count; k++) {
            if (!isGap(k)) {
                sum += rateAt(k);
                present++;
            }
        }
        return present >= LEAST_SHARE_PRESENT * count ? sum / present : Double.NaN;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RateSeries that
                && start.equals(that.start)
                && step.equals(that.step)
                && Arrays.equals(rates(), that.rates());
    }

    @Override
    public int hashCode() {
        return 31 * (31 * start.hashCode() + step.hashCode()) + Arrays.hashCode(rates());
    }

    @Override
    public String toString() {
        return "RateSeries[start=%s, step=%s, size=%d, gaps=%d]".formatted(start, step.duration(), size(), gaps());
    }
}
