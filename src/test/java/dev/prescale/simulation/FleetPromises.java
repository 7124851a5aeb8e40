package dev.prescale.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingDecision.Action;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.BreachPolicy;
import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import dev.prescale.testing.DecisionAssert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What every decision of a fleet keeps, whatever the specification, the traffic and the faults. Each is worked out from
 * what is shown and sent, apart from the production code. Cycles in which nothing was decided are passed over.
 */
final class FleetPromises {
    private static final Set<ReasonCode> NO_DATA_CODES =
            Set.of(ReasonCode.NO_DATA, ReasonCode.STALE_DATA, ReasonCode.HISTORY_FAILED);

    private FleetPromises() {}

    /** @param sentAt replicas that were asked for at an instant, in their order */
    static List<Invariant> all(Function<Instant, List<Integer>> sentAt) {
        return List.of(
                new WithinBoundsOrSaysWhy(),
                new LoadIsServedOrALimitSaysWhyNot(),
                new NothingIsTakenAwayWhileDataAreMissing(),
                new NothingIsTakenAwayBelowTheWindow(),
                new TrailEndsAtWhatWasSent(sentAt));
    }

    /** A decided cycle. */
    private interface OfDecision extends Invariant {
        void verify(EndpointSnapshot snapshot, ScalingDecision decision, BoundsAt bounds);

        @Override
        default void verify(EndpointSnapshot snapshot) {
            DecisionRecord latest = snapshot.latest();
            if (latest != null && latest.at().equals(snapshot.at())) {
                BoundsAt bounds = BoundsAt.of(snapshot.spec().policy(), snapshot.at());
                verify(snapshot, latest.decision(), bounds);
            }
        }
    }

    /** min &lt;= replicas &lt;= max, unless a pause keeps what there is or a forecast raised the maximum. */
    static final class WithinBoundsOrSaysWhy implements OfDecision {
        @Override
        public void verify(EndpointSnapshot snapshot, ScalingDecision decision, BoundsAt bounds) {
            if (decision.has(ReasonCode.PAUSED)) {
                var pausing = snapshot.spec().pausing();
                assertThat(pausing.paused() || pausing.scaleInPaused()).isTrue();
                assertThat(decision.replicas()).isEqualTo(decision.currentReplicas());
                return;
            }
            assertThat(decision.replicas()).isGreaterThanOrEqualTo(bounds.min());
            if (decision.replicas() > bounds.max()) {
                var policy = snapshot.spec().policy().bounds();
                assertThat(decision.has(ReasonCode.MAXIMUM_RAISED)).isTrue();
                assertThat(policy.breachPolicy()).isEqualTo(BreachPolicy.INCREASE);
                assertThat(bounds.isCeilingOfSchedule()).isFalse();
                Integer forecast = proposal("forecast", decision).replicas();
                int raised =
                        forecast == null ? 0 : CapacityModel.ceilToReplicas(forecast * (1 + policy.bufferFraction()));
                assertThat(decision.replicas()).isLessThanOrEqualTo(Math.max(raised, decision.currentReplicas()));
            }
        }
    }

    /**
     * Present load at full capacity and target tracking, each where the table of states lets it count; fewer only where
     * the trail has a limit that allows fewer, and then never fewer than there are.
     */
    static final class LoadIsServedOrALimitSaysWhyNot implements OfDecision {
        private final ForecastStates states = new ForecastStates();
        private final Recommendations recommendations = new Recommendations();
        private boolean isBegunAnew;
        private Instant begun = Instant.MIN;

        @Override
        public void begunAnew() {
            states.forget();
            isBegunAnew = true;
        }

        @Override
        public void verify(EndpointSnapshot snapshot, ScalingDecision decision, BoundsAt bounds) {
            begun = isBegunAnew ? snapshot.at() : begun;
            isBegunAnew = false;
            if (isLowered(decision, ReasonCode.SCALE_UP_STABILIZED)) {
                verifyWaiting(snapshot, decision);
            }
            recommendations.add(snapshot.at(), decision.recommended());
            ForecastStates.State state = states.of(snapshot);
            if (!(snapshot.requestRate() instanceof RateReading.Known rate)) {
                return;
            }
            ScalingPolicy policy = snapshot.spec().policy();
            boolean isTracked =
                    state != ForecastStates.State.TRUSTED || policy.predictive().combine() == Combine.ADD_ONLY;
            boolean isPresentLoadCounted = state != ForecastStates.State.REACTIVE;
            assertThat(proposal("requestRate", decision).replicas() != null)
                    .as("target tracking counts when %s", state)
                    .isEqualTo(isTracked);
            int needed = Math.max(
                    isTracked ? tracked(rate.value(), decision.currentReplicas(), policy) : 0,
                    isPresentLoadCounted ? policy.capacity().replicasFor(rate.value(), 1) : 0);

            int allowed = Math.min(needed, bounds.max());
            assertThat(decision.recommended()).isGreaterThanOrEqualTo(needed);
            assertThat(decision.replicas()).isGreaterThanOrEqualTo(Math.min(allowed, decision.currentReplicas()));
            if (!isLowered(decision, ReasonCode.SCALE_UP_STABILIZED, ReasonCode.SCALE_UP_LIMITED, ReasonCode.PAUSED)) {
                assertThat(decision.replicas()).isGreaterThanOrEqualTo(allowed);
            }
            if (decision.replicas() < needed) {
                assertThat(isLowered(decision, ReasonCode.values())).isTrue();
            }
        }

