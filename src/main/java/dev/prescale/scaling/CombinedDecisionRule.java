package dev.prescale.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decision of one control cycle, as a pure function:
 *
 * <ol>
 *   <li>Every rule says what it asks for: target tracking on the request rate, present load, every metric, steps,
 *       schedules, the forecast. Which of them count is the table at {@link ForecastState}. <em>Tolerance</em> is part of target
 *       tracking.
 *   <li>The largest number is taken. Of equal ones the first rule in that order decides.
 *   <li>Scale-in only if unanimous: held while the rate is missing, after a restart, while a metric is missing, and
 *       while the forecast needs the replicas. After too many cycles without a rate the fallback replicas are the
 *       floor. This is the <em>recommended</em> number.
 *   <li><em>Stabilization</em> windows.
 *   <li><em>Replica-change policies</em>.
 *   <li><em>Bounds</em>, and those of open schedules. They come after the policies, so that a workload outside of them
 *       is brought back at once.
 *   <li><em>Rollout hold</em>.
 *   <li><em>Pause</em>.
 * </ol>
 *
 * Steps 4 to 6 are HPA's order ({@code normalizeDesiredReplicasWithBehaviors}: stabilize, then policies and bounds). Each
 * step that says something is a {@link Reason} in the trail that begins where the one before ended; the last one ends
 * at the decided number.
 */
public final class CombinedDecisionRule implements DecisionRule {
    private static final List<SizingRule> RULES = List.of(
            new RequestRateTracking(),
            new PresentLoad(),
            new MetricTracking(),
            new StepScaling(),
            new ScheduleFloors(),
            new LeadTimeSizing());

    private static final List<Limit> UNANIMITY = List.of(
            new MissingRateHold(),
            new RestartHold(),
            new MissingMetricHold(),
            new ForecastScaleInHold(),
            new FallbackFloor());

    private static final List<Limit> LIMITS = List.of(
            new StabilizationWindow(),
            new ReplicaChangeLimit(),
            new ReplicaBoundsLimit(),
            new RolloutHold(),
            new PauseHold());

    @Override
    public ScalingDecision decide(
            ScalingPolicy policy, Observation observation, ForecastView forecast, ScalingHistory past, Instant now) {
        Situation situation = new Situation(policy, observation, forecast, past, now);
        List<Opinion> opinions = new ArrayList<>();
        for (SizingRule rule : RULES) {
            opinions.addAll(rule.opinions(situation));
        }
        Deliberation deliberation = new Deliberation(situation, opinions);

        List<Reason> trail = new ArrayList<>();
        forecastNotice(situation).ifPresent(trail::add);
        int replicas = observation.currentReplicas();
        Opinion.Wants largest = deliberation.largest();
        if (largest != null) {
            trail.add(largest.reasonFrom(replicas));
            replicas = largest.replicas();
        }
        int recommended = apply(UNANIMITY, replicas, deliberation, trail);
        int decided = apply(LIMITS, recommended, deliberation.recommending(recommended), trail);

        List<Proposal> proposals = opinions.stream().map(Opinion::proposal).toList();
        return new ScalingDecision(observation.currentReplicas(), decided, recommended, proposals, trail);
    }

    private static int apply(List<Limit> limits, int replicas, Deliberation deliberation, List<Reason> trail) {
        int limited = replicas;
        for (Limit limit : limits) {
            Optional<Reason> reason = limit.limit(limited, deliberation);
            if (reason.isPresent()) {
                trail.add(reason.get());
                limited = reason.get().to();
            }
        }
        return limited;
    }

    /** Says why a forecast that was asked for does not size replicas alone. */
    private static Optional<Reason> forecastNotice(Situation situation) {
        return switch (situation.forecastState()) {
            case TRUSTED, DISABLED -> Optional.empty();
            case MISSED ->
                Optional.of(notice(
                        ReasonCode.FORECAST_MISSED,
                        situation,
                        "more was observed than the forecast had issued: target tracking joins"));
            case DISTRUSTED ->
                Optional.of(notice(
                        ReasonCode.FORECAST_DISTRUSTED,
                        situation,
                        "the health gate does not trust the forecast: target tracking decides"));
            case UNAVAILABLE ->
                Optional.of(notice(
                        ReasonCode.FORECAST_UNAVAILABLE,
                        situation,
                        "no forecast to act on (%s): target tracking decides"
                                .formatted(((ForecastView.Unavailable) situation.forecast()).reason())));
        };
    }

    private static Reason notice(ReasonCode code, Situation situation, String message) {
        int current = situation.currentReplicas();
        return new Reason(code, LeadTimeSizing.RULE, current, current, message);
    }
}
