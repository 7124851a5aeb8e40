package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lead-time demand regressed directly (forecasting.md 1.8): a linear quantile regression of the log ratio of the coming
 * peak to the present level, on the last 21 days, then shifted by the quantile of the errors of predictions <em>issued</em>
 * over the last 5 days (rolling conformal). Beside it stand a model fitted on other endpoints ({@link SeasonalGrowth} where there
 * is none), persistence, and what was a day and a week ago, calibrated likewise; who lost least lately speaks, and says no less
 * than a {@link RecurrentRise}. The regression joins after four days of history; an hour is the least for anything. A series whose
 * values are {@linkplain HeldSteps held} is regressed on the grid that they are known at.
 */
public final class DirectLeadTimeForecaster implements LeadTimeForecaster {
    /** Training and calibration, and before that a week and that week's holiday as predecessors. */
    private static final int DAYS = 21 + 5 + 14;

    private static final int HOURS_PER_DAY = 24;
    /** How long a model may be used: the links of so many steps are worked out beforehand. */
    private static final int HOURS_AHEAD = 36;

    /** First byte of a model that was written; another one with every change of what follows. */
    static final byte PLAIN = 3;

    static final byte HELD = 4;

    private final @Nullable SharedPeaks shared;

    public DirectLeadTimeForecaster() {
        this(SharedModel.NONE);
    }

    /** @param shared what was learned across endpoints */
    public DirectLeadTimeForecaster(SharedModel shared) {
        this.shared = shared.peaks().orElse(null);
    }

    @Override
    public Fitted fit(RateSeries history, TrafficCalendar calendar, Duration window, QuantileLevels levels) {
        HeldSteps held = HeldSteps.of(history);
        return held.count() > 1
                ? fitHeld(held, history, calendar, new HeldBefore(window, levels, null))
                : fit(history, calendar, wanted(history, window, levels), null);
    }

    @Override
    public Fitted refit(LeadTimeModel previous, RateSeries history, TrafficCalendar calendar) {
        HeldSteps held = HeldSteps.of(history);
        if (previous instanceof CalibratedPeaks model && held.count() == 1) {
            model.catchUp(history);
            return fit(history, calendar, wanted(history, model.window(), model.levels()), model);
        }
        if (previous instanceof HeldPeaks model && held.equals(model.held())) {
            return fitHeld(held, history, calendar, new HeldBefore(model.window(), model.levels(), model));
        }
        return fit(history, calendar, previous.window(), previous.levels());
    }

    @Override
    public LeadTimeModel read(DataInput in, TrafficCalendar calendar) throws IOException {
        try {
            return switch (in.readByte()) {
                case PLAIN -> CalibratedPeaks.readFrom(in, calendar, shared);
                case HELD -> HeldPeaks.readFrom(in, calendar, shared);
                default -> throw new IOException("no kind of lead-time model");
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException damaged) {
            throw new IOException("a damaged lead-time model", damaged);
        }
    }

    /** What is asked for, and the model before where there is one. */
    private record HeldBefore(
            Duration window,
            QuantileLevels levels,
            @Nullable HeldPeaks model) {}

    private Fitted fitHeld(HeldSteps held, RateSeries history, TrafficCalendar calendar, HeldBefore before) {
        RateSeries blocks = held.blocks(history, DAYS * held.block().perDay());
        QuantileLevels levels = HeldPeaks.levelsOfBlocks(held, before.window(), before.levels());
        List<CalibratedPeaks> models = new ArrayList<>();
        for (int number : HeldPeaks.blocksOf(held, before.window())) {
            CalibratedPeaks previous =
                    before.model() == null ? null : before.model().models().get(models.size());
            if (previous != null) {
                previous.catchUp(blocks);
            }
            Duration window = held.block().duration().multipliedBy(number);
            switch (fit(blocks, calendar, wanted(blocks, window, levels), previous)) {
                case CalibratedPeaks model -> models.add(model);
                case Fitted other -> {
                    return other;
                }
            }
        }
        return new HeldPeaks(held, before.window(), before.levels(), models);
    }

    private record Wanted(Duration window, PeakSpan span, QuantileLevels levels) {}

    private static Wanted wanted(RateSeries history, Duration window, QuantileLevels levels) {
        return new Wanted(window, PeakSpan.of(window, history.step()), levels);
    }

    /** The same for a window that may begin later, on the grid of the history. */
    Fitted fit(RateSeries history, TrafficCalendar calendar, PeakSpan span, QuantileLevels levels) {
        Duration window = history.step().duration().multipliedBy(span.steps());
        return fit(history, calendar, new Wanted(window, span, levels), null);
    }

    private Fitted fit(
            RateSeries history, TrafficCalendar calendar, Wanted wanted, @Nullable CalibratedPeaks previous) {
        Step step = history.step();
        RateSeries recent = history.slice(Math.max(0, history.size() - DAYS * step.perDay()), history.size());
        LearningHistory learning = new LearningHistory(recent, calendar, HOURS_AHEAD * step.perDay() / HOURS_PER_DAY);
        if (learning.size() - learning.firstKnown() < step.perDay() / HOURS_PER_DAY) {
            return new TooShort("the history is shorter than an hour");
        }
        int number = StepNumbers.of(recent.start(), step);
        PeakFit fit = new PeakFit(learning, number, wanted.span(), wanted.levels(), shared);
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
                new CalibratedPeaks.Fit(
                        wanted.window(), wanted.span(), fit.features().offset(), candidacy));
    }
}
