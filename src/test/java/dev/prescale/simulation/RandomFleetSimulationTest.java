package dev.prescale.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 300 runs of the production fleet over random traffic, specifications and faults, every promise checked after every
 * cycle. {@code -Dseed=17} replays one.
 */
class RandomFleetSimulationTest {
    private static final int SEEDS = 300;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEEDS) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPromiseIsKeptAfterEveryCycle(long seed) {
        RandomRun run = new RandomRun(seed, "mvn test -Dtest=RandomFleetSimulationTest -Dseed=" + seed).run();

        assertThat(run.cycles()).isPositive();
    }
}
