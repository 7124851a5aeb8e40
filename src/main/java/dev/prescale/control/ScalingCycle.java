package dev.prescale.control;

import dev.prescale.accuracy.ForecastScores;
import dev.prescale.accuracy.GateStatus;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.ForecastView;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control cycle of one endpoint, with what it remembers from cycle to cycle. In one cycle:
 *
 * <ol>
 *   <li>observe: take in what the history answered, read the workload;
 *   <li>forecast: refresh what is due, judge what was issued earlier (missed minutes, health gate);
 *   <li>decide: one pure function of policy, observation, forecast, past and time;
 *   <li>remember the decision for the limits of the next cycles.
 * </ol>
 *
 * Time is an argument; stores, workloads and the journal are the caller's ({@link Fleet}).
 */
final class ScalingCycle {
    private final EndpointSpec spec;
    private final DecisionRule rule;
    private final Duration cycleInterval;
    private final HistoryBuffer history;
    private final EndpointForecasts forecasts;
    private final ForecastJudge judge;
    private final ForecastScores scores;
    private final ScalingMemory memory;
    private final MetricJumps jumps;

    /** The demand of the newest samples: cycles are more frequent than samples. */
    private @Nullable LeadTimeDemand issued;

    private @Nullable RateSeries issuedFrom;
    private @Nullable Forecast scored;
    private @Nullable LeadTimeModel issuedBy;
    private volatile boolean retired;

    ScalingCycle(
            EndpointSpec spec, Fleet.Brain brain, Duration cycleInterval, List<DecisionRecord> journalNewestFirst) {
        this.spec = spec;
        this.rule = brain.rule();
        this.cycleInterval = cycleInterval;
        this.history = new HistoryBuffer(spec.traffic(), spec.history());
        this.forecasts = new EndpointForecasts(brain.forecaster(), brain.leadTimeForecaster(), spec);
        this.judge = new ForecastJudge(spec.policy().predictive());
        this.scores = new ForecastScores(spec.calendar().zone());
        this.memory = new ScalingMemory(spec.policy());
        this.jumps = new MetricJumps(spec.policy());
        memory.restore(journalNewestFirst);
    }

    EndpointSpec spec() {
        return spec;
    }

    /** What the endpoint's forecasts have learnt, to be saved and restored. */
    EndpointForecasts forecasts() {
        return forecasts;
    }

    /** Another specification has taken its place: what it still comes to is not to be carried out or shown. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    RateHistory.Query nextQuery(Instant now) {
        return history.nextQuery(now);
    }

    /**
     * Decides. Nothing is carried out here.
     *
     * @param metrics readings of the metrics configured beside the request rate
     * @param budget of forecasts that may be made anew
     */
    Cycle run(
            RateHistory.Answer answer,
            Map<String, RateReading> metrics,
            WorkloadScale.Replicas workload,
            FitBudget budget,
            Instant now) {
        RateReading rate = history.accept(answer, now);
        boolean restarted = !history.isFilled();
        RateSeries series = history.series(now);
        Duration leadTime = leadTime();
        Duration window = sizingWindow(leadTime, series.step());
        Predictive predictive = spec.policy().predictive();
        LeadTimeDemand demand = null;
        if (predictive.enabled()) {
            demand = forecastDemand(series, window, budget, now);
        }
        ForecastView view = view(demand, series, leadTime, now);
        Observation observation = new Observation(
                workload.currentReplicas(),
                workload.readyReplicas(),
                rate,
                jumps.withoutJumps(metrics, now),
                workload.pods(),
                workload.rolloutInProgress(),
                pause());
        ScalingDecision decision = rule.decide(spec.policy(), observation, view, memory.past(restarted), now);
        countFailures(rate);
        return new Cycle(
                now,
                observation,
                decision,
                rate,
                series,
                forecasts.planning(),
                demand,
                judge.status(now),
                accuracy(),
                judge.warnings(),
                leadTime);
    }

