package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;

/**
 * The lead-time demand regressed directly (forecasting.md 1.8): a linear quantile regression of the log ratio of the coming
 * peak to the present level, on the last 14 days, then shifted by the quantile of the errors of predictions <em>issued</em>
 * over the last 5 days (rolling conformal). Below four days of history a model shared across endpoints takes the regression's
 * place, or {@link SeasonalGrowth} where there is none, with the same shift; below one day there is nothing to tell.
 */
public final class DirectLeadTimeForecaster implements LeadTimeForecaster {
    private static final int LEAST_DAYS = 1;
    private static final int LEAST_DAYS_REGRESSION = 4;
    private static final int TRAINING_DAYS = 14;
    private static final int CALIBRATION_DAYS = 5;
    private static final int FIRST_TRAINING_DAYS = 2;
    /** The calibration days are predicted in this many parts, each by a regression of the days before it. */
    private static final int CALIBRATION_PARTS = 3;
    /** Before the first row, so that its week and that week's holiday have a predecessor. */
    private static final int LEAD_IN_DAYS = 14;

    private static final int FEWEST_ROWS = 100;

    private final SharedModel shared;

    public DirectLeadTimeForecaster() {
        this(SharedModel.NONE);
    }

    /** @param shared what was learned across endpoints, for short histories */
    public DirectLeadTimeForecaster(SharedModel shared) {
        this.shared = shared;
    }

    @Override
    public Fitted fit(RateSeries history, TrafficCalendar calendar, Duration window, QuantileLevels levels) {
        int perDay = history.step().perDay();
        int most = (TRAINING_DAYS + CALIBRATION_DAYS + LEAD_IN_DAYS) * perDay;
        RateSeries recent = history.slice(Math.max(0, history.size() - most), history.size());
        LearningHistory learning = new LearningHistory(recent, calendar, 1);
        int firstKnown = learning.firstKnown();
        int knownSteps = learning.size() - firstKnown;
        if (knownSteps < LEAST_DAYS * perDay) {
            return new TooShort("the history is shorter than a day");
        }
        double offset = PeakFeatures.offsetOf(learning);
        PeakFeatures features = new PeakFeatures(learning, window, offset);
        int firstRow = learning.size() - (TRAINING_DAYS + CALIBRATION_DAYS) * perDay;
        PeakSample sample = PeakSample.of(learning, features, Math.max(firstKnown + 1, firstRow));
        int firstIssued =
                learning.size() - Math.min(CALIBRATION_DAYS * perDay, knownSteps - FIRST_TRAINING_DAYS * perDay);
        boolean regressing = knownSteps >= LEAST_DAYS_REGRESSION * perDay
                && sample.positionOf(firstIssued - features.windowSteps()) >= FEWEST_ROWS;
        PeakErrors errors = new PeakErrors(sample, levels);
        PeakPredictor predictor = regressing
                ? regression(sample, levels, errors, firstIssued, TRAINING_DAYS * perDay)
                : unfitted(
                        shared.peaks()
                                .map(trees -> trees.predictor(history.step(), window, levels))
                                .orElseGet(SeasonalGrowth::new),
                        sample,
                        errors,
                        learning.size() - CALIBRATION_DAYS * perDay);
        if (errors.size() < FEWEST_ROWS) {
            return new TooShort("only %d windows of the last days have samples".formatted(errors.size()));
        }
        return new CalibratedPeaks(calendar, window, levels, offset, predictor, errors);
    }

    private static PeakPredictor unfitted(
            PeakPredictor predictor, PeakSample sample, PeakErrors errors, int firstIssued) {
        errors.add(predictor, sample.positionOf(firstIssued), sample.size());
        return predictor;
    }

    /** Fits part by part, collects the errors of each part before it is learned from, and fits the newest days last. */
    private static PeakPredictor regression(
            PeakSample sample, QuantileLevels levels, PeakErrors errors, int firstIssued, int trainingSteps) {
        int end = sample.historySize();
        int from = sample.positionOf(firstIssued - trainingSteps);
        int to = sample.positionOf(firstIssued - sample.windowSteps() + 1);
        PeakRegression regression = PeakRegression.fitted(sample, from, to, levels);
        int issued = firstIssued;
        for (int part = 1; part <= CALIBRATION_PARTS; part++) {
            int next = firstIssued + part * (end - firstIssued) / CALIBRATION_PARTS;
            errors.add(regression, sample.positionOf(issued), sample.positionOf(next));
            from = sample.positionOf(next - trainingSteps);
            to = sample.positionOf(next - sample.windowSteps() + 1);
            regression = regression.refitted(sample, from, to, levels);
            issued = next;
        }
        return regression;
    }
}
