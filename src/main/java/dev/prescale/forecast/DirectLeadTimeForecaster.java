package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The lead-time demand regressed directly (forecasting.md 1.8): a linear quantile regression of the log ratio of the coming
 * peak to the present level, on the last 14 days, then shifted by the quantile of the errors of predictions <em>issued</em>
 * over the last 5 days (rolling conformal). Beside it stand a model fitted on other endpoints ({@link SeasonalGrowth} where there
 * is none) and persistence, calibrated likewise; who lost least lately speaks. The regression joins after four days of history;
 * an hour is the least for anything.
 */
public final class DirectLeadTimeForecaster implements LeadTimeForecaster {
    /** Training and calibration, and before that a week and that week's holiday as predecessors. */
    private static final int DAYS = 14 + 5 + 14;

    private static final int HOURS_PER_DAY = 24;
    /** How long a model may be used: the links of so many steps are worked out beforehand. */
    private static final int HOURS_AHEAD = 36;

    private final @Nullable SharedPeaks shared;

    public DirectLeadTimeForecaster() {
        this(null);
    }

    DirectLeadTimeForecaster(@Nullable SharedPeaks shared) {
        this.shared = shared;
    }

    @Override
    public Fitted fit(RateSeries history, TrafficCalendar calendar, Duration window, QuantileLevels levels) {
        return fit(history, calendar, new Wanted(window, levels), null);
    }

    @Override
    public Fitted refit(LeadTimeModel previous, RateSeries history, TrafficCalendar calendar) {
        Wanted wanted = new Wanted(previous.window(), previous.levels());
        if (!(previous instanceof CalibratedPeaks model)) {
            return fit(history, calendar, wanted, null);
        }
        model.catchUp(history);
        return fit(history, calendar, wanted, model);
    }

    private record Wanted(Duration window, QuantileLevels levels) {}

    private Fitted fit(
            RateSeries history, TrafficCalendar calendar, Wanted wanted, @Nullable CalibratedPeaks previous) {
        Step step = history.step();
        RateSeries recent = history.slice(Math.max(0, history.size() - DAYS * step.perDay()), history.size());
        LearningHistory learning = new LearningHistory(recent, calendar, HOURS_AHEAD * step.perDay() / HOURS_PER_DAY);
        if (learning.size() - learning.firstKnown() < step.perDay() / HOURS_PER_DAY) {
            return new TooShort("the history is shorter than an hour");
        }
        int number = StepNumbers.of(recent.start(), step);
        PeakFit fit = new PeakFit(learning, number, wanted.window(), wanted.levels(), shared);
        OnlinePeaks.Candidacy candidacy;
        if (previous != null
                && fit.continues(previous.issued(), previous.candidates().sources())) {
            candidacy = new OnlinePeaks.Candidacy(fit.refitted(previous.candidates()), previous.issued());
        } else {
            candidacy = fit.fitted();
            int errors = candidacy.issued().errorCount();
            if (errors < IssuedPeaks.FEWEST_ERRORS) {
                return new TooShort("only %d windows of the last days have samples".formatted(errors));
            }
        }
        return CalibratedPeaks.of(
                learning,
                number,
                calendar,
                new CalibratedPeaks.Fit(wanted.window(), fit.features().offset(), candidacy));
    }
}
