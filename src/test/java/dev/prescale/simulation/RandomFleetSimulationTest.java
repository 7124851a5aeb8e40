package dev.prescale.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.ReasonCode;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 300 runs of the production fleet over random traffic, specifications and faults, every promise checked after every
 * cycle. {@code -Dseed=17} replays one.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomFleetSimulationTest {
    private static final int SEEDS = 300;

    private final Set<ReasonCode> given = EnumSet.noneOf(ReasonCode.class);
    private int cycles;
    private int scaleCalls;
    private int restarts;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEEDS) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPromiseIsKeptAfterEveryCycle(long seed) {
        RandomRun run = new RandomRun(seed, "mvn test -Dtest=RandomFleetSimulationTest -Dseed=" + seed).run();

        assertThat(run.cycles()).isPositive();
        count(run);
    }

    private synchronized void count(RandomRun run) {
        given.addAll(run.reasons());
        cycles += run.cycles();
        scaleCalls += run.scaleCalls();
        restarts += run.restarts();
    }

    /** Promises that are kept because nothing happens prove little. */
    @AfterAll
    void allSeedsTogetherGiveEveryReasonThereIs() {
        if (Long.getLong("seed") == null) {
            assertThat(given).containsExactlyInAnyOrder(ReasonCode.values());
            assertThat(cycles).isGreaterThan(100_000);
            assertThat(scaleCalls).isGreaterThan(1_000);
            assertThat(restarts).isGreaterThan(300);
        }
    }
}
