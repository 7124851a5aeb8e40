package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.FROM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.FollowedSeries;
import dev.prescale.forecast.Forecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Planning forecasts are left out of a replay that nobody looks at, where they decide nothing. */
class UnseenReplayTest {
    private static final int WARM_UP_DAYS = 2;

    /** The production forecaster, with a count of how often it was asked. */
    private static final class Counting implements Forecaster {
        private final Forecaster production = new CombinedForecaster();
        private int followed;

        @Override
        public FollowedSeries follow(RateSeries history, TrafficCalendar calendar, int horizonSteps) {
            followed++;
            return production.follow(history, calendar, horizonSteps);
        }
    }

    private final Counting forecaster = new Counting();
    private final Fleet.Brain brain =
            new Fleet.Brain(forecaster, new DirectLeadTimeForecaster(), new CombinedDecisionRule());

    @Test
    void decidesAsTheFleetThatPeopleLookAt() {
        ReplaySetup setup = setup(null);

        List<ScalingDecision> unseen = decisions(setup, ReplayPolicy.prescale(brain));
        assertThat(forecaster.followed).isZero();

        assertThat(decisions(setup, seen(setup))).isEqualTo(unseen);
        assertThat(unseen.stream().filter(UnseenReplayTest::isPreScaled)).isNotEmpty();
        assertThat(forecaster.followed).isPositive();
    }

    @Test
    void plansWhereScaleInLooksFurther() {
        ReplaySetup setup = setup(Duration.ofHours(2));

        List<ScalingDecision> unseen = decisions(setup, ReplayPolicy.prescale(brain));
        assertThat(forecaster.followed).isPositive();

        assertThat(decisions(setup, seen(setup))).isEqualTo(unseen);
        assertThat(unseen.stream().filter(UnseenReplayTest::waitsWithScaleIn)).isNotEmpty();
    }

    private static boolean isPreScaled(ScalingDecision decision) {
        return decision.trail().stream().anyMatch(reason -> reason.rule().equals("forecast"));
    }

    private static boolean waitsWithScaleIn(ScalingDecision decision) {
        return decision.trail().stream()
                .anyMatch(reason -> reason.message().startsWith("scale-in waits")
                        && reason.message().contains("2 h"));
    }

    private ReplayPolicy seen(ReplaySetup setup) {
        return ReplayPolicy.prescale(workloads -> new Fleet(
                new Fleet.Ports(new RevealedHistory(setup), workloads, DecisionLog.NONE, FleetListener.NONE),
                brain,
                setup.cycle()));
    }

    private static List<ScalingDecision> decisions(ReplaySetup setup, ReplayPolicy policy) {
        List<ScalingDecision> decisions = new ArrayList<>();
        new Replay(setup, List.of(policy), new Replay.Listener() {
                    @Override
                    public void decided(EndpointId endpoint, String name, ScalingDecision decision, Instant now) {
                        decisions.add(decision);
                    }
                })
                .run();
        return decisions;
    }

    /** Three hours in which traffic falls and rises again, after two days of the same every four hours. */
    private static ReplaySetup setup(@Nullable Duration scaleInHorizon) {
        SplittableRandom random = new SplittableRandom(1);
        int perDay = Trace.MINUTE.perDay();
        double[] rates = new double[WARM_UP_DAYS * perDay + 3 * 60];
        for (int k = 0; k < rates.length; k++) {
            rates[k] = 60 + 50 * Math.cos(2 * Math.PI * k / 240) + 5 * random.nextDouble();
        }
        RateSeries minutes = RateSeries.of(FROM, Trace.MINUTE, rates);
        EndpointSpec spec = Specs.anEndpoint("shop");
        Predictive usual = spec.policy().predictive();
        Predictive predictive = new Predictive(
                true,
                usual.quantile(),
                usual.unservedPerIdle(),
                usual.targetUtilization(),
                usual.combine(),
                usual.scaleIn(),
                scaleInHorizon,
                usual.surpriseHold(),
                usual.leadTime(),
                usual.horizon());
        var endpoint = new ReplaySetup.Endpoint(
                new Trace("shop", minutes),
                SpecVariants.withPredictive(spec, predictive),
                StartTime.constant(Duration.ofMinutes(3)));
        return new ReplaySetup(
                List.of(endpoint),
                FROM.plus(Duration.ofDays(WARM_UP_DAYS)),
                minutes.end(),
                ReplaySetup.DEFAULT_CYCLE,
                WorkloadFaults.NONE,
                1);
    }
}
