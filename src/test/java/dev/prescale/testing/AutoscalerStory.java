package dev.prescale.testing;

import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.ForecastView;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingHistory;
import dev.prescale.scaling.ScalingHistory.Breach;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingHistory.StepTaken;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.StepBreaches;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several cycles of one autoscaler, told as {@code at("00:04").sees(100).decides(8)} on Monday 2024-01-01. Every decision
 * is carried out at once and its replicas are ready at once; the past is remembered from cycle to cycle. What a test does
 * not say stays as it was, but the observed rate, which is missing unless it is said.
 */
public final class AutoscalerStory {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final DecisionRule rule = new CombinedDecisionRule();
    private final PolicyFixture policy;
    private final List<Recommendation> recommendations = new ArrayList<>();
    private final List<ReplicaChange> changes = new ArrayList<>();
    private final List<StepTaken> steps = new ArrayList<>();
    private List<Breach> breaches = List.of();
    private final Map<String, RateReading> metrics = new HashMap<>();
    private ForecastView forecast = new ForecastView.Disabled();
    private Instant missedUntil = Instant.MIN;
    private Pause pause = Pause.NONE;
    private boolean rolloutInProgress;
    private boolean restarted;
    private int replicas = 1;
    private int failures;

    private AutoscalerStory(PolicyFixture policy) {
        this.policy = policy;
    }

    public static AutoscalerStory autoscaler(PolicyFixture policy) {
        return new AutoscalerStory(policy);
    }

    public AutoscalerStory startingWith(int currentReplicas) {
        replicas = currentReplicas;
        return this;
    }

    public AutoscalerStory restarted(boolean sinceLastRead) {
        restarted = sinceLastRead;
        return this;
    }

    public AutoscalerStory paused(Pause pausing) {
        pause = pausing;
        return this;
    }

    public AutoscalerStory rollingOut(boolean inProgress) {
        rolloutInProgress = inProgress;
        return this;
    }

    /** A trusted forecast of this lead-time demand in req/s. */
    public AutoscalerStory forecasts(double leadTimeDemand) {
        return forecasts(leadTimeDemand, leadTimeDemand);
    }

    public AutoscalerStory forecasts(double leadTimeDemand, double scaleInDemand) {
        return forecast(new ForecastView.Available(leadTimeDemand, scaleInDemand, Duration.ofMinutes(2), true, false));
    }

    /** A trusted forecast that was missed within the surprise hold. */
    public AutoscalerStory forecastsWithAMiss(double leadTimeDemand) {
        return forecast(new ForecastView.Available(leadTimeDemand, leadTimeDemand, Duration.ofMinutes(2), true, true));
    }

    /**
     * More than had been issued is observed at this time: the forecast is missed from then on for the policy's surprise
     * hold, whatever it forecasts meanwhile.
     */
    public AutoscalerStory isMissedAt(String time) {
        missedUntil = instant(time).plus(policy.build().predictive().surpriseHold());
        return this;
    }

    public AutoscalerStory distrustsItsForecastOf(double leadTimeDemand) {
        return forecast(
                new ForecastView.Available(leadTimeDemand, leadTimeDemand, Duration.ofMinutes(2), false, false));
    }

    public AutoscalerStory forecast(ForecastView view) {
        forecast = view;
        return this;
    }

    public AutoscalerStory metric(String name, double value) {
        return metric(name, new RateReading.Known(value));
    }

    public AutoscalerStory metric(String name, RateReading reading) {
        metrics.put(name, reading);
        return this;
    }

    public Cycle at(String time) {
        return new Cycle(instant(time));
    }

    private static Instant instant(String time) {
        return LocalTime.parse(time)
                .atDate(START.atOffset(ZoneOffset.UTC).toLocalDate())
                .toInstant(ZoneOffset.UTC);
    }

    private ForecastView forecastAt(Instant now) {
        return forecast instanceof ForecastView.Available view && now.isBefore(missedUntil)
                ? new ForecastView.Available(
                        view.leadTimeDemand(), view.scaleInDemand(), view.leadTime(), view.trusted(), true)
                : forecast;
    }

    /** One cycle. */
    public final class Cycle {
        private final Instant now;
        private RateReading rate = new RateReading.NoData();

        private Cycle(Instant now) {
            this.now = now;
        }

        public Cycle sees(double requestRate) {
            return sees(new RateReading.Known(requestRate));
        }

        public Cycle sees(RateReading reading) {
            rate = reading;
            return this;
        }

        public Cycle seesNothing() {
            return sees(new RateReading.NoData());
        }

        public DecisionAssert decides(int expected) {
            return DecisionAssert.assertThat(decision()).hasAnUnbrokenTrail().decides(expected);
        }

        public DecisionAssert holdsBecause(ReasonCode code) {
            return DecisionAssert.assertThat(decision()).hasAnUnbrokenTrail().holdsBecause(code);
        }

        private ScalingDecision decision() {
            var observation = new Observation(replicas, replicas, rate, metrics, List.of(), rolloutInProgress, pause);
            var past = new ScalingHistory(recommendations, changes, steps, breaches, failures, restarted);
            ScalingPolicy rules = policy.build();
            ScalingDecision decision = rule.decide(rules, observation, forecastAt(now), past, now);
            breaches = StepBreaches.after(breaches, rules, observation, now);
            recommendations.add(new Recommendation(now, decision.recommended()));
            if (decision.replicas() != replicas) {
                changes.add(new ReplicaChange(now, replicas, decision.replicas()));
                decision.trail().stream()
                        .filter(reason -> reason.code() == ReasonCode.STEP)
                        .forEach(reason -> steps.add(new StepTaken(now, reason.rule(), reason.from(), reason.to())));
            }
            replicas = decision.replicas();
            failures = rate instanceof RateReading.Known ? 0 : failures + 1;
            return decision;
        }
    }
}
