package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.aReplay;
import static dev.prescale.backtest.ReplayFixture.brain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hours of random traffic in random worlds: nodes, images, failed starts, failed and late scale calls, lost, late and doubled
 * samples, restarts, impatient requests. {@link ReplayInvariants} are checked after every cycle of every policy.
 * {@code -Dseed=17} replays one.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomSimulationTest {
    private static final int SEEDS = 12;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEEDS) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void invariantsHoldAfterEveryCycle(long seed) {
        ReplayPolicy[] policies = {ReplayPolicy.oracle(), ReplayPolicies.hpa(brain()), ReplayPolicy.prescale(brain())};
        Replay replay = world(seed).with(policies).run();

        for (Scorecard.Score score : replay.scorecards().getFirst().scores()) {
            assertThat(score.replicaHours()).isPositive();
            assertThat(score.abandonedShare()).isBetween(0.0, 1.0);
            assertThat(score.unservedShare()).isBetween(0.0, 1.0);
            double longest = replay.setup().simulation().queueing().patience().toMillis() / 1e3;
            assertThat(score.waitP95()).isBetween(0.0, 1.05 * longest);
        }
    }

    @Test
    void theSameSeedIsTheSameWorldToTheLastBit() {
        for (long seed = 0; seed < 2; seed++) {
            Scorecard once = prescale(seed);
            assertThat(prescale(seed)).isEqualTo(once);
        }
    }

    private static Scorecard prescale(long seed) {
        return world(seed)
                .with(ReplayPolicy.prescale(brain()))
                .run()
                .scorecards()
                .getFirst();
    }

    /** Another policy beside it draws nothing from under its feet. */
    @Test
    void policiesMeetTheSameWorldWhoeverElseIsReplayed() {
        for (long seed = 0; seed < 2; seed++) {
            List<MinuteRow> alone = world(seed).rowsOf(ReplayPolicies.hpa(brain()));
            List<MinuteRow> beside =
                    world(seed).rowsOf(ReplayPolicy.prescale(brain()), ReplayPolicies.hpa(brain())).stream()
                            .filter(row -> row.policy().equals(ReplayPolicy.HPA))
                            .toList();
            assertThat(beside).isEqualTo(alone);
        }
    }

    private static ReplayFixture world(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ReplayFixture replay = aReplay()
                .seed(seed)
                .spec(Specs.anEndpoint("shop", Specs.aPolicy(capacity(random))))
                .startTime(startTime(random, 240))
                .simulation(simulation(random));
        replay.minutes(5, 40);
        for (int k = 0; k < 30; k++) {
            double rate =
                    switch (random.nextInt(10)) {
                        case 0 -> 0;
                        case 1 -> Double.NaN;
                        case 2 -> random.nextInt(300, 900);
                        default -> random.nextInt(10, 200);
                    };
            replay.minutes(random.nextInt(1, 10), rate);
        }
        return replay;
    }

    private static CapacityModel capacity(SplittableRandom random) {
        return random.nextInt(3) > 0
                ? new RatePerReplica(random.nextDouble(2, 20), random.nextDouble(0.5, 1))
                : new QueueingCapacity(
                        Duration.ofMillis(random.nextInt(50, 2_000)),
                        random.nextInt(1, 20),
                        Duration.ofSeconds(8),
                        0.9,
                        random.nextDouble(0.5, 1));
    }

    private static Simulation simulation(SplittableRandom random) {
        Simulation simulation = Simulation.PLAIN
                .with(new WorkloadFaults(
                        share(random), share(random), share(random), Duration.ofSeconds(random.nextInt(1, 300))))
                .with(new SampleFaults(
                        share(random), share(random), Duration.ofSeconds(random.nextInt(1, 900)), share(random)))
                .with(new Queueing(null, null, Duration.ofMillis(random.nextInt(100, 120_000))));
        if (random.nextBoolean()) {
            simulation = simulation.with(new NodePool(
                    random.nextInt(1, 9),
                    random.nextInt(0, 4),
                    startTime(random, 300),
                    startTime(random, 120),
                    Duration.ofSeconds(random.nextInt(0, 1_200))));
        }
        return random.nextBoolean()
                ? simulation.with(new Restarts(
                        Duration.ofMinutes(random.nextInt(10, 60)), Duration.ofSeconds(random.nextInt(0, 300))))
                : simulation;
    }

    private static double share(SplittableRandom random) {
        return random.nextBoolean() ? random.nextDouble(0, 0.4) : 0;
    }

    private static StartTime startTime(SplittableRandom random, int most) {
        Duration median = Duration.ofSeconds(random.nextInt(0, most));
        return median.isZero() || random.nextBoolean()
                ? StartTime.constant(median)
                : new StartTime(median, median.plusSeconds(random.nextInt(1, most)));
    }
}
