package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.Step;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A count forecast for traffic that is mostly absent or tiny, where seasons of a logarithm mean nothing. Per step, with all
 * counts forgotten exponentially (14 days):
 *
 * <pre>
 *   P(any)   = q + (now - q) rho^h    q: share of active steps of this local hour, shrunk to that of all hours by
 *                                     96 (1 + rho)/(1 - rho) steps;
 *                                     now: 1 where the newest step was active, else 0; rho = P(active | active before) -
 *                                     P(active | idle before): the two-state Markov chain
 *   count    = 1 + NegativeBinomial(m - 1, k) where active: a gamma-Poisson count of mean m and size k by moments
 *   quantile = 0 where level <= 1 - P(any), else that of count at (level - 1 + P(any)) / P(any)
 * </pre>
 *
 * Separate updating of the chance and of the size of demand is the method of Teunter, Syntetos and Babai (2011).
 */
final class IntermittentRate {
    private static final int HOURS = 24;
    private static final double MANY_ZEROS = 0.3;
    private static final double FEW_REQUESTS = 2;
    private static final double ENOUGH_REQUESTS = 5;
    private static final int[] COARSER_SECONDS = {60, 300, 600, 900, 1800, 3600};
    private static final double MEMORY_DAYS = 14;
    /** Steps of their own after which an hour of the day counts as much as all hours, where steps are independent. */
    private static final double HOUR_PRIOR_STEPS = 96;
    /** Sizes are those of the latest active steps: a client that is on keeps its pace. */
    private static final double SIZE_MEMORY_STEPS = 72;

    private static final double LEAST_SIZE = 0.05;

    private final Step step;
    private final double keep;
    private final double[] activeOfHour = new double[HOURS];
    private final double[] stepsOfHour = new double[HOURS];
    /** By whether the step before was active. */
    private final double[] activeAfter = new double[2];

    private final double[] stepsAfter = new double[2];
    /** Count less one of active steps: sums of weights, values and squares. */
    private double sizeWeight;

    private double sizeSum;
    private double sizeSquares;
    private int newest;
    private boolean isNewestKnown;

    IntermittentRate(Step step) {
        this.step = step;
        this.keep = Math.exp(-1 / (MEMORY_DAYS * step.perDay()));
    }

    /** Whether a series has more than 30 % zeros or fewer than two requests per step; false where nothing is known. */
    static boolean isIntermittent(RateSeries series) {
        return series.hasSamples() && (zeroShare(series) > MANY_ZEROS || meanCount(series) < FEW_REQUESTS);
    }

    /** The least coarser step at which the series is not intermittent and has five requests, empty where none up to 1 h is. */
    static Optional<Step> coarserStep(RateSeries series) {
        for (int seconds : COARSER_SECONDS) {
            if (seconds > series.step().seconds() && seconds % series.step().seconds() == 0) {
                RateSeries coarse = series.regrid(new Step(seconds));
                if (coarse.hasSamples() && zeroShare(coarse) <= MANY_ZEROS && meanCount(coarse) >= ENOUGH_REQUESTS) {
                    return Optional.of(coarse.step());
                }
            }
        }
        return Optional.empty();
    }

    private static double zeroShare(RateSeries series) {
        int zeros = 0;
        for (int t = 0; t < series.size(); t++) {
            zeros += series.rateAt(t) == 0 ? 1 : 0;
        }
        return (double) zeros / (series.size() - series.gaps());
    }

    private static double meanCount(RateSeries series) {
        double sum = 0;
        for (int t = 0; t < series.size(); t++) {
            sum += series.isGap(t) ? 0 : series.rateAt(t);
        }
        return sum * series.step().seconds() / (series.size() - series.gaps());
    }

    /**
     * Learns the next step.
     *
     * @param localHour hour of the day in which it begins, 0 to 23
     * @param rate req/s, {@code NaN} for a gap
     */
    void feed(int localHour, double rate) {
        if (Double.isNaN(rate)) {
            isNewestKnown = false;
            return;
        }
        double count = Math.max(rate > 0 ? 1 : 0, rate * step.seconds());
        int active = count > 0 ? 1 : 0;
        for (int h = 0; h < HOURS; h++) {
            activeOfHour[h] *= keep;
            stepsOfHour[h] *= keep;
        }
        activeOfHour[localHour] += active;
        stepsOfHour[localHour]++;
        for (int before = 0; before < 2; before++) {
            activeAfter[before] *= keep;
            stepsAfter[before] *= keep;
        }
        if (isNewestKnown) {
            activeAfter[newest] += active;
            stepsAfter[newest]++;
        }
        if (active == 1) {
            double kept = 1 - 1 / SIZE_MEMORY_STEPS;
            sizeWeight = kept * sizeWeight + 1;
            sizeSum = kept * sizeSum + (count - 1);
            sizeSquares = kept * sizeSquares + (count - 1) * (count - 1);
        }
        newest = active;
        isNewestKnown = true;
    }

