package dev.prescale.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.RevealedHistory;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.WorkloadFaults;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The production fleet on every shape of traffic while reads fail, samples come late or never, scale calls fail and starts
 * fail. {@code -Dseed=17} replays one seed.
 */
@Execution(ExecutionMode.CONCURRENT)
class FleetSimulationTest {
    private static final Duration START_TIME = Duration.ofMinutes(2);
    private static final Instant FROM = TraceShape.START.plusSeconds(60L * TraceShape.WARM_UP_MINUTES);
    private static final int SEEDS = 2;

    static Stream<Arguments> shapesAndSeeds() {
        String only = System.getProperty("seed");
        long[] seeds = only == null ? LongStream.range(0, SEEDS).toArray() : new long[] {Long.parseLong(only)};
        return Arrays.stream(TraceShape.values())
                .flatMap(shape ->
                        LongStream.of(seeds).mapToObj(seed -> argumentSet(shape + " seed " + seed, shape, seed)));
    }

    @ParameterizedTest
    @MethodSource("shapesAndSeeds")
    void everyInvariantHoldsAfterEveryCycle(TraceShape shape, long seed) {
        var endpoint =
                new ReplaySetup.Endpoint(shape.trace(seed), Specs.anEndpoint("shop"), StartTime.constant(START_TIME));
        Instant to = FROM.plusSeconds(60L * TraceShape.REPLAYED_MINUTES);
        ReplaySetup setup = new ReplaySetup(
                List.of(endpoint), FROM, to, ReplaySetup.DEFAULT_CYCLE, new WorkloadFaults(0.1, 0.1), seed);
        var verifier = new VerifyingListener(
                shape + " seed " + seed,
                "mvn test -Dtest=FleetSimulationTest -Dseed=" + seed,
                Invariants.all(START_TIME));
        var history = new FaultyHistory(new RevealedHistory(setup), seed);
        ReplayPolicy prescale = ReplayPolicy.prescale(workloads -> new Fleet(
                new Fleet.Ports(history, workloads, new InMemoryDecisionLog(), verifier),
                new Fleet.Brain(new CombinedForecaster(), new DirectLeadTimeForecaster(), new CombinedDecisionRule()),
                setup.cycle()));

        new Replay(setup, List.of(prescale), Replay.Listener.NONE).run();

        assertThat(verifier.cycles()).isEqualTo(4 * TraceShape.REPLAYED_MINUTES);
    }
}
