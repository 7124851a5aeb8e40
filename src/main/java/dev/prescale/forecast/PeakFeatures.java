package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.time.Duration;

/**
 * What is known before step {@code t} about the largest rate in a window that begins with it or soon after, free of scale
 * (forecasting.md 1.8).
 *
 * <p>With {@code y} the rate, {@code l} its mean over the last 40 minutes and {@code c} half a request per minute (at most half
 * of the mean rate), the features are {@code ln((f + c) / (l + c))}, within +-4, for {@code f} in
 *
 * <ul>
 *   <li>the means of {@code y} over the last 1, 3, 5, 10, 20, 40, 80, 180 and 1440 minutes, its maxima over 20 and 60;
 *   <li>for the daily and the weekly predecessor of {@code t}: the peak over the same window, that of {@code y} smoothed over 15
 *       minutes, the mean of the half hour before, and the mean of the last 20 minutes times the growth that followed then
 *       (smoothed peak over half hour before, within [0.3, 4]);
 * </ul>
 *
 * then the standard deviation of the last 20 minutes over {@code l + c}, {@code 1 / sqrt(l + c)} in requests per minute, the
 * time of day, and 1. A feature that is not known is 0.
 */
final class PeakFeatures {
    private static final int[] MEAN_MINUTES = {1, 3, 5, 10, 20, 40, 80, 180, 1440};
    private static final int[] MAXIMUM_MINUTES = {20, 60};
    private static final int[] LEVEL_MINUTES = {40, 180, 1440};
    private static final int RECENT_MINUTES = 20;
    private static final int BEFORE_MINUTES = 30;
    private static final int SMOOTHING_MINUTES = 7;
    /** The {@code c} of all but the smallest rates, req/s. */
    static final double MOST_OFFSET = 0.5 / 60;

    private static final double LEAST_GROWTH = 0.3;
    private static final double LARGEST_GROWTH = 4;
    private static final double LARGEST = 4;
    private static final int PER_SEASON = 4;

    /** Number of means of recent rates, which come first. */
    static final int MEANS = MEAN_MINUTES.length;

    static final int DAY_PEAK = MEANS + MAXIMUM_MINUTES.length;
    static final int WEEK_PEAK = DAY_PEAK + PER_SEASON;
    /** Number of features of a row. */
    static final int COUNT = WEEK_PEAK + PER_SEASON + 4;

    private final RecentRates rates;
    private final SeasonLinks links;
    private final Step step;
    private final PeakSpan span;
    private final double offset;

    /**
     * The features of a history, for the window that begins at once.
     *
     * @param offset the {@code c} of the features, req/s
     */
    PeakFeatures(LearningHistory history, Duration window, double offset) {
        this(history, PeakSpan.of(window, history.step()), offset);
    }

    PeakFeatures(LearningHistory history, PeakSpan span, double offset) {
        this(RecentRates.of(history), SeasonLinks.of(history), history.step(), span, offset);
    }

    PeakFeatures(RecentRates rates, SeasonLinks links, Step step, PeakSpan span, double offset) {
        this.rates = rates;
        this.links = links;
        this.step = step;
        this.span = span;
        this.offset = offset;
    }

    /** The {@code c} of a history: half a request per minute, at most half of the mean rate. */
    static double offsetOf(LearningHistory history) {
        double sum = 0;
        int known = 0;
        for (int t = 0; t < history.size(); t++) {
            if (!Double.isNaN(history.rate(t))) {
                sum += history.rate(t);
                known++;
            }
        }
        return sum > 0 ? Math.min(MOST_OFFSET, sum / known / 2) : MOST_OFFSET;
    }

    Step step() {
        return step;
    }

    PeakSpan span() {
        return span;
    }

    double offset() {
        return offset;
    }

