package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.aReplay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.backtest.TuningGoal.Objective;
import dev.prescale.backtest.TuningResult.Verdict;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Two days, one per block, scaled by a rule that only the target of target tracking moves: its settings can be told by eye. */
class TuningTest {
    private static final int DAY = 1_440;

    /** The plain world; its invariants are checked by tests of their own. */
    private static final Simulation UNCHECKED =
            new Simulation(WorkloadFaults.NONE, null, SampleFaults.NONE, null, Queueing.DEFAULT, false);

    /** Target tracking at 0.7; the forecast does nothing here and is not tuned. */
    private static final EndpointSpec SPEC = TuningKnob.TRACKING_UTILIZATION.with(
            SpecVariants.withPredictive(Specs.anEndpoint("shop"), Predictive.DEFAULT.disabled()), 0.7);

    /** What the present rate needs at the target, at once. */
    private record Tracking(String name) implements ReplayPolicy {
        @Override
        public Controller control(ReplaySetup setup, WorkloadScale workloads) {
            ReplaySetup.Endpoint endpoint = setup.endpoints().getFirst();
            var policy = endpoint.spec().policy();
            return now -> workloads.scaleTo(
                    endpoint.id(),
                    Math.clamp(
                            policy.capacity()
                                    .replicasFor(
                                            endpoint.trace().demandAt(now),
                                            policy.capacity().targetUtilization()),
                            policy.bounds().minReplicas(),
                            policy.bounds().maxReplicas()),
                    now);
        }
    }

