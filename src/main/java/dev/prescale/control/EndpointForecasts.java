package dev.prescale.control;

import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.LeadTimeReach;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
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

    private static final QuantileLevels SHOWN_LEVELS =
            QuantileLevels.of(0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99);

    private static final QuantileLevels FEW_LEVELS = QuantileLevels.of(0.1, 0.5, 0.9, 0.95, 0.99);

    private static final String NOT_RESTORED = "what the forecast had learnt is not restored but learnt anew, because ";

    private final PlanningSeries planned;
    private final LeadTimeForecaster leadTimeForecaster;
    private final EndpointSpec spec;
    private @Nullable Forecast planning;
    private boolean plans = true;
    private Instant planningDue = Instant.MIN;
    private QuantileLevels shownLevels = SHOWN_LEVELS;
    private LeadTimeForecaster.Fitted fitted = new LeadTimeForecaster.TooShort("no history has been read yet");
    private Instant fittedAt = Instant.MIN;
    private boolean isToBeLearntAnew;
    private @Nullable String news;

    EndpointForecasts(Forecaster forecaster, LeadTimeForecaster leadTimeForecaster, EndpointSpec spec) {
        this.planned = new PlanningSeries(forecaster, spec);
        this.leadTimeForecaster = leadTimeForecaster;
        this.spec = spec;
    }

    /** See {@link PlanningSeries#keepFollowing}; a fleet without room shows fewer levels too. */
    void keepFollowing(boolean follow) {
        planned.keepFollowing(follow);
        shownLevels = follow ? SHOWN_LEVELS : FEW_LEVELS;
    }

    /**
     * Whether planning goes on where it decides nothing: without {@code predictive.scaleInHorizon}, and while no {@link
     * ExpectedRise} can come, it is only looked at.
     */
    void planForPeople(boolean plan) {
        plans = plan || spec.policy().predictive().scaleInHorizon() != null;
    }

    /** Makes what is due anew, as far as the budget goes: first what sizes replicas. */
    void refresh(RateSeries history, Duration window, FitBudget budget, Instant now) {
        planned.see(history);
        if (!history.hasSamples()) {
            return;
        }
        boolean isRestored =
                planned.isUnconfirmed(); // what planning finds out decides on the rest of what was restored
        if (isRestored) {
            planIfDue(history, budget, now);
        }
        fitIfDue(history, window, budget, now);
        if (!isRestored) {
            planIfDue(history, budget, now);
        }
    }

    private void fitIfDue(RateSeries history, Duration window, FitBudget budget, Instant now) {
        boolean isDue = isToBeLearntAnew
                || fittedAt.equals(Instant.MIN)
                || !now.isBefore(fittedAt.plus(refitEvery()))
                || isOfAnotherWindow(window);
        if (isDue && budget.take()) {
            isToBeLearntAnew = false;
            fittedAt = now; // also where the fit fails: it is not tried again in every cycle
            fitted = fitted instanceof LeadTimeModel model && !isOfAnotherWindow(window)
                    ? leadTimeForecaster.refit(model, history, spec.calendar())
                    : leadTimeForecaster.fit(history, spec.calendar(), window, sizingLevels());
        }
    }

    private void planIfDue(RateSeries history, FitBudget budget, Instant now) {
        if (now.isBefore(planningDue)) {
            return;
        }
        if (!plans && !LeadTimeReach.isExceeded(history)) {
            planningDue = now.plus(PLANNING_EVERY); // a week is not looked through in every cycle
            return;
        }
        if (budget.take()) {
            planningDue = now.plus(PLANNING_EVERY);
            planning = planned.forecast(history, planningLevels(), now);
            judgeRestored();
        }
    }

    /** A history that is too short for anything soon suffices; to find out costs next to nothing. */
    private Duration refitEvery() {
        return fitted instanceof LeadTimeForecaster.TooShort ? PLANNING_EVERY : REFIT_EVERY;
    }

    /** The history is another: what is there serves until the next fit, which is due. */
    void learnAnew() {
        isToBeLearntAnew = true;
        planningDue = Instant.MIN;
    }

    /** Gives up the model until the next refit is due. */
    void fail(String reason) {
        fitted = new LeadTimeForecaster.TooShort(reason);
    }

    /** Takes up the state of an earlier process where there is a fitting one. */
    void restore(ModelStore store, Instant now) {
        switch (store.load(spec.id(), StateFingerprint.of(spec))) {
            case ModelStore.Absent ignored -> {}
            case ModelStore.Unusable unusable -> news = NOT_RESTORED + unusable.reason();
            case ModelStore.Found found -> {
                try {
                    read(found.content(), now);
                } catch (IOException | RuntimeException refused) {
                    forgetRestored();
                    news = NOT_RESTORED + refused.getMessage();
                }
            }
        }
    }

    private void read(DataInput in, Instant now) throws IOException {
        if (in.readBoolean()) {
            Instant at = Instant.ofEpochMilli(in.readLong());
            LeadTimeModel model = leadTimeForecaster.read(in, spec.calendar());
            if (!at.isAfter(now) && now.isBefore(at.plus(MODEL_VALID_FOR))) {
                fitted = model;
                fittedAt = at;
            }
        }
        if (in.readBoolean()) {
            planned.read(in, now);
        }
    }

    private void forgetRestored() {
        planned.forget();
        fitted = new LeadTimeForecaster.TooShort("no history has been read yet");
        fittedAt = Instant.MIN;
    }

    /** What another history taught is not gone on with. */
    private void judgeRestored() {
        String why = planned.confirmation();
        if (why == null) {
            return;
        }
        if (why.isEmpty()) {
            news = "what the forecast had learnt is restored";
        } else {
            fitted = new LeadTimeForecaster.TooShort("the history is another");
            fittedAt = Instant.MIN;
            news = NOT_RESTORED + why;
        }
    }

    /** What the log should say of the state that was restored or not; told once. */
    Optional<String> takeNews() {
        Optional<String> told = Optional.ofNullable(news);
        news = null;
        return told;
    }

    /** Hands the state to a store, where there is any. */
    void save(ModelStore store) throws IOException {
        if (planned.isFollowing() || fitted instanceof LeadTimeModel) {
            store.save(spec.id(), StateFingerprint.of(spec), this::writeTo);
        }
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(fitted instanceof LeadTimeModel);
        if (fitted instanceof LeadTimeModel model) {
            out.writeLong(fittedAt.toEpochMilli());
            model.writeTo(out);
        }
        out.writeBoolean(planned.isFollowing());
        if (planned.isFollowing()) {
            planned.writeTo(out);
        }
    }

    /** The levels that are shown, and the one that sizes replicas where it is another. */
    private QuantileLevels planningLevels() {
        double sizing = spec.policy().predictive().quantile();
        return shownLevels.indexOf(sizing) >= 0
                ? shownLevels
                : QuantileLevels.of(DoubleStream.concat(Arrays.stream(shownLevels.toArray()), DoubleStream.of(sizing))
                        .sorted()
                        .toArray());
    }

    private QuantileLevels sizingLevels() {
        return QuantileLevels.of(spec.policy().predictive().quantile());
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
