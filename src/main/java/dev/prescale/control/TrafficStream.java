package dev.prescale.control;

import dev.prescale.accuracy.ForecastScores;
import dev.prescale.accuracy.GateStatus;
import dev.prescale.capacity.CapacityModel;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request rate of an endpoint: its history, its forecasts, and how good they turned out to be. */
final class TrafficStream {
    private final boolean isForecast;
    private final HistoryBuffer history;
    private final @Nullable InheritedHistory inherited;
    private final EndpointForecasts forecasts;
    private final ForecastJudge judge;
    private final ForecastScores scores;
    private final ExpectedRise rise = new ExpectedRise();

    /** The demand of the newest samples: cycles are more frequent than samples. */
    private @Nullable LeadTimeDemand issued;

    private @Nullable RateSeries issuedFrom;
    private @Nullable LeadTimeModel issuedBy;
    private @Nullable Forecast scored;

    /** @param source of the rate; the rest of the specification is that of the endpoint */
    TrafficStream(EndpointSpec spec, TrafficSource source, Fleet.Brain brain) {
        this.isForecast = spec.policy().predictive().enabled();
        CapacityModel capacity = spec.policy().capacity();
        double usual = capacity.unit() == CapacityModel.LoadUnit.REQUESTS ? capacity.sustainedBy(1) : 1;
        this.history = new HistoryBuffer(source, spec.history(), usual);
        this.inherited = spec.inheritance() == null
                ? null
                : new InheritedHistory(spec.inheritance(), source, spec.history(), usual);
        this.forecasts = new EndpointForecasts(brain.forecaster(), brain.leadTimeForecaster(), spec);
        this.judge = new ForecastJudge(spec.policy().predictive());
        this.scores = new ForecastScores(spec.calendar().zone());
    }

    RateHistory.Query nextQuery(Instant now) {
        return history.nextQuery(now);
    }

    /** The own history's query, and one for what is inherited where anything is. */
    List<RateHistory.Query> nextQueries(Instant now) {
        return inherited == null ? List.of(nextQuery(now)) : List.of(nextQuery(now), inherited.nextQuery(now));
    }

    /** Takes in an answer and says what the newest full step tells. */
    RateReading accept(RateHistory.Answer answer, Instant now) {
        return history.accept(answer, now);
    }

    /** Takes in the answers to {@link #nextQueries}. */
    RateReading accept(List<RateHistory.Answer> answers, Instant now) {
        if (inherited != null) {
            inherited.accept(answers.get(1), now);
        }
        return accept(answers.getFirst(), now);
    }

    /** See {@link InheritedHistory#refuse}. */
    void refuseInheritance(String reason) {
        if (inherited != null) {
            inherited.refuse(reason);
        }
    }

    /** Whether the whole history has been read once. */
    boolean isFilled() {
        return history.isFilled();
    }

    RateSeries series(Instant now) {
        RateSeries own = history.series(now);
        return inherited == null ? own : inherited.joinedTo(own, now);
    }

    EndpointForecasts forecasts() {
        return forecasts;
    }

    /**
     * Makes forecasts anew that are due and judges earlier ones by what came.
     *
     * @param window of the lead-time demand
     * @return null where there is none to act on; a fault in forecasting leaves the reactive rules in charge
     */
    @Nullable
    LeadTimeDemand demand(Duration window, FitBudget budget, Instant now) {
        if (!isForecast) {
            return null;
        }
        RateSeries series = series(now);
        if (inherited != null && inherited.takeRewritten()) {
            forecasts.learnAnew();
        }
        try {
            forecasts.refresh(series, window, budget, now);
            scorePlanning(series);
            LeadTimeModel model = forecasts.model(now);
            if (model == null || !series.hasSamples()) {
                return null;
            }
            if (issued == null || issuedFrom != series || issuedBy != model) {
                issued = rise.joinedTo(model.demandAt(series), series, forecasts.planning());
                issuedFrom = series;
                issuedBy = model;
            }
            judge.observe(series, model, issued, now);
            return issued;
        } catch (RuntimeException fault) {
            forecasts.fail("the forecast failed: " + fault);
            return null;
        }
    }

    /** A planning forecast that has just been issued is remembered, and earlier ones are judged by what came. */
    private void scorePlanning(RateSeries series) {
        Forecast planning = forecasts.planning();
        if (planning != null && planning != scored) {
            scores.observe(series.regrid(planning.step()), planning);
            scored = planning;
        }
    }

    /** Whether more was observed than had been issued, within the surprise hold. */
    boolean missed(Instant now) {
        return judge.missed(now);
    }

    GateStatus gate(Instant now) {
        return judge.status(now);
    }

    EndpointAccuracy accuracy() {
        return new EndpointAccuracy(judge.score(), scores.status());
    }

    List<String> warnings() {
        if (inherited == null) {
            return judge.warnings();
        }
        return Stream.concat(judge.warnings().stream(), inherited.warnings().stream())
                .toList();
    }
}
