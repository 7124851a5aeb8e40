package dev.prescale.control;

import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The two forecasts of one endpoint, refreshed on schedule: the planning forecast (quantiles per step, for people and
 * scale-in over a longer horizon) and the lead-time demand (what sizes replicas).
 */
final class EndpointForecasts {
    static final Duration PLANNING_EVERY = Duration.ofMinutes(10);
    static final Duration REFIT_EVERY = Duration.ofHours(6);

    /** A model that could not be refitted for this long is no longer used. */
    static final Duration MODEL_VALID_FOR = Duration.ofHours(18);

    /** A lead time that differs by more than this share needs a model of its own (forecasting.md 1.8). */
    private static final double WINDOW_TOLERANCE = 0.25;

    /** Planning looks at steps of at least this length; finer ones only add noise 48 hours ahead. */
    private static final Step PLANNING_STEP = new Step(600);

    private static final QuantileLevels SHOWN_LEVELS =
            QuantileLevels.of(0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99);

    private final Forecaster forecaster;
    private final LeadTimeForecaster leadTimeForecaster;
    private final EndpointSpec spec;
    private @Nullable Forecast planning;
    private Instant planningDue = Instant.MIN;
    private LeadTimeForecaster.Fitted fitted = new LeadTimeForecaster.TooShort("no history has been read yet");
    private Instant fittedAt = Instant.MIN;

    EndpointForecasts(Forecaster forecaster, LeadTimeForecaster leadTimeForecaster, EndpointSpec spec) {
        this.forecaster = forecaster;
        this.leadTimeForecaster = leadTimeForecaster;
        this.spec = spec;
    }

    /** Makes what is due anew. */
    void refresh(RateSeries history, Duration window, Instant now) {
        if (!history.hasSamples()) {
            return;
        }
        if (!now.isBefore(planningDue)) {
            planningDue = now.plus(PLANNING_EVERY);
            planning = plan(history);
        }
        if (fittedAt.equals(Instant.MIN) || !now.isBefore(fittedAt.plus(refitEvery())) || isOfAnotherWindow(window)) {
            fittedAt = now; // also where the fit fails: it is not tried again in every cycle
            fitted = fitted instanceof LeadTimeModel model && !isOfAnotherWindow(window)
                    ? leadTimeForecaster.refit(model, history, spec.calendar())
                    : leadTimeForecaster.fit(history, spec.calendar(), window, sizingLevels());
        }
    }

    /** A history that is too short for anything soon suffices; to find out costs next to nothing. */
    private Duration refitEvery() {
        return fitted instanceof LeadTimeForecaster.TooShort ? PLANNING_EVERY : REFIT_EVERY;
    }

    /** Gives up the model until the next refit is due. */
    void fail(String reason) {
        fitted = new LeadTimeForecaster.TooShort(reason);
    }

    private @Nullable Forecast plan(RateSeries history) {
        Step nativeStep = history.step();
        boolean coarsens =
                nativeStep.seconds() < PLANNING_STEP.seconds() && PLANNING_STEP.seconds() % nativeStep.seconds() == 0;
        RateSeries grid = coarsens ? history.regrid(PLANNING_STEP) : history;
        if (!grid.hasSamples()) {
            return null;
        }
        int steps =
                Math.clamp(grid.step().covering(spec.policy().predictive().horizon()), 1, ForecastRequest.MOST_STEPS);
        return forecaster.forecast(new ForecastRequest(grid, spec.calendar(), steps, planningLevels()));
    }

    /** The levels that are shown, and the one that sizes replicas where it is another. */
    private QuantileLevels planningLevels() {
        double sizing = spec.policy().predictive().quantile();
        return SHOWN_LEVELS.indexOf(sizing) >= 0
                ? SHOWN_LEVELS
                : QuantileLevels.of(DoubleStream.concat(Arrays.stream(SHOWN_LEVELS.toArray()), DoubleStream.of(sizing))
                        .sorted()
                        .toArray());
    }

    private QuantileLevels sizingLevels() {
        double sizing = spec.policy().predictive().quantile();
        return Math.abs(sizing - 0.5) < 1e-12 ? QuantileLevels.of(0.5) : QuantileLevels.of(0.5, sizing);
    }

    private boolean isOfAnotherWindow(Duration window) {
        if (!(fitted instanceof LeadTimeModel model)) {
            return false;
        }
        double ratio = (double) window.toMillis() / model.window().toMillis();
        return Math.abs(ratio - 1) > WINDOW_TOLERANCE;
    }

    @Nullable
    Forecast planning() {
        return planning;
    }

    /** The model of the lead-time demand, null where there is no usable one. */
    @Nullable
    LeadTimeModel model(Instant now) {
        return fitted instanceof LeadTimeModel model && now.isBefore(fittedAt.plus(MODEL_VALID_FOR)) ? model : null;
    }

    /** Why there is no lead-time demand. */
    String whyNone(Instant now) {
        return fitted instanceof LeadTimeForecaster.TooShort tooShort
                ? tooShort.reason()
                : "the last fit is older than " + MODEL_VALID_FOR.toHours() + " h, at " + fittedAt + " (now " + now
                        + ")";
    }
}
