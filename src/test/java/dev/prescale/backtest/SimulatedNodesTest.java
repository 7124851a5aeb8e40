package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.aReplay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.ReplicaStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Four replicas to a node. A node takes 2 min, its image 1 min, a replica 30 s; an empty node goes after 10 min. */
class SimulatedNodesTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private final SimulatedStarts starts = new SimulatedStarts();

    @Test
    void whatFitsOnPresentNodesStartsAtOnce() {
        SimulatedReplicas replicas = replicas(2, pool(0));
        replicas.scaleTo(4, START);
        assertThat(readyAfter(replicas, 29)).isEqualTo(2);
        assertThat(readyAfter(replicas, 30)).isEqualTo(4);
    }

    @Test
    void whatDoesNotFitWaitsForANodeAndItsImage() {
        SimulatedReplicas replicas = replicas(2, pool(0));
        replicas.scaleTo(5, START);
        assertThat(readyAfter(replicas, 30)).isEqualTo(4);
        assertThat(readyAfter(replicas, 209)).isEqualTo(4);
        assertThat(readyAfter(replicas, 210)).isEqualTo(5); // 2 min + 1 min + 30 s
        ReplicaStart last = starts.newest().getLast();
        assertThat(last.scheduling()).isEqualTo(Duration.ofMinutes(2));
        assertThat(last.image()).isEqualTo(Duration.ofMinutes(1));
        assertThat(last.start()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void laterReplicasOnANodeFindWhatTheFirstHasWaitedFor() {
        SimulatedReplicas replicas = replicas(4, pool(0));
        replicas.scaleTo(5, START);
        replicas.scaleTo(6, START.plusSeconds(150)); // the node is there, the image after another 30 s
        replicas.advanceTo(START.plusSeconds(160));
        replicas.scaleTo(7, START.plusSeconds(200)); // all is there
        assertThat(readyAfter(replicas, 209)).isEqualTo(4);
        assertThat(readyAfter(replicas, 210)).isEqualTo(6);
        assertThat(readyAfter(replicas, 229)).isEqualTo(6);
        assertThat(readyAfter(replicas, 230)).isEqualTo(7);
    }

    @Test
    void anEmptyNodeGoesAfterAWhile() {
        SimulatedNodes nodes = nodes(8, pool(0));
        nodes.leaveReady(5, START);
        assertThat(nodes.count(START.plusSeconds(599))).isEqualTo(2);
        assertThat(nodes.count(START.plusSeconds(600))).isEqualTo(1);
        assertThat(nodes.take(1, START.plusSeconds(600)).getFirst().nodeAt()).isEqualTo(START.plusSeconds(600));
        assertThat(nodes.take(1, START.plusSeconds(601)).getFirst().nodeAt()).isEqualTo(START.plusSeconds(601 + 120));
    }

    @Test
    void theLeastNumberOfNodesIsAlwaysThereAndWarm() {
        SimulatedNodes nodes = nodes(1, pool(2));
        assertThat(nodes.count(START.plus(Duration.ofDays(1)))).isEqualTo(2);
        List<Room.Place> places = nodes.take(8, START);
        assertThat(places).hasSize(3);
        assertThat(places).extracting(Room.Place::replicas).containsExactly(3, 4, 1);
        assertThat(places.get(1).imageAt()).isEqualTo(START);
        assertThat(places.get(2).imageAt()).isEqualTo(START.plusSeconds(180));
    }

    @Test
    void aNodeThatIsOnItsWayHasRoomForMore() {
        SimulatedNodes nodes = nodes(4, pool(0));
        nodes.take(1, START);
        List<Room.Place> places = nodes.take(3, START.plusSeconds(60));
        assertThat(places).hasSize(1);
        assertThat(places.getFirst().nodeAt()).isEqualTo(START.plusSeconds(120));
    }

    @Test
    void aStartThatIsCancelledGivesItsRoomBack() {
        SimulatedReplicas replicas = replicas(3, pool(0));
        replicas.scaleTo(4, START);
        replicas.scaleTo(3, START.plusSeconds(15));
        replicas.scaleTo(4, START.plusSeconds(30));
        assertThat(readyAfter(replicas, 60)).isEqualTo(4);
    }

    @Test
    void withoutNodesAReplayIsWhatItWas() {
        var none = aReplay().minutes(30, 20).minutes(30, 90).startTime(StartTime.constant(Duration.ofSeconds(30)));
        ReplayPolicy policy = new ScriptedPolicy(2, Map.of(Duration.ofMinutes(20), 9));
        List<MinuteRow> rows = none.rowsOf(policy);
        assertThat(rows.get(19).ready()).isEqualTo(2);
        assertThat(rows.get(20).ready()).isEqualTo(9);
        List<MinuteRow> onNodes =
                none.simulation(Simulation.PLAIN.with(pool(0))).rowsOf(policy);
        // room for two of the seven on the first node; the others from 20:00 + 3:30 on
        assertThat(IntStream.rangeClosed(19, 24).map(m -> onNodes.get(m).ready()))
                .containsExactly(2, 4, 4, 4, 9, 9);
    }

    private static int readyAfter(SimulatedReplicas replicas, int seconds) {
        replicas.advanceTo(START.plusSeconds(seconds));
        return replicas.ready();
    }

    private SimulatedReplicas replicas(int ready, NodePool pool) {
        return new SimulatedReplicas(chance(), ready, nodes(ready, pool), starts);
    }

    private static SimulatedNodes nodes(int ready, NodePool pool) {
        return new SimulatedNodes(pool, chance(), ready, START);
    }

    private static ClusterChance chance() {
        return new ClusterChance(
                1, new EndpointId("test", "shop"), StartTime.constant(Duration.ofSeconds(30)), Simulation.PLAIN);
    }

    private static NodePool pool(int minNodes) {
        return new NodePool(
                4,
                minNodes,
                StartTime.constant(Duration.ofMinutes(2)),
                StartTime.constant(Duration.ofMinutes(1)),
                Duration.ofMinutes(10));
    }
}