    /** A fault in forecasting leaves the reactive rules in charge. */
    private @Nullable LeadTimeDemand forecastDemand(RateSeries series, Duration window, FitBudget budget, Instant now) {
        try {
            forecasts.refresh(series, window, budget, now);
            scorePlanning(series);
            LeadTimeModel model = forecasts.model(now);
            if (model == null || !series.hasSamples()) {
                return null;
            }
            if (issued == null || issuedFrom != series || issuedBy != model) {
                issued = model.demandAt(series);
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

    private EndpointAccuracy accuracy() {
        return new EndpointAccuracy(judge.score(), scores.status());
    }

    /** What is shown of an endpoint whose workload cannot be seen: the last known state, and why nothing is decided. */
    EndpointSnapshot unseen(WorkloadScale.State state, @Nullable EndpointSnapshot before, Instant now) {
        String why = state instanceof WorkloadScale.Unknown unknown ? unknown.reason() : state.toString();
        List<String> warnings = List.of("The workload cannot be seen, nothing is decided: " + why);
        return new EndpointSnapshot(
                spec,
                now,
                history.series(now),
                new RateReading.NoData(),
                forecasts.planning(),
                null,
                judge.status(now),
                accuracy(),
                leadTime(),
                state,
                before == null ? null : before.latest(),
                warnings);
    }

    void remember(DecisionRecord record, Observation observation) {
        memory.remember(record, observation);
    }

    private void countFailures(RateReading rate) {
        if (rate instanceof RateReading.Known) {
            memory.clearFailures();
        } else {
            memory.countFailure();
        }
    }

    /**
     * From the end of the newest step until what the <em>next</em> cycle orders has started: the newest step may have ended
     * up to a step ago.
     */
    private Duration sizingWindow(Duration leadTime, Step step) {
        return leadTime.plus(cycleInterval).plus(step.duration());
    }

    /** The start value until lead times are measured, within its bounds. */
    private Duration leadTime() {
        return spec.policy().predictive().leadTime().initial();
    }

    private Pause pause() {
        EndpointSpec.Pausing pausing = spec.pausing();
        return pausing.paused() ? Pause.ALL : pausing.scaleInPaused() ? Pause.SCALE_IN : Pause.NONE;
    }

    private ForecastView view(@Nullable LeadTimeDemand demand, RateSeries series, Duration leadTime, Instant now) {
        Predictive predictive = spec.policy().predictive();
        if (!predictive.enabled()) {
            return new ForecastView.Disabled();
        }
        if (demand == null) {
            return new ForecastView.Unavailable(forecasts.whyNone(now));
        }
        Duration behind = Duration.between(series.end(), now);
        if (behind.compareTo(leadTime.plus(series.step().duration().multipliedBy(RateHistory.STALE_AFTER_STEPS))) > 0) {
            return new ForecastView.Unavailable("the newest sample is " + behind.toSeconds() + " s old");
        }
        double sizing = demand.at(predictive.quantile());
        return new ForecastView.Available(
                sizing,
                Math.max(sizing, scaleInDemand(predictive, now)),
                leadTime,
                judge.status(now).isTrusted(),
                judge.missed(now));
    }

    /** Demand over the scale-in horizon where one is set, from the paths of the planning forecast; else 0. */
    private double scaleInDemand(Predictive predictive, Instant now) {
        Forecast planning = forecasts.planning();
        Duration horizon = predictive.scaleInHorizon();
        if (planning == null || horizon == null) {
            return 0;
        }
        Duration from = Duration.between(planning.origin(), now);
        if (from.isNegative() || !now.isBefore(planning.end())) {
            return 0;
        }
        double[] peaks = planning.peak(from, from.plus(horizon));
        return peaks[planning.levels().indexOf(predictive.quantile())];
    }

    /** What one cycle came to. */
    record Cycle(
            Instant at,
            Observation observation,
            ScalingDecision decision,
            RateReading requestRate,
            RateSeries history,
            @Nullable Forecast planning,
            @Nullable LeadTimeDemand demand,
            GateStatus gate,
            EndpointAccuracy accuracy,
            List<String> gateWarnings,
            Duration leadTime) {
        EndpointSnapshot snapshot(EndpointSpec spec, WorkloadScale.Replicas workload, DecisionRecord record) {
            return new EndpointSnapshot(
                    spec,
                    at,
                    history,
                    requestRate,
                    planning,
                    demand,
                    gate,
                    accuracy,
                    leadTime,
                    workload,
                    record,
                    warnings());
        }

        private List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            switch (requestRate) {
                case RateReading.Known ignored -> {}
                case RateReading.NoData ignored -> warnings.add("No sample of the request rate has been found.");
                case RateReading.Stale stale ->
                    warnings.add("The newest sample is " + stale.age().toSeconds() + " s old.");
                case RateReading.Failed failed -> warnings.add("The history could not be read: " + failed.reason());
            }
            if (planning != null) {
                warnings.addAll(planning.provenance().warnings());
            }
            warnings.addAll(gateWarnings);
            return warnings;
        }
    }
}