    private static final Parallel AT_ONCE = new Parallel() {
        @Override
        public <T> List<T> run(List<Supplier<T>> tasks) {
            return tasks.stream().map(CompletableFuture::supplyAsync).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    };

    /** Constant traffic: headroom is idle. 7 replicas' worth takes 10 at 0.7 and 7 at 1. */
    @Test
    void headroomThatNothingNeedsIsTakenAway() {
        TuningResult result = run(aReplay().minutes(2 * DAY, 70), leastCost());
        assertThat(result.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(result.recommended().settings())
                .isEqualTo(result.present().settings().with(TuningKnob.TRACKING_UTILIZATION, 1.0));
        assertThat(result.present().score()).isEqualTo(new TuningScore(2 * DAY, 480, 0, 480));
        assertThat(result.recommended().score()).isEqualTo(new TuningScore(2 * DAY, 336, 0, 336));
        assertThat(result.heldOut()).isEqualTo(result.recommended().score());
        assertThat(result.frontier()).containsExactly(result.recommended());
        assertThat(advice(result))
                .startsWith(
                        "Expect 30.0 % less cost: on days that they were not tuned on, settings found this way had a cost of"
                                + " 168.0 a day instead of 240.0, and 0.0 violation minutes a day instead of 0.0.");
    }

    /** Rises by 20 % every ten minutes: 0.8 bears them, more does not. Cheaper still is 0.7 cut at 9 replicas, which serve 84 req/s. */
    @Test
    void headroomThatIsNeededStays() {
        TuningResult result = run(waves(2 * DAY), leastCost());
        assertThat(result.recommended().score()).isEqualTo(new TuningScore(2 * DAY, 9 * 48, 0, 9 * 48));
        assertThat(result.recommended().settings().values())
                .containsEntry(TuningKnob.MAX_REPLICAS, 9.0)
                .containsEntry(TuningKnob.TRACKING_UTILIZATION, 0.7);
        assertThat(result.without()).containsOnlyKeys(TuningKnob.MAX_REPLICAS);
        assertThat(result.frontier()).hasSizeGreaterThan(1).contains(result.recommended());
    }

    @Test
    void violationMinutesAreMadeLeastWithinALimitOfCost() {
        EndpointSpec tight = TuningKnob.TRACKING_UTILIZATION.with(SPEC, 1);
        TuningResult result =
                run(waves(2 * DAY).spec(tight), new TuningGoal(Objective.VIOLATIONS, new TuningGoal.PerDay(1_000)));
        assertThat(result.present().score().violationMinutes()).isPositive();
        assertThat(result.verdict()).isEqualTo(Verdict.BETTER);
        // of those without any the cheapest
        assertThat(result.recommended().settings().values()).containsEntry(TuningKnob.TRACKING_UTILIZATION, 0.8);
    }

    /** The second day needs headroom that the first one does not show: what the first day promises does not come true. */
    @Test
    void whatIsNotConfirmedOnOtherDaysIsNotRecommended() {
        TuningResult result = run(aReplay().minutes(DAY, 70).spec(SPEC), waves(DAY), leastCost());
        assertThat(result.folds().get(1).settings().values()).containsEntry(TuningKnob.TRACKING_UTILIZATION, 1.0);
        assertThat(result.folds().get(1).tunedOn().violationMinutes()).isZero();
        assertThat(result.folds().get(1).heldOut().violationMinutes()).isPositive();
        assertThat(result.verdict()).isEqualTo(Verdict.NOT_CONFIRMED);
        assertThat(result.recommended()).isEqualTo(result.present());
        assertThat(advice(result).getFirst())
                .startsWith("The present settings stay: others looked better on the days that they were tuned on");
    }

    /** Whatever the held-out block holds, the settings that are judged on it are the same. */
    @Test
    void aFoldKnowsNothingOfTheBlockThatItIsJudgedOn() {
        TuningResult one = run(waves(DAY).minutes(DAY, 70), leastCost());
        TuningResult other = run(waves(DAY).minutes(DAY, 5), leastCost());
        assertThat(one.folds().get(1).settings()).isEqualTo(other.folds().get(1).settings());
        assertThat(one.folds().get(1).tunedOn()).isEqualTo(other.folds().get(1).tunedOn());
        assertThat(one.folds().get(1).heldOut())
                .isNotEqualTo(other.folds().get(1).heldOut());
    }

    @Test
    void aLimitOutOfReachIsSaidWithTheLeastThatWasReached() {
        // a jump that nothing foresees: three minutes until replicas are ready
        ReplayFixture jumps = aReplay().minutes(DAY, 10).minutes(DAY, 200);
        TuningResult result = run(jumps, new TuningGoal(Objective.COST, new TuningGoal.PerDay(0.5)));
        assertThat(result.verdict()).isEqualTo(Verdict.LIMIT_NOT_REACHED);
        assertThat(advice(result).getFirst())
                .isEqualTo(
                        "No settings keep the limit of 0.5 violation minutes a day; the least that was reached is 1.5"
                                + " violation minutes a day.");
    }

    @Test
    void sideBySideGivesTheSame() {
        TuningResult inTurn = run(waves(2 * DAY), leastCost());
        TuningResult atOnce = tuning(waves(2 * DAY).spec(SPEC).setup(), leastCost(), AT_ONCE, BacktestWatch.NONE)
                .run()
                .orElseThrow();
        assertThat(atOnce).isEqualTo(inTurn);
    }

    @Test
    void noMoreIsReplayedThanAskedForAndProgressEndsAtOne() {
        List<Double> shares = new ArrayList<>();
        TuningResult result = new Tuning(
                        waves(2 * DAY).spec(SPEC).setup(),
                        new Tracking("tracking"),
                        leastCost(),
                        2,
                        Tuning.FEWEST_REPLAYS,
                        Parallel.IN_TURN,
                        new BacktestWatch() {
                            @Override
                            public void progress(double share) {
                                shares.add(share);
                            }
                        })
                .run()
                .orElseThrow();
        assertThat(result.replays()).isEqualTo(Tuning.FEWEST_REPLAYS);
        assertThat(shares).isSorted().last().isEqualTo(1.0);
    }

    /** The first replay is that of the present settings: from then on there is a best so far. */
    @Test
    void whatIsStoppedTellsTheBestSoFar() {
        int[] asked = new int[1];
        TuningResult stopped = tuning(
                        aReplay().minutes(2 * DAY, 70).spec(SPEC).setup(),
                        leastCost(),
                        Parallel.IN_TURN,
                        stopAfter(asked, 250))
                .run()
                .orElseThrow();
        assertThat(stopped.isComplete()).isFalse();
        assertThat(stopped.replays()).isBetween(2, 6);
        assertThat(advice(stopped).getFirst()).startsWith("Stopped after ");
        assertThat(tuning(
                                aReplay().minutes(2 * DAY, 70).spec(SPEC).setup(),
                                leastCost(),
                                Parallel.IN_TURN,
                                stopAfter(new int[1], 5))
                        .run())
                .isEmpty();
    }

    private static BacktestWatch stopAfter(int[] asked, int times) {
        return new BacktestWatch() {
            @Override
            public boolean isStopped() {
                return ++asked[0] > times;
            }
        };
    }

    @Test
    void tooFewDaysAreRefusedWithWhatWouldFit() {
        assertThatThrownBy(() -> run(aReplay().minutes(DAY + 600, 70), leastCost()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 blocks of a day or more do not fit into the 34 h from 2024-01-01T00:00:00Z to"
                        + " 2024-01-02T10:00:00Z: a tuning needs two days after the warm-up");
        assertThatThrownBy(() -> TuningBlocks.of(aReplay().minutes(3 * DAY, 1).setup(), 4))
                .hasMessageEndingWith("at most 3 folds do");
    }

    @Test
    void aBlockWithoutASampleIsRefused() {
        ReplaySetup setup = aReplay().minutes(DAY, 1).minutes(DAY, Double.NaN).setup();
        assertThatThrownBy(() -> TuningBlocks.of(setup, 2))
                .hasMessage(
                        "the trace has no sample from 2024-01-02T00:00:00Z to 2024-01-03T00:00:00Z, which is block 2 of"
                                + " 2: use other folds or days");
    }

    @Test
    void besideAnHpaItSaysToWhichTargetThatMayBeRaised() {
        EndpointSpec floor =
                SpecVariants.withPredictive(SPEC, Predictive.DEFAULT).withMode(Mode.HPA_FLOOR);
        TuningResult result = run(aReplay().minutes(2 * DAY, 70).spec(floor), leastCost());
        assertThat(new TuningAdvice(floor, result).sentences())
                .contains(
                        "The HPA beside it may be raised from 70 % to 100 % of the capacity per replica: pre-scaling alone"
                                + " only adds, this is where it pays.");
    }

    /** Between 70 and 84 req/s, five minutes each. */
    private static ReplayFixture waves(int minutes) {
        ReplayFixture replay = aReplay().spec(SPEC);
        for (int k = 0; k < minutes; k += 10) {
            replay.minutes(5, 70).minutes(5, 84);
        }
        return replay;
    }

    private static TuningGoal leastCost() {
        return TuningGoal.noWorseThanNow(Objective.COST);
    }

    private static List<String> advice(TuningResult result) {
        return new TuningAdvice(SPEC, result).sentences();
    }

    private static TuningResult run(ReplayFixture first, ReplayFixture then, TuningGoal goal) {
        double[] rest = then.setup()
                .endpoints()
                .getFirst()
                .trace()
                .minutes()
                .from(ReplayFixture.FROM)
                .rates();
        return run(first.rates(rest), goal);
    }

    private static TuningResult run(ReplayFixture replay, TuningGoal goal) {
        ReplaySetup setup = replay.setup();
        boolean isPlain = setup.specs().getFirst().policy().capacity().targetUtilization() == 1
                && goal.objective() == Objective.COST;
        return tuning(isPlain ? replay.spec(SPEC).setup() : setup, goal, Parallel.IN_TURN, BacktestWatch.NONE)
                .run()
                .orElseThrow();
    }

    private static Tuning tuning(ReplaySetup setup, TuningGoal goal, Parallel parallel, BacktestWatch watch) {
        ReplaySetup byTheMinute = new ReplaySetup(
                setup.endpoints(), setup.from(), setup.to(), Duration.ofMinutes(1), UNCHECKED, setup.seed());
        return new Tuning(byTheMinute, new Tracking("tracking"), goal, 2, 24, parallel, watch);
    }
}