    void writeTo(DataOutput out) throws IOException {
        DoubleArrays.write(activeOfHour, HOURS, out);
        DoubleArrays.write(stepsOfHour, HOURS, out);
        DoubleArrays.write(activeAfter, 2, out);
        DoubleArrays.write(stepsAfter, 2, out);
        out.writeDouble(sizeWeight);
        out.writeDouble(sizeSum);
        out.writeDouble(sizeSquares);
        out.writeInt(newest);
        out.writeBoolean(isNewestKnown);
    }

    void read(DataInput in) throws IOException {
        DoubleArrays.read(activeOfHour, in);
        DoubleArrays.read(stepsOfHour, in);
        DoubleArrays.read(activeAfter, in);
        DoubleArrays.read(stepsAfter, in);
        sizeWeight = in.readDouble();
        sizeSum = in.readDouble();
        sizeSquares = in.readDouble();
        newest = in.readInt();
        isNewestKnown = in.readBoolean();
    }

    /**
     * Chance of any request in one step.
     *
     * @param stepsAhead 1 for the step after the newest
     */
    double chanceOfAny(int stepsAhead, int localHour) {
        double usual = usualShare(localHour);
        if (!isNewestKnown) {
            return usual;
        }
        double memory = Math.pow(persistence(), stepsAhead);
        return Math.clamp(usual + (newest - usual) * memory, 0, 1);
    }

    private double usualShare(int localHour) {
        double active = 0;
        double steps = 0;
        for (int h = 0; h < HOURS; h++) {
            active += activeOfHour[h];
            steps += stepsOfHour[h];
        }
        // half a step of either kind: what was never seen may still come
        double overall = (active + 0.5) / (steps + 1);
        // a chain with persistence rho tells as much as (1 - rho)/(1 + rho) as many independent steps
        double rho = persistence();
        double prior = HOUR_PRIOR_STEPS * (1 + rho) / (1 - rho);
        return (activeOfHour[localHour] + prior * overall) / (stepsOfHour[localHour] + prior);
    }

    /** {@code rho}, in [0, 1). */
    private double persistence() {
        double afterActive = (activeAfter[1] + 0.5) / (stepsAfter[1] + 1);
        double afterIdle = (activeAfter[0] + 0.5) / (stepsAfter[0] + 1);
        return Math.max(0, afterActive - afterIdle);
    }

    /**
     * Chance of any request in the steps {@code [from, to)}, 1 being the one after the newest: that not all are idle, each
     * given that the one before is, which is {@code 1 - (1 - P(from)) prod (1 - (1 - rho) q)}.
     *
     * @param localHourOf local hour by steps ahead
     */
    double chanceOfAny(int from, int to, IntUnaryOperator localHourOf) {
        Require.that(from >= 1 && from < to, "steps must be 1 or later and not empty, were %s to %s", from, to);
        double idle = 1 - chanceOfAny(from, localHourOf.applyAsInt(from));
        double startOfActivity = 1 - persistence();
        for (int h = from + 1; h < to; h++) {
            idle *= 1 - startOfActivity * usualShare(localHourOf.applyAsInt(h));
        }
        return 1 - idle;
    }

    /**
     * Quantiles of the rate of one step, req/s: whole requests per step, never negative, ascending with the level.
     *
     * @param levels in (0, 1)
     */
    double[] quantiles(int stepsAhead, int localHour, double[] levels) {
        double any = chanceOfAny(stepsAhead, localHour);
        NegativeBinomial more = moreThanOne();
        double[] rates = new double[levels.length];
        Arrays.setAll(rates, i -> {
            double level = (levels[i] - (1 - any)) / any;
            return level > 0 ? (1 + more.quantile(level)) / step.seconds() : 0;
        });
        return rates;
    }

    /** Evenly spaced quantiles of the rate of an active step, req/s, ascending. */
    double[] activeQuantiles(int count) {
        NegativeBinomial more = moreThanOne();
        double[] rates = new double[count];
        Arrays.setAll(rates, i -> (1 + more.quantile((i + 0.5) / count)) / step.seconds());
        return rates;
    }

    /** Requests of an active step beyond the first; one where no active step was seen. */
    private NegativeBinomial moreThanOne() {
        double mean = sizeWeight > 0 ? sizeSum / sizeWeight : 1;
        double variance = sizeWeight > 0 ? sizeSquares / sizeWeight - mean * mean : 0;
        // the mean itself is known from few steps
        double excess = Math.max(0, variance - mean) / Math.max(mean * mean, Double.MIN_NORMAL);
        double size = 1 / (excess + 1 / (1 + sizeWeight));
        return new NegativeBinomial(mean, Math.max(LEAST_SIZE, size));
    }

    /** Expected rate of one step, req/s. */
    double mean(int stepsAhead, int localHour) {
        return chanceOfAny(stepsAhead, localHour) * (1 + moreThanOne().mean()) / step.seconds();
    }
}