        /** Scale-up waits for what was recommended within its window; a process that has just begun knows the journal only. */
        private void verifyWaiting(EndpointSnapshot snapshot, ScalingDecision decision) {
            Duration window = snapshot.spec().policy().behavior().scaleUp().stabilizationWindow();
            assertThat(window).isPositive();
            if (!snapshot.at().isBefore(begun.plus(window))) {
                int lowest =
                        recommendations.since(snapshot.at().minus(window)).min().orElse(Integer.MAX_VALUE);
                assertThat(lowest).as("lowest within %s", window).isLessThan(decision.recommended());
            }
        }

        private static int tracked(double rate, int current, ScalingPolicy policy) {
            CapacityModel capacity = policy.capacity();
            double planned = capacity.sustainedBy(current) * capacity.targetUtilization();
            return current > 0 && policy.reactive().tolerance().covers(rate / planned)
                    ? current
                    : capacity.replicasFor(rate, capacity.targetUtilization());
        }
    }

    /** Neither without the rate nor without a metric that is asked for. A bound below what there is holds all the same. */
    static final class NothingIsTakenAwayWhileDataAreMissing implements OfDecision {
        @Override
        public void verify(EndpointSnapshot snapshot, ScalingDecision decision, BoundsAt bounds) {
            boolean isRateMissing = !(snapshot.requestRate() instanceof RateReading.Known);
            if (isRateMissing || isMetricMissing(snapshot, decision)) {
                int kept = Math.min(decision.currentReplicas(), bounds.max());
                assertThat(decision.replicas()).isGreaterThanOrEqualTo(kept);
            }
            if (isRateMissing) {
                assertThat(decision.trail()).extracting(Reason::code).containsAnyElementsOf(NO_DATA_CODES);
            }
        }

        private static boolean isMetricMissing(EndpointSnapshot snapshot, ScalingDecision decision) {
            Set<String> metrics = snapshot.spec().policy().reactive().metrics().stream()
                    .map(MetricTarget::name)
                    .collect(Collectors.toSet());
            Set<String> missing =
                    NO_DATA_CODES.stream().map(ReasonCode::wireName).collect(Collectors.toSet());
            return decision.proposals().stream()
                    .filter(proposal -> metrics.contains(proposal.rule()))
                    .anyMatch(proposal -> missing.contains(proposal.reason()));
        }
    }

    /**
     * Never fewer than were recommended at any time within the scale-down stabilization window, by this process or one
     * before it. A bound below what there is holds all the same.
     */
    static final class NothingIsTakenAwayBelowTheWindow implements OfDecision {
        private final Recommendations recommendations = new Recommendations();

        @Override
        public void verify(EndpointSnapshot snapshot, ScalingDecision decision, BoundsAt bounds) {
            Duration window = snapshot.spec().policy().behavior().scaleDown().stabilizationWindow();
            int highest =
                    recommendations.since(snapshot.at().minus(window)).max().orElse(0);
            int kept = Math.min(Math.min(highest, decision.currentReplicas()), bounds.max());
            assertThat(decision.replicas()).isGreaterThanOrEqualTo(kept);
            recommendations.add(snapshot.at(), decision.recommended());
        }
    }

    /** All that was recommended within the longest window there may be. */
    private static final class Recommendations {
        private static final Duration LONGEST = Duration.ofHours(1);

        private final Deque<Recommended> recent = new ArrayDeque<>();

        void add(Instant at, int replicas) {
            recent.addLast(new Recommended(at, replicas));
            while (recent.getFirst().at().isBefore(at.minus(LONGEST))) {
                recent.removeFirst();
            }
        }

        /** Those later than an instant. */
        IntStream since(Instant begin) {
            return recent.stream().filter(past -> past.at().isAfter(begin)).mapToInt(Recommended::replicas);
        }

        private record Recommended(Instant at, int replicas) {}
    }

    /** Each reason begins where the one before ended, the last one ends at the number the workload was asked for. */
    record TrailEndsAtWhatWasSent(Function<Instant, List<Integer>> sentAt) implements OfDecision {
        @Override
        public void verify(EndpointSnapshot snapshot, ScalingDecision decision, BoundsAt bounds) {
            DecisionAssert.assertThat(decision).hasAnUnbrokenTrail();
            List<Integer> decided = decision.action() == Action.SCALE_TO ? List.of(decision.replicas()) : List.of();
            assertThat(sentAt.apply(snapshot.at())).isEqualTo(decided);
            if (decision.action() == Action.SCALE_TO) {
                assertThat(decision.trail()).isNotEmpty();
            }
        }
    }

    private static Proposal proposal(String rule, ScalingDecision decision) {
        return decision.proposals().stream()
                .filter(proposal -> proposal.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a reason with one of these codes made the number smaller. */
    private static boolean isLowered(ScalingDecision decision, ReasonCode... codes) {
        return decision.trail().stream()
                .filter(reason -> reason.to() < reason.from())
                .map(Reason::code)
                .anyMatch(Set.of(codes)::contains);
    }
}
