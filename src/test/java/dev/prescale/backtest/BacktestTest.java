package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.aReplay;
import static dev.prescale.backtest.ReplayFixture.brain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.BacktestResult.EqualService;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.control.EndpointId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final List<ReplayPolicy> POLICIES = List.of(
            ReplayPolicy.oracle(), ReplayPolicy.fixed(), ReplayPolicies.hpa(brain()), ReplayPolicy.prescale(brain()));

    /** All at once, each on a thread of its own. */
    private static final Parallel AT_ONCE = new Parallel() {
        @Override
        public <T> List<T> run(List<Supplier<T>> tasks) {
            return tasks.stream().map(CompletableFuture::supplyAsync).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    };

    @Test
    void everyPolicyIsScoredInTheOrderAskedFor() {
        BacktestResult result = run(steps().setup(), Parallel.IN_TURN);
        assertThat(result.scorecard().scores())
                .extracting(Scorecard.Score::policy)
                .containsExactly("oracle", "fixed", "hpa", "prescale");
        assertThat(result.scorecard().scores())
                .allSatisfy(score -> assertThat(score.regret()).isNotNegative());
    }

    @Test
    void aReplayInABacktestIsTheReplayAlone() {
        Scorecard alone = new Replay(steps().setup(), POLICIES, Replay.Listener.NONE)
                .run()
                .scorecards()
                .getFirst();
        assertThat(run(steps().setup(), Parallel.IN_TURN).scorecard()).isEqualTo(alone);
    }

    @Test
    void sideBySideGivesTheSame() {
        assertThat(run(steps().setup(), AT_ONCE)).isEqualTo(run(steps().setup(), Parallel.IN_TURN));
    }

    /** Without a forecast Prescale is target tracking alone: at its violation minutes it needs the same replica-hours. */
    @Test
    void atEqualServiceWhatIsTheSameCostsTheSame() {
        List<EqualService> equal = run(steps().setup(), Parallel.IN_TURN).equalService();
        assertThat(equal).extracting(EqualService::policy).doesNotContain("oracle");
        EqualService prescale = of("prescale", equal);
        if (equal.stream().anyMatch(row -> row.policy().equals("hpa"))) {
            assertThat(of("hpa", equal))
                    .usingRecursiveComparison()
                    .ignoringFields("policy")
                    .isEqualTo(prescale);
        }
    }

    @Test
    void rowsComeFromTheFirstReplayOfEachPolicy() {
        Map<String, List<MinuteRow>> rows = new ConcurrentHashMap<>();
        backtest(steps().setup(), AT_ONCE, BacktestWatch.NONE).run(policy -> new Replay.Listener() {
            @Override
            public void minuteScored(EndpointId endpoint, MinuteRow row) {
                rows.computeIfAbsent(policy, unused -> Collections.synchronizedList(new ArrayList<>()))
                        .add(row);
            }
        });
        assertThat(rows).containsOnlyKeys("oracle", "fixed", "hpa", "prescale");
        assertThat(rows.values()).allSatisfy(each -> assertThat(each).hasSize(180));
    }

    @Test
    void progressNeverFallsAndEndsAtOne() {
        List<Double> shares = new ArrayList<>();
        backtest(steps().setup(), Parallel.IN_TURN, new BacktestWatch() {
                    @Override
                    public void progress(double share) {
                        shares.add(share);
                    }
                })
                .run(policy -> Replay.Listener.NONE);
        assertThat(shares).isSorted().hasSizeGreaterThan(10).last().isEqualTo(1.0);
    }

    @Test
    void aStoppedBacktestHasNoResult() {
        int[] asked = new int[1];
        var stopped = backtest(steps().setup(), Parallel.IN_TURN, new BacktestWatch() {
                    @Override
                    public boolean isStopped() {
                        return ++asked[0] > 5;
                    }
                })
                .run(policy -> Replay.Listener.NONE);
        assertThat(stopped).isEmpty();
    }

    @Test
    void constantTrafficIsServedAsWellByAFixedNumber() {
        BacktestResult result = run(aReplay().minutes(120, 45).setup(), Parallel.IN_TURN);
        assertThat(result.advice()).contains("A fixed 5 replicas would serve this trace as well for as much.");
    }

    @Test
    void saysWhatCausedViolationsAndWhatALongerStartCosts() {
        // a jump from 1 to 3 replicas is seen when it is there: minutes 10 to 13; with 4 minutes to start 14 too
        BacktestResult result = run(aReplay().minutes(10, 10).minutes(50, 30).setup(), Parallel.IN_TURN);
        assertThat(result.advice())
                .contains(
                        "Most violation minutes (4 of 4) are of ForecastUnavailable: there was no forecast, target tracking"
                                + " decided.")
                .anySatisfy(said -> assertThat(said)
                        .startsWith("One more minute of start time would cost ")
                        .endsWith("5 violation minutes instead of 2.5 and 4."));
    }

    private static EqualService of(String policy, List<EqualService> rows) {
        return rows.stream()
                .filter(row -> row.policy().equals(policy))
                .findFirst()
                .orElseThrow();
    }

    private static BacktestResult run(ReplaySetup setup, Parallel parallel) {
        return backtest(setup, parallel, BacktestWatch.NONE)
                .run(policy -> Replay.Listener.NONE)
                .orElseThrow();
    }

    private static Backtest backtest(ReplaySetup setup, Parallel parallel, BacktestWatch watch) {
        return new Backtest(setup, POLICIES, parallel, watch);
    }

    private static ReplayFixture steps() {
        return aReplay().minutes(60, 10).minutes(60, 30).minutes(60, 20);
    }
}
