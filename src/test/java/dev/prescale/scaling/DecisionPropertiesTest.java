package dev.prescale.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.testing.DecisionAssert;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every decision, over random policies, observations, forecasts and pasts. {@code -Dseed=17} replays one. */
@Execution(ExecutionMode.CONCURRENT)
class DecisionPropertiesTest {
    private static final int SEEDS = 300;
    private static final Instant NOW = RandomSituation.NOW;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEEDS) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void replicasAreWithinTheBoundsOrTheTrailSaysWhy(long seed) {
        Situation situation = RandomSituation.ofSeed(seed);
        ScalingDecision decision = decide(situation);
        var bounds = situation.policy().bounds();
        if (!decision.has(ReasonCode.PAUSED)) {
            assertThat(decision.replicas()).isGreaterThanOrEqualTo(bounds.minReplicas());
            if (!decision.has(ReasonCode.MAXIMUM_RAISED)) {
                assertThat(decision.replicas()).isLessThanOrEqualTo(bounds.maxReplicas());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsTakenAwayWhileDataAreMissing(long seed) {
        Situation situation = RandomSituation.ofSeed(seed);
        ScalingDecision decision = decide(situation);
        boolean isMissing = !(situation.observation().requestRate() instanceof RateReading.Known)
                || situation.policy().reactive().metrics().stream()
                        .map(metric -> MetricReadings.of(metric.name(), situation.policy(), situation.observation()))
                        .anyMatch(reading -> !(reading instanceof RateReading.Known))
                || situation.past().restarted();
        if (isMissing) {
            int allowed = BoundsInForce.of(situation).maxReplicas();
            assertThat(decision.replicas()).isGreaterThanOrEqualTo(Math.min(situation.currentReplicas(), allowed));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void presentLoadIsServedUnlessTheTrailSaysWhyNot(long seed) {
        Situation situation = RandomSituation.ofSeed(seed);
        if (!(situation.observation().requestRate() instanceof RateReading.Known rate)) {
            return;
        }
        ScalingDecision decision = decide(situation);
        ScalingPolicy policy = situation.policy();
        double planned = policy.capacity().sustainedBy(situation.currentReplicas())
                * policy.capacity().targetUtilization();
        boolean isTolerated = !situation.forecastState().sizesReplicas()
                && situation.currentReplicas() > 0
                && policy.reactive().tolerance().covers(rate.value() / planned);
        if (!isTolerated && !isLimited(decision)) {
            assertThat(decision.replicas())
                    .isGreaterThanOrEqualTo(policy.capacity().replicasFor(rate.value(), 1));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void targetTrackingIsServedWhereItCountsUnlessTheTrailSaysWhyNot(long seed) {
        Situation situation = RandomSituation.ofSeed(seed);
        ScalingDecision decision = decide(situation);
        boolean isKnown = situation.observation().requestRate() instanceof RateReading.Known;
        Integer asked = decision.proposals().getFirst().replicas();
        assertThat(asked != null).isEqualTo(isKnown && situation.targetTrackingCounts());
        if (asked != null && !isLimited(decision)) {
            assertThat(decision.replicas()).isGreaterThanOrEqualTo(asked);
        }
    }

    /** Whether something held the number down and said so. */
    private static boolean isLimited(ScalingDecision decision) {
        return decision.trail().stream()
                .filter(reason -> reason.to() < reason.from())
                .map(Reason::code)
                .anyMatch(Set.of(
                        ReasonCode.SCALE_UP_STABILIZED,
                        ReasonCode.SCALE_UP_LIMITED,
                        ReasonCode.ABOVE_MAXIMUM,
                        ReasonCode.MAXIMUM_RAISED,
                        ReasonCode.SCHEDULE,
                        ReasonCode.PAUSED)::contains);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void zeroIsLeftAsSoonAsOneIsNeeded(long seed) {
        Situation drawn = RandomSituation.ofSeed(seed);
        Observation seen = drawn.observation();
        var idle = new Observation(
                0, 0, seen.requestRate(), seen.metrics(), List.of(), seen.rolloutInProgress(), seen.pause());
        var situation = new Situation(drawn.policy(), idle, drawn.forecast(), drawn.past(), NOW);
        ScalingDecision decision = decide(situation);
        if (decision.recommended() > 0 && BoundsInForce.of(situation).maxReplicas() > 0 && seen.pause() != Pause.ALL) {
            assertThat(decision.replicas()).isPositive();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theRecommendationIsNoLessThanAnyRuleThatCountsAskedFor(long seed) {
        ScalingDecision decision = decide(RandomSituation.ofSeed(seed));
        int largest = decision.proposals().stream()
                .map(Proposal::replicas)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        assertThat(decision.recommended()).isGreaterThanOrEqualTo(largest);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void scaleInStaysAboveEveryRecommendationOfTheWindow(long seed) {
        Situation situation = RandomSituation.ofSeed(seed);
        ScalingDecision decision = decide(situation);
        Instant start = NOW.minus(situation.policy().behavior().scaleDown().stabilizationWindow());
        int highest = situation.past().recommendations().stream()
                .filter(recommendation -> recommendation.at().isAfter(start))
                .mapToInt(Recommendation::replicas)
                .max()
                .orElse(0);
        int allowed = BoundsInForce.of(situation).maxReplicas();
        assertThat(decision.replicas())
                .isGreaterThanOrEqualTo(Math.min(Math.min(highest, situation.currentReplicas()), allowed));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theTrailIsUnbrokenAndEndsAtTheDecidedNumber(long seed) {
        ScalingDecision decision = decide(RandomSituation.ofSeed(seed));
        assertThat(decision.trail()).isNotEmpty();
        DecisionAssert.assertThat(decision).hasAnUnbrokenTrail();
        if (decision.replicas() != decision.recommended()) {
            assertThat(decision.trail())
                    .filteredOn(reason -> reason.to() != reason.from())
                    .extracting(Reason::code)
                    .containsAnyOf(
                            ReasonCode.SCALE_UP_STABILIZED,
                            ReasonCode.SCALE_DOWN_STABILIZED,
                            ReasonCode.SCALE_UP_LIMITED,
                            ReasonCode.SCALE_DOWN_LIMITED,
                            ReasonCode.BELOW_MINIMUM,
                            ReasonCode.ABOVE_MAXIMUM,
                            ReasonCode.MAXIMUM_RAISED,
                            ReasonCode.SCHEDULE,
                            ReasonCode.ROLLOUT_HOLD,
                            ReasonCode.PAUSED);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void moreTrafficNeverMeansFewerReplicas(long seed) {
        Situation situation = withoutSteps(RandomSituation.ofSeed(seed));
        int before = 0;
        for (double rate : List.of(0.0, 1.0, 10.0, 55.5, 100.0, 101.0, 250.0, 1000.0, 1e6)) {
            int replicas = decide(withRate(situation, rate)).replicas();
            assertThat(replicas).as("at %s req/s", rate).isGreaterThanOrEqualTo(before);
            before = replicas;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void moreForecastDemandNeverMeansFewerReplicas(long seed) {
        Situation situation = RandomSituation.ofSeed(seed);
        if (!(situation.forecast() instanceof ForecastView.Available view)) {
            return;
        }
        int before = 0;
        for (double demand : List.of(0.0, 1.0, 10.0, 55.5, 100.0, 101.0, 250.0, 1000.0, 1e6)) {
            var forecast = new ForecastView.Available(
                    demand, Math.max(demand, view.scaleInDemand()), view.leadTime(), view.trusted(), view.missed());
            int replicas = decide(
                            new Situation(situation.policy(), situation.observation(), forecast, situation.past(), NOW))
                    .replicas();
            assertThat(replicas).as("at %s req/s", demand).isGreaterThanOrEqualTo(before);
            before = replicas;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameSituationIsDecidedTheSameWay(long seed) {
        assertThat(decide(RandomSituation.ofSeed(seed))).isEqualTo(decide(RandomSituation.ofSeed(seed)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aPauseHoldsWhateverElseIsTheCase(long seed) {
        Situation situation = RandomSituation.ofSeed(seed);
        if (situation.observation().pause() == Pause.ALL) {
            DecisionAssert.assertThat(decide(situation)).holdsBecause(ReasonCode.PAUSED);
        }
    }

    private static ScalingDecision decide(Situation situation) {
        return new CombinedDecisionRule()
                .decide(
                        situation.policy(),
                        situation.observation(),
                        situation.forecast(),
                        situation.past(),
                        situation.now());
    }

    /** What steps do at which rate is up to whoever writes them. */
    private static Situation withoutSteps(Situation situation) {
        return new Situation(
                situation.policy().withSteps(List.of()),
                situation.observation(),
                situation.forecast(),
                situation.past(),
                NOW);
    }

    private static Situation withRate(Situation situation, double rate) {
        Observation seen = situation.observation();
        var observation = new Observation(
                seen.currentReplicas(),
                seen.readyReplicas(),
                new RateReading.Known(rate),
                seen.metrics(),
                seen.pods(),
                seen.rolloutInProgress(),
                seen.pause());
        return new Situation(situation.policy(), observation, situation.forecast(), situation.past(), NOW);
    }
}
