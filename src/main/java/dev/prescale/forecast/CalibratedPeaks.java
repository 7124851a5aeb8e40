package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Candidates for the peak with their calibration: {@code q_tau = exp(min(x + s_tau, x_mean + ln 4)) (l + c) - c} with {@code x}
 * the predicted log ratio, {@code s_tau} the shift and {@code x_mean} the largest feature among the recent means (at least 0):
 * whatever the features are, that is at most four times the largest recent mean. From the median on the demand is at least the
 * {@link RecurrentRise}.
 *
 * <p>Asked for a history that has grown, it takes in what is new and keeps it; asked for an older one it answers without
 * learning anything. Samples of the last hour that have changed make it read the history again.
 */
final class CalibratedPeaks implements LeadTimeModel {
    private static final double LARGEST_LOG_RATIO = Math.log(4);
    private static final double MEDIAN = 0.5;
    /** Long enough for the weekly predecessor and its half hour before; twice that where a holiday may be skipped. */
    private static final int RECENT_DAYS = 8;

    private static final int SLACK_DAYS = 1;
    /** Newest steps that are compared with what was taken in. */
    private static final int COMPARED = 64;

    private final TrafficCalendar calendar;
    private final Step step;
    private final Duration window;
    private final PeakSpan span;
    private final double offset;
    private final AheadLinks links;
    private final OnlinePeaks online;
    private @Nullable RateSeries askedBefore;
    private @Nullable OnlinePeaks pastBefore;

    /** What a fit came to; the span is that of the window in steps, or one that begins later. */
    record Fit(Duration window, PeakSpan span, double offset, OnlinePeaks.Candidacy candidacy) {}

    private CalibratedPeaks(TrafficCalendar calendar, AheadLinks links, Fit fit, OnlinePeaks online) {
        this.calendar = calendar;
        this.step = online.step();
        this.links = links;
        this.window = fit.window();
        this.span = fit.span();
        this.offset = fit.offset();
        this.online = online;
    }

    /** @param number of the first step of the history since the epoch */
    static CalibratedPeaks of(LearningHistory learning, int number, TrafficCalendar calendar, Fit fit) {
        Step step = learning.step();
        int kept = keptSteps(calendar, step);
        int first = Math.max(0, learning.size() - kept);
        RecentRates rates = new RecentRates(kept, SLACK_DAYS * step.perDay(), number + first);
        AheadLinks links = AheadLinks.of(learning, number);
        OnlinePeaks online =
                new OnlinePeaks(new PeakFeatures(rates, links, step, fit.span(), fit.offset()), rates, fit.candidacy());
        for (int t = first; t < learning.size(); t++) {
            online.remember(learning.rate(t));
        }
        return new CalibratedPeaks(calendar, links, fit, online);
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(DirectLeadTimeForecaster.PLAIN);
        writeState(out);
    }

    void writeState(DataOutput out) throws IOException {
        QuantileLevels levels = levels();
        out.writeInt(step.seconds());
        out.writeLong(window.toMillis());
        out.writeInt(span.lag());
        out.writeInt(span.steps());
        out.writeDouble(offset);
        DoubleArrays.write(levels.toArray(), levels.size(), out);
        PeakRegression regression = candidates().regression();
        out.writeBoolean(regression != null);
        if (regression != null) {
            regression.writeTo(out);
        }
        out.writeInt(issued().stride());
        links.writeTo(out);
        online.writeTo(out);
    }

    static CalibratedPeaks readFrom(DataInput in, TrafficCalendar calendar, @Nullable SharedPeaks shared)
            throws IOException {
        Step step = new Step(in.readInt());
        Duration window = Duration.ofMillis(in.readLong());
        PeakSpan span = new PeakSpan(in.readInt(), in.readInt());
        double offset = in.readDouble();
        QuantileLevels levels = QuantileLevels.of(DoubleArrays.readDoubles(in));
        PeakRegression regression = in.readBoolean() ? PeakRegression.readFrom(in) : null;
        PeakCandidates candidates = PeakCandidates.of(levels, regression, span.predictor(shared, step, levels));
        IssuedPeaks issued = new IssuedPeaks(candidates, span, in.readInt(), step.seconds());
        AheadLinks links = AheadLinks.readFrom(in);
        RecentRates rates = RecentRates.readFrom(in);
        Fit fit = new Fit(window, span, offset, new OnlinePeaks.Candidacy(candidates, issued));
        OnlinePeaks online =
                new OnlinePeaks(new PeakFeatures(rates, links, step, span, offset), rates, fit.candidacy());
        online.read(in);
        return new CalibratedPeaks(calendar, links, fit, online);
    }

    private static int keptSteps(TrafficCalendar calendar, Step step) {
        return (calendar.holidays().isEmpty() ? RECENT_DAYS : 2 * RECENT_DAYS) * step.perDay();
    }

