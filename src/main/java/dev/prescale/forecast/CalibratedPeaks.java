package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A predictor of the peak with its calibration: {@code q_tau = exp(min(x + s_tau, x_mean + ln 4)) (l + c) - c} with {@code x}
 * the predicted log ratio, {@code s_tau} the shift and {@code x_mean} the largest feature among the recent means (at least 0):
 * whatever the features are, the demand is at most four times the largest recent mean.
 */
final class CalibratedPeaks implements LeadTimeModel {
    private static final double LARGEST_LOG_RATIO = Math.log(4);
    /** Long enough for the weekly predecessor and its half hour before; twice that where a holiday may be skipped. */
    private static final int RECENT_DAYS = 8;

    private final TrafficCalendar calendar;
    private final Duration window;
    private final QuantileLevels levels;
    private final double offset;
    private final PeakPredictor predictor;
    private final double[] shifts;
    private final double[] persistence;

    CalibratedPeaks(
            TrafficCalendar calendar,
            Duration window,
            QuantileLevels levels,
            double offset,
            PeakPredictor predictor,
            PeakErrors errors) {
        this.calendar = calendar;
        this.window = window;
        this.levels = levels;
        this.offset = offset;
        this.predictor = predictor;
        this.shifts = errors.shifts();
        this.persistence = errors.persistence();
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
    public LeadTimeDemand demandAt(RateSeries history) {
        LearningHistory recent = recent(history);
        PeakFeatures features = new PeakFeatures(recent, window, offset);
        double[] row = new double[PeakFeatures.COUNT];
        features.fill(recent.size(), row);
        double level = features.level(recent.size());
        double[] rates = new double[levels.size()];
        for (int i = 0; i < rates.length; i++) {
            double raw = bounded(predictor.logRatio(row, i), row);
            rates[i] = features.fromLogRatio(bounded(raw + shifts[i], row), level);
        }
        return demand(history, rates);
    }

    @Override
    public LeadTimeDemand persistenceAt(RateSeries history) {
        Require.that(history.hasSamples(), "history must have a sample");
        int newest = history.lastSample();
        double last = history.rateAt(newest)
                / calendar.eventFactor(history.instantAt(newest), history.step().duration());
        double[] rates = new double[levels.size()];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = PeakFeatures.rateOf(persistence[i], last, offset);
        }
        return demand(history, rates);
    }

    /** The part of the history that the features of its end can see. */
    private LearningHistory recent(RateSeries history) {
        Require.that(history.hasSamples(), "history must have a sample");
        int days = calendar.holidays().isEmpty() ? RECENT_DAYS : 2 * RECENT_DAYS;
        int first = history.size() - days * history.step().perDay();
        return new LearningHistory(
                history.slice(Math.clamp(first, 0, history.lastSample()), history.size()), calendar, 1);
    }

    /** Rates made to ascend with their level, and multiplied by the events of the window. */
    private LeadTimeDemand demand(RateSeries history, double[] rates) {
        double factor = 1;
        if (!calendar.events().isEmpty()) {
            factor = 0;
            for (int k = 0; k < history.step().covering(window); k++) {
                factor = Math.max(
                        factor,
                        calendar.eventFactor(
                                history.instantAt(history.size() + k),
                                history.step().duration()));
            }
        }
        List<Double> ascending = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            double most = rates[i];
            for (int j = 0; j < rates.length; j++) {
                most = levels.get(j) < levels.get(i) ? Math.max(most, rates[j]) : most;
            }
            ascending.add(factor * most);
        }
        return new LeadTimeDemand(history.end(), window, levels, Collections.unmodifiableList(ascending));
    }
}