    /** The {@code l} of step {@code t}, req/s: of the last 40 minutes, of a longer time where they are a gap. */
    double level(int t) {
        for (int minutes : LEVEL_MINUTES) {
            double mean = rates.mean(t - steps(minutes), t);
            if (!Double.isNaN(mean)) {
                return mean;
            }
        }
        int last = rates.newestKnownBefore(t);
        return last != RecentRates.NONE ? rates.rate(last) : 0;
    }

    /** {@code ln((rate + c) / (l + c))}. */
    double logRatio(double rate, double level) {
        return Math.log((rate + offset) / (level + offset));
    }

    /** The rate (req/s) with this log ratio to the level. */
    double fromLogRatio(double logRatio, double level) {
        return rateOf(logRatio, level, offset);
    }

    /** The rate (req/s) with this log ratio to the level, for the {@code c} of the features. */
    static double rateOf(double logRatio, double level, double offset) {
        return Math.max(0, Math.exp(logRatio) * (level + offset) - offset);
    }

    /** Largest rate in the window of {@code t}; {@code NaN} where half of it or more is not known. */
    double peak(int t) {
        int from = Math.min(t + span.lag(), rates.end());
        int to = Math.min(t + span.end(), rates.end());
        return 2 * rates.known(from, to) > span.steps() ? rates.largest(from, to) : Double.NaN;
    }

    /** Fills the row of features of step {@code t}, from steps before {@code t} alone. */
    void fill(int t, double[] row) {
        double level = level(t);
        int i = 0;
        for (int minutes : MEAN_MINUTES) {
            row[i++] = feature(rates.mean(t - steps(minutes), t), level);
        }
        for (int minutes : MAXIMUM_MINUTES) {
            row[i++] = feature(rates.largest(t - steps(minutes), t), level);
        }
        double recent = rates.mean(t - steps(RECENT_MINUTES), t);
        i = fillSeason(links.dayBefore(t), t, recent, level, row, i);
        i = fillSeason(links.weekBefore(t), t, recent, level, row, i);
        row[i++] = bounded(rates.deviation(t - steps(RECENT_MINUTES), t) / (level + offset));
        row[i++] = bounded(1 / Math.sqrt(60 * (level + offset)));
        row[i++] = links.timeOfDay(t);
        row[i] = 1;
    }

    RecurrentRise recurrentRise() {
        return new RecurrentRise(rates, links, step, span, offset);
    }

    private int fillSeason(int before, int t, double recent, double level, double[] row, int first) {
        int i = first;
        if (before < rates.first()) {
            for (int k = 0; k < PER_SEASON; k++) {
                row[i++] = 0;
            }
            return i;
        }
        int from = Math.min(before + span.lag(), t);
        int to = Math.min(before + span.end(), t);
        double smoothed = smoothedPeak(from, to, t);
        double halfHour = rates.mean(before - steps(BEFORE_MINUTES), before);
        double growth = Math.clamp((smoothed + offset) / (halfHour + offset), LEAST_GROWTH, LARGEST_GROWTH);
        row[i++] = feature(rates.largest(from, to), level);
        row[i++] = feature(smoothed, level);
        row[i++] = feature(halfHour, level);
        row[i++] = feature(recent * growth, level);
        return i;
    }

    private double feature(double rate, double level) {
        return bounded(logRatio(rate, level));
    }

    private static double bounded(double value) {
        return Double.isNaN(value) ? 0 : Math.clamp(value, -LARGEST, LARGEST);
    }

    private int steps(int minutes) {
        return Math.max(1, 60 * minutes / step.seconds());
    }

    private double smoothedPeak(int from, int to, int origin) {
        int halfWidth = SMOOTHING_MINUTES * 60 / step.seconds();
        double largest = Double.NaN;
        for (int t = from; t < to; t++) {
            double mean = rates.mean(t - halfWidth, Math.min(t + halfWidth + 1, origin));
            largest = mean > largest || Double.isNaN(largest) ? mean : largest;
        }
        return largest;
    }
}
