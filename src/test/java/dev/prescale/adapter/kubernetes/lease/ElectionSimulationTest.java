package dev.prescale.adapter.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.kubernetes.lease.ElectionSimulation.Node;
import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dseed=17} replays one, {@code -Dseeds=4000} takes more. */
class ElectionSimulationTest {
    private static final int BUCKETS = 8;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, Integer.getInteger("seeds", 100)) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void atMostOneActsWhateverHappensAndOneDoesOnceItIsQuiet(long seed) {
        ElectionSimulation simulation = new ElectionSimulation(seed);
        SplittableRandom random = simulation.random();
        int replicas = 2 + random.nextInt(3);
        NAMES.subList(0, replicas).forEach(name -> simulation.start(name, BUCKETS));
        for (int disturbance = 0; disturbance < 40; disturbance++) {
            disturb(simulation, random, replicas);
            simulation.run(Duration.ofMillis(random.nextInt(20_000)));
        }

        simulation.be(Duration.ofMillis(20), 0, false);
        simulation.nodes().stream()
                .filter(node -> node.settings.buckets() != BUCKETS)
                .forEach(Node::crash);
        if (simulation.nodes().isEmpty()) {
            simulation.start("a", BUCKETS);
        }
        // the longest standstill, and what has to pass before a Lease that was deleted counts as free
        simulation.run(ElectionSimulation.LEASE.multipliedBy(8));
        Map<EndpointId, String> actors = simulation.actors();
        simulation.requests().clear();
        for (int second = 0; second < 60; second++) {
            simulation.run(Duration.ofSeconds(1));
            assertThat(simulation.actors()).isEqualTo(actors);
        }

        assertThat(actors).hasSameSizeAs(ElectionSimulation.ENDPOINTS);
        assertThat(simulation.requests()).containsOnlyKeys("Renew");
        // one each 3.75 s
        assertThat(simulation.requests().get("Renew"))
                .isBetween(
                        15 * simulation.nodes().size(), 17 * simulation.nodes().size());
    }

    private static void disturb(ElectionSimulation simulation, SplittableRandom random, int replicas) {
        List<Node> nodes = simulation.nodes();
        Duration time = Duration.ofMillis(500 + random.nextInt(random.nextBoolean() ? 6_000 : 45_000));
        if (nodes.isEmpty() || (nodes.size() < replicas && random.nextInt(3) == 0)) {
            List<String> there = nodes.stream().map(node -> node.name).toList();
            String name = NAMES.stream()
                    .filter(any -> !there.contains(any))
                    .findFirst()
                    .orElseThrow();
            simulation.start(name, random.nextInt(6) == 0 ? 2 * BUCKETS : BUCKETS);
            return;
        }
        Node node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> node.standStill(time);
            case 2 -> node.cutOff(time);
            case 3 -> node.hearLate(time);
            case 4 -> node.breakWatch();
            case 5 -> node.crash();
            case 6 -> node.leave();
            case 7 -> simulation.be(Duration.ofMillis(4_000), 0.2, false);
            case 8 -> simulation.be(Duration.ofMillis(50), 0, true);
            case 9 -> {
                List<String> keys = simulation.leases().keys();
                if (!keys.isEmpty()) {
                    simulation.leases().delete(keys.get(random.nextInt(keys.size())));
                }
            }
            default -> simulation.be(Duration.ofMillis(20), 0.02, false);
        }
    }
}
