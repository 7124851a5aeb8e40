package dev.prescale.series;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The steps {@code [from, to)} of a grid, onto which samples are placed. A step without a sample is a gap.
 *
 * <p>Samples may come in any order and late. Two samples of one series at the same instant are the same observation
 * delivered twice: the later delivery wins, for counts too, as in a time-series database.
 *
 * @param from first instant of the first step, a whole second
 * @param to first instant after the last step; {@code from} for a grid without steps
 */
public record SampleGrid(Instant from, Instant to, Step step) {
    /**
     * Two samples of a counter tell its increase when they lie at most this many steps apart. The increase is then
     * spread evenly over the steps from the one after the earlier sample to that of the later one, so that a silence
     * does not end in one huge step. After a longer silence nothing is known: the steps up to and including that of the
     * first new sample are gaps.
     */
    public static final int LONGEST_SILENCE_STEPS = 5;

    /** More than a year at a step of one minute, 57 days at 10 s. */
    public static final int MOST_STEPS = 530_000;

    public SampleGrid {
        long seconds = to.getEpochSecond() - from.getEpochSecond();
        Require.that(
                seconds >= 0 && seconds % step.seconds() == 0 && from.getNano() == 0 && to.getNano() == 0,
                "%s to %s must be whole steps of %s from a whole second on",
                from,
                to,
                step.duration());
        Require.that(
                seconds / step.seconds() <= MOST_STEPS,
                "%s to %s is more than %s steps of %s",
                from,
                to,
                MOST_STEPS,
                step);
    }

    /** Steps of the grid. */
    public int size() {
        return (int) ((to.getEpochSecond() - from.getEpochSecond()) / step.seconds());
    }

    /** From here on a counter's samples are needed to know its increase in every step of the grid. */
    public Instant counterFrom() {
        return from.minusSeconds((long) LONGEST_SILENCE_STEPS * step.seconds());
    }

    /**
     * The rate of one series.
     *
     * @param samples those in {@code [from, to)}, of a counter in {@code [counterFrom, to)}; others are ignored
     */
    public RateSeries place(SampleKind kind, Iterable<Sample> samples) {
        NavigableMap<Instant, Double> inOrder = new TreeMap<>();
        samples.forEach(sample -> inOrder.put(sample.at(), sample.value()));
        return switch (kind) {
            case COUNT -> RateSeries.ofCounts(from, step, sums(inOrder));
            case RATE -> RateSeries.of(from, step, means(inOrder));
            case COUNTER -> ofIncreases(increases(inOrder));
        };
    }

    /**
     * The rate of one counter, from its increases per step as a store may have summed them up.
     *
     * @param increases one per step from {@link #counterFrom} on: the sum over the samples in the step of how much each is
     *     above the one before it (its own value after a reset); {@code NaN} where the step has no sample
     */
    public RateSeries ofIncreases(double... increases) {
        Require.that(
                increases.length == LONGEST_SILENCE_STEPS + size(),
                "increases must be %s, were %s",
                LONGEST_SILENCE_STEPS + size(),
                increases.length);
        double[] counts = new double[increases.length];
        Arrays.fill(counts, Double.NaN);
        int sampled = -increases.length;
        for (int k = 0; k < increases.length; k++) {
            if (Double.isNaN(increases[k])) {
                continue;
            }
            int steps = k - sampled;
            if (steps <= LONGEST_SILENCE_STEPS) {
                Arrays.fill(counts, sampled + 1, k + 1, increases[k] / steps);
            }
            sampled = k;
        }
        return RateSeries.ofCounts(from, step, Arrays.copyOfRange(counts, LONGEST_SILENCE_STEPS, counts.length));
    }

    /**
     * The total rate of several series of this grid, for example of the replicas that serve an endpoint: the sum of those
     * that have a sample in a step, a gap where none has.
     */
    public RateSeries total(List<RateSeries> parts) {
        double[] total = gaps();
        for (RateSeries part : parts) {
            Require.that(
                    part.start().equals(from) && part.step().equals(step) && part.size() == size(),
                    "%s is not on the grid %s",
                    part,
                    this);
            for (int k = 0; k < total.length; k++) {
                total[k] = plus(total[k], part.rateAt(k));
            }
        }
        return RateSeries.of(from, step, total);
    }

    private double[] sums(NavigableMap<Instant, Double> samples) {
        double[] sums = gaps();
        samples.subMap(from, to).forEach((at, value) -> {
            int k = indexOf(at);
            sums[k] = plus(sums[k], value);
        });
        return sums;
    }

    private double[] means(NavigableMap<Instant, Double> samples) {
        double[] means = sums(samples);
        int[] counts = new int[means.length];
        samples.subMap(from, to).keySet().forEach(at -> counts[indexOf(at)]++);
        for (int k = 0; k < means.length; k++) {
            means[k] /= counts[k];
        }
        return means;
    }

    private double[] increases(NavigableMap<Instant, Double> samples) {
        double[] increases = new double[LONGEST_SILENCE_STEPS + size()];
        Arrays.fill(increases, Double.NaN);
        double before = Double.NaN;
        for (Map.Entry<Instant, Double> sample :
                samples.subMap(counterFrom(), to).entrySet()) {
            double value = sample.getValue();
            int k = LONGEST_SILENCE_STEPS + indexOf(sample.getKey());
            increases[k] = plus(increases[k], increase(before, value));
            before = value;
        }
        return increases;
    }

    /** A counter that fell was reset to zero in between: what it shows now has come since. */
    private static double increase(double before, double value) {
        if (Double.isNaN(before)) {
            return 0;
        }
        return value >= before ? value - before : value;
    }

    private static double plus(double sum, double value) {
        if (Double.isNaN(sum)) {
            return value;
        }
        return Double.isNaN(value) ? sum : sum + value;
    }

    private int indexOf(Instant at) {
        return (int) Math.floorDiv(at.getEpochSecond() - from.getEpochSecond(), step.seconds());
    }

    private double[] gaps() {
        double[] gaps = new double[size()];
        Arrays.fill(gaps, Double.NaN);
        return gaps;
    }
}