    static double bounded(double logRatio, double[] features) {
        double largest = 0;
        for (int i = 0; i < PeakFeatures.MEANS; i++) {
            largest = Math.max(largest, features[i]);
        }
        return Math.min(logRatio, largest + LARGEST_LOG_RATIO);
    }

    @Override
    public Duration window() {
        return window;
    }

    @Override
    public QuantileLevels levels() {
        return online.candidates().levels();
    }

    @Override
    public PeakSource source() {
        return online.candidates().source(online.speaker());
    }

    PeakCandidates candidates() {
        return online.candidates();
    }

    IssuedPeaks issued() {
        return online.issued();
    }

    @Override
    public LeadTimeDemand demandAt(RateSeries history) {
        OnlinePeaks then = at(history);
        return demand(history, then.predict(), online.speaker(), then.recurrentRise());
    }

    @Override
    public Map<PeakSource, LeadTimeDemand> baselinesAt(RateSeries history) {
        double[] predicted = at(history).predict();
        Map<PeakSource, LeadTimeDemand> baselines = new TreeMap<>();
        for (PeakSource source : PeakSource.BASELINES) {
            baselines.put(source, demand(history, predicted, online.candidates().indexOf(source), 0));
        }
        return baselines;
    }

    /** The state at the end of a history. */
    private OnlinePeaks at(RateSeries history) {
        Require.that(history.hasSamples(), "history must have a sample");
        if (catchUp(history)) {
            return online;
        }
        // baselines are asked of the same history right after the demand
        OnlinePeaks past = history == askedBefore ? pastBefore : null;
        if (past == null) {
            past = past(history);
            askedBefore = history;
            pastBefore = past;
        }
        return past;
    }

    /** Number of the step after those taken in. */
    int end() {
        return online.end();
    }

    /** Takes in what the history has grown by; false where it ends before what has been taken in. */
    boolean catchUp(RateSeries history) {
        Require.that(history.step().equals(step), "step must be %s, was %s", step, history.step());
        int number = StepNumbers.of(history.start(), step);
        int end = number + history.size();
        if (end < online.end()) {
            return false;
        }
        if (isRevised(history, number)) {
            int known = online.end();
            int first = Math.max(number, known - keptSteps(calendar, step));
            online.forget(first);
            for (int t = first; t < known; t++) {
                online.remember(rate(history, t - number));
            }
        }
        askedBefore = null;
        pastBefore = null;
        for (int t = online.end(); t < end; t++) {
            online.update(t < number ? Double.NaN : rate(history, t - number));
        }
        return true;
    }

    private boolean isRevised(RateSeries history, int number) {
        RecentRates known = online.rates();
        for (int t = Math.max(Math.max(number, known.first()), known.end() - COMPARED); t < known.end(); t++) {
            if (Double.compare(known.rate(t), rate(history, t - number)) != 0) {
                return true;
            }
        }
        return false;
    }

    private double rate(RateSeries history, int t) {
        double rate = history.rateAt(t);
        return calendar.events().isEmpty() ? rate : rate / calendar.eventFactor(history.instantAt(t), step.duration());
    }

    /** What would be issued at the end of an older history. */
    private OnlinePeaks past(RateSeries history) {
        int first = Math.max(0, history.size() - keptSteps(calendar, step));
        LearningHistory learning = new LearningHistory(history.slice(first, history.size()), calendar, 1);
        RecentRates rates = RecentRates.of(learning);
        PeakFeatures features = new PeakFeatures(rates, SeasonLinks.of(learning), step, span, offset);
        return online.at(features, rates);
    }

    /**
     * Rates made to ascend with their level, and multiplied by the events of the window.
     *
     * @param rise the least of the median and what is above it
     */
    private LeadTimeDemand demand(RateSeries history, double[] predicted, int candidate, double rise) {
        double factor = 1;
        if (!calendar.events().isEmpty()) {
            factor = 0;
            for (int k = span.lag(); k < span.end(); k++) {
                factor = Math.max(factor, calendar.eventFactor(history.instantAt(history.size() + k), step.duration()));
            }
        }
        QuantileLevels levels = levels();
        int first = candidate * levels.size();
        List<Double> ascending = new ArrayList<>(levels.size());
        for (int i = 0; i < levels.size(); i++) {
            double most = levels.get(i) < MEDIAN ? predicted[first + i] : Math.max(rise, predicted[first + i]);
            for (int j = 0; j < levels.size(); j++) {
                most = levels.get(j) < levels.get(i) ? Math.max(most, predicted[first + j]) : most;
            }
            ascending.add(factor * most);
        }
        return new LeadTimeDemand(
                history.end(),
                window,
                levels,
                Collections.unmodifiableList(ascending),
                online.candidates().source(candidate));
    }
}
