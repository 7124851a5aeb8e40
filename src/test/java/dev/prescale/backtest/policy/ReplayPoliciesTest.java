package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.DAY;
import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static dev.prescale.backtest.policy.PolicyStory.brain;
import static dev.prescale.backtest.policy.PolicyStory.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Scorecard;
import dev.prescale.control.EndpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayPoliciesTest {
    @Test
    void theNamesAreThoseOfTheContractInItsOrder() {
        assertThat(ReplayPolicies.ALL)
                .containsExactly(
                        "oracle",
                        "fixed",
                        "hpa",
                        "knative",
                        "keda",
                        "lastValue",
                        "dayNaive",
                        "weekNaive",
                        "holtWinters",
                        "spectral",
                        "hourly",
                        "prescale");
        assertThat(ReplayPolicies.all(brain()))
                .extracting(ReplayPolicy::name)
                .containsExactlyElementsOf(ReplayPolicies.ALL);
    }

    @Test
    void anotherNameIsNoPolicy() {
        assertThat(ReplayPolicies.named("HPA", brain())).isEmpty();
    }

    static Stream<String> policiesThatSeeThePast() {
        return ReplayPolicies.ALL.stream()
                .filter(name -> !List.of("oracle", "fixed", "prescale").contains(name));
    }

    /** Prescale is shown not to by {@code ReplayTest}. */
    @ParameterizedTest
    @MethodSource("policiesThatSeeThePast")
    void noneButTheOracleAndTheFixedSeesTheFuture(String name) {
        int known = 14 * 60 + 7;
        List<MinuteRow> quiet = rows(name, minute -> minute < known ? usual(minute) : 1);
        List<MinuteRow> poisoned = rows(name, minute -> minute < known ? usual(minute) : 2_000);
        assertThat(poisoned.subList(0, known)).isEqualTo(quiet.subList(0, known));
        assertThat(poisoned).isNotEqualTo(quiet);
    }

    @ParameterizedTest
    @MethodSource("policiesThatSeeThePast")
    void aTraceWithoutHistoryIsNoFault(String name) {
        ReplaySetup setup = aStory().load(0, minute -> 50).setup(10);
        Replay replay = new Replay(setup, List.of(named(name)), Replay.Listener.NONE).run();
        assertThat(replay.scorecards().getFirst().scores().getFirst().peakReplicas())
                .isGreaterThanOrEqualTo(8);
    }

    private static final double[] NOISE =
            new SplittableRandom(5).doubles(10L * DAY, 0.8, 1.2).toArray();

    private static double usual(int minute) {
        double ofDay = 2 * Math.PI * Math.floorMod(minute, DAY) / DAY;
        return (60 - 40 * Math.cos(ofDay)) * NOISE[minute + 9 * DAY];
    }

    private static List<MinuteRow> rows(String name, IntToDoubleFunction rate) {
        List<MinuteRow> rows = new ArrayList<>();
        ReplaySetup setup = aStory().load(9 * DAY, rate).setup(16 * 60);
        new Replay(setup, List.of(named(name)), new Replay.Listener() {
                    @Override
                    public void minuteScored(EndpointId endpoint, MinuteRow row) {
                        rows.add(row);
                    }
                })
                .run();
        return rows;
    }

    static Stream<String> policiesWithAKnob() {
        return ReplayPolicies.ALL.stream().filter(name -> !name.equals("oracle"));
    }

    @ParameterizedTest
    @MethodSource("policiesWithAKnob")
    void theKnobGivesAboutAsManyTimesTheReplicas(String name) {
        ReplayPolicy policy = named(name);
        double asIs = replicaHours(policy);
        assertThat(replicaHours(policy.withHeadroom(1).orElseThrow())).isEqualTo(asIs);
        assertThat(replicaHours(policy.withHeadroom(1.5).orElseThrow()) / asIs).isCloseTo(1.5, within(0.1));
        assertThat(replicaHours(
                        policy.withHeadroom(3).orElseThrow().withHeadroom(0.5).orElseThrow()))
                .isEqualTo(replicaHours(policy.withHeadroom(1.5).orElseThrow()));
    }

    @Test
    void theOracleHasNoKnob() {
        assertThat(named("oracle").withHeadroom(2)).isEmpty();
    }

    @Test
    void theKnobOfPrescaleStopsAtFullCapacity() {
        ReplayPolicy prescale = named("prescale");
        assertThat(replicaHours(prescale.withHeadroom(0.01).orElseThrow()))
                .isEqualTo(replicaHours(prescale.withHeadroom(0.5).orElseThrow()));
    }

    /** Over two hours of a steady 100 req/s after three days of it. */
    private static double replicaHours(ReplayPolicy policy) {
        ReplaySetup setup = aStory().load(3 * DAY, minute -> 100).setup(120);
        Scorecard card = new Replay(setup, List.of(policy), Replay.Listener.NONE)
                .run()
                .scorecards()
                .getFirst();
        return card.scores().getFirst().replicaHours();
    }
}
