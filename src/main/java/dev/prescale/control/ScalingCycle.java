package dev.prescale.control;

import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.ForecastView;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private volatile EndpointSpec spec;
    private final DecisionRule rule;
    private final Duration cycleInterval;
    private final EndpointLoad load;
    private final MeasuredLeadTime leadTimes;
    private final ScalingMemory memory;
    private final MetricJumps jumps;
    private List<ReplicaStart> newStarts = List.of();
    private volatile boolean retired;

    ScalingCycle(EndpointSpec spec, Fleet.Brain brain, Duration cycleInterval) {
        this.spec = spec;
        this.rule = brain.rule();
        this.cycleInterval = cycleInterval;
        this.load = EndpointLoad.of(spec, brain);
        this.leadTimes = new MeasuredLeadTime(spec.policy().predictive().leadTime());
        this.memory = new ScalingMemory(spec.policy());
        this.jumps = new MetricJumps(spec.policy());
    }

    /** Takes over where an earlier process ended. */
    void restore(List<DecisionRecord> journalNewestFirst, List<ReplicaStart> starts, ModelStore models, Instant now) {
        memory.restore(journalNewestFirst, now);
        leadTimes.restore(starts, now);
        load.restore(models, now);
    }

    void save(ModelStore models) throws IOException {
        load.save(models);
    }

    /** See {@link PlanningSeries#keepFollowing}. */
    void keepFollowing(boolean follow) {
        load.streams().forEach(stream -> stream.forecasts().keepFollowing(follow));
    }

    /** See {@link InheritedHistory#refuse}. */
    void refuseInheritance(String reason) {
        load.streams().forEach(stream -> stream.refuseInheritance(reason));
    }

    /** See {@link EndpointForecasts#planForPeople}. */
    void planForPeople(boolean plan) {
        load.streams().forEach(stream -> stream.forecasts().planForPeople(plan));
    }

    /** What the log should say of states that were restored or not; told once. */
    List<String> takeNews() {
        return load.streams().stream()
                .flatMap(stream -> stream.forecasts().takeNews().stream())
                .toList();
    }

    /** Starts of replicas that the last cycle saw for the first time. */
    List<ReplicaStart> newStarts() {
        return newStarts;
    }

    EndpointSpec spec() {
        return spec;
    }

    /** Goes on with another specification where it asks for nothing else to be learnt; false where it cannot. */
    boolean amend(EndpointSpec next) {
        boolean can = spec.learnsLike(next);
        if (can) {
            spec = next;
        }
        return can;
    }

    /** Another specification has taken its place: what it still comes to is not to be carried out or shown. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    List<RateHistory.Query> nextQueries(Instant now) {
        return load.nextQueries(now);
    }

    /**
     * Decides. Nothing is carried out here.
     *
     * @param answers to {@link #nextQueries}
     * @param budget of forecasts that may be made anew
     */
    Cycle run(FleetReads.Answers answers, WorkloadScale.Replicas workload, FitBudget budget, Instant now) {
        memory.observe(workload.currentReplicas(), now);
        newStarts = leadTimes.observe(workload.starts(), now);
        LeadTime leadTime = leadTimes.at(now);
        LoadView seen = load.observe(answers.traffic(), sizingWindow(leadTime.duration()), budget, now);
        load.learn(answers.utilization(), workload, budget, now);
        Observation observation = new Observation(
                workload.currentReplicas(),
                workload.readyReplicas(),
                seen.reading(),
                jumps.withoutJumps(answers.metrics(), now),
                workload.pods(),
                workload.rolloutInProgress(),
                pause());
        ScalingDecision decision = rule.decide(
                spec.policy(), observation, forecast(seen, leadTime, now), memory.past(!seen.isFilled()), now);
        countFailures(seen.reading());
        return new Cycle(now, observation, decision, seen, leadTime);
    }

    /** What is shown of an endpoint whose workload cannot be seen: the last known state, and why nothing is decided. */
    EndpointSnapshot unseen(WorkloadScale.State state, @Nullable EndpointSnapshot before, Instant now) {
        String why = state instanceof WorkloadScale.Unknown unknown ? unknown.reason() : state.toString();
        List<String> warnings = List.of("The workload cannot be seen, nothing is decided: " + why);
        LoadView seen = load.last(now);
        return new EndpointSnapshot(
                spec,
                now,
                seen.history(),
                seen.reading(),
                seen.planning(),
                seen.demand(),
                seen.gate(),
                seen.accuracy(),
                seen.costs(),
                leadTimes.at(now),
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
    private Duration sizingWindow(Duration leadTime) {
        return leadTime.plus(cycleInterval).plus(spec.traffic().step().duration());
    }

    private Pause pause() {
        EndpointSpec.Pausing pausing = spec.pausing();
        return pausing.paused() ? Pause.ALL : pausing.scaleInPaused() ? Pause.SCALE_IN : Pause.NONE;
    }

    private ForecastView forecast(LoadView seen, LeadTime leadTime, Instant now) {
        Predictive predictive = spec.policy().predictive();
        if (!predictive.enabled()) {
            return new ForecastView.Disabled();
        }
        LeadTimeDemand demand = seen.demand();
        if (demand == null) {
            return new ForecastView.Unavailable(seen.whyNone());
        }
        RateSeries series = seen.history();
        Duration behind = Duration.between(series.end(), now);
        Duration usable =
                leadTime.duration().plus(series.step().duration().multipliedBy(RateHistory.STALE_AFTER_STEPS));
        if (behind.compareTo(usable) > 0) {
            return new ForecastView.Unavailable("the newest sample is " + behind.toSeconds() + " s old");
        }
        if (!seen.gate().isTrusted() && Double.isNaN(seen.gate().loss())) {
            return new ForecastView.Unavailable("what it says has not been judged yet");
        }
        double sizing = withoutChanceOfNone(demand.at(predictive.quantile()), series.step());
        return new ForecastView.Available(
                sizing,
                Math.max(sizing, scaleInDemand(seen.planning(), predictive, now)),
                leadTime.duration(),
                seen.gate().isTrusted(),
                seen.missed());
    }

    /** Where replicas may be 0, a demand that is hardly more than none is none. */
    private double withoutChanceOfNone(double demand, Step step) {
        boolean mayBeNone = spec.policy().bounds().minReplicas() == 0;
        return mayBeNone && !Signals.isLoad(spec, demand, step.seconds()) ? 0 : demand;
    }

    /** Demand over the scale-in horizon where one is set, from the paths of the planning forecast; else 0. */
    private static double scaleInDemand(@Nullable Forecast planning, Predictive predictive, Instant now) {
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
    record Cycle(Instant at, Observation observation, ScalingDecision decision, LoadView load, LeadTime leadTime) {
        EndpointSnapshot snapshot(EndpointSpec spec, WorkloadScale.Replicas workload, DecisionRecord record) {
            return new EndpointSnapshot(
                    spec,
                    at,
                    load.history(),
                    load.reading(),
                    load.planning(),
                    load.demand(),
                    load.gate(),
                    load.accuracy(),
                    load.costs(),
                    leadTime,
                    workload,
                    record,
                    warnings());
        }

        private List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            switch (load.reading()) {
                case RateReading.Known ignored -> {}
                case RateReading.NoData none ->
                    warnings.add(
                            none.reason() == null
                                    ? "No sample of the request rate has been found."
                                    : "There is no load to act on: " + none.reason());
                case RateReading.Stale stale ->
                    warnings.add("The newest sample is " + stale.age().toSeconds() + " s old.");
                case RateReading.Failed failed -> warnings.add("The history could not be read: " + failed.reason());
            }
            if (load.planning() != null) {
                warnings.addAll(load.planning().provenance().warnings());
            }
            warnings.addAll(load.warnings());
            return warnings;
        }
    }
}
