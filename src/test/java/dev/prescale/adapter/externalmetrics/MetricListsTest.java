package dev.prescale.adapter.externalmetrics;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.adapter.externalmetrics.ApiDocuments.MetricValue;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.Signals;
import dev.prescale.scaling.RateReading;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricListsTest {
    private static final GateStatus DISTRUSTED = new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2, "weekNaive", 1);

    private final FakeCluster cluster = new FakeCluster();
    private final SignalBoard board = new SignalBoard(new Signals(Duration.ofSeconds(15)));
    private final MetricLists lists = new MetricLists(cluster, board);

    @Test
    void anItemTellsWhoseItIsAndOfWhen() {
        cycle(aSnapshot("chat").requestRate(new RateReading.Known(75.5)));

        assertThat(items("prescale_demand", ""))
                .containsExactly(new MetricValue(
                        "prescale_demand",
                        Map.of("endpoint", "chat", "target_kind", "Deployment", "target_name", "chat"),
                        "2024-01-01T12:00:00Z",
                        "75500m"));
        assertThat(items("prescale_replicas", "endpoint=chat"))
                .extracting(MetricValue::value)
                .containsExactly("5");
    }

    @Test
    void severalEndpointsAreSeveralItems() {
        cycle(aSnapshot("chat"), aSnapshot("shop"));

        assertThat(items("prescale_demand", "")).hasSize(2);
        assertThat(items("prescale_demand", "endpoint in (shop,store)"))
                .extracting(item -> item.metricLabels().get("endpoint"))
                .containsExactly("shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demand", "s0-prescale_demand", "prescale_", "PRESCALE_DEMAND", "requests"})
    void aMetricThatIsNotThereHasNoItems(String metric) {
        cycle(aSnapshot("chat"));

        assertThat(items(metric, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere", "Not A Namespace", "*"})
    void aNamespaceThatIsNotThereHasNoItems(String namespace) {
        cycle(aSnapshot("chat"));

        assertThat(lists.list(namespace, "prescale_demand", LabelSelector.EVERYTHING, NOON)
                        .items())
                .isEmpty();
    }

    @Test
    void beforeTheFirstCycleThereIsAFaultAndNoZero() {
        cluster.specs.add(Specs.anEndpoint("chat"));

        assertThatThrownBy(() -> items("prescale_replicas", ""))
                .hasMessage("prescale_replicas is not known of test/chat: Endpoint test/chat has not been through a"
                        + " control cycle yet.");
    }

    @Test
    void oneThatIsNotKnownSpoilsTheSum() {
        cycle(aSnapshot("chat"), aSnapshot("shop").gate(DISTRUSTED));

        assertThatThrownBy(() -> items("prescale_demand", ""))
                .isInstanceOfSatisfying(
                        ApiFault.class, fault -> assertThat(fault.code()).isEqualTo(503))
                .hasMessage("prescale_demand is not known of test/shop: The forecast is distrusted since"
                        + " 2024-01-01T12:00:00Z: it was worse than weekNaive.");
        assertThat(items("prescale_demand", "endpoint=chat")).hasSize(1);
        assertThat(items("prescale_replicas", "")).hasSize(2);
    }

    @Test
    void aFaultOfManyNamesTheFirstAndCountsTheOthers() {
        cycle(Stream.of("a", "b", "c", "d", "e")
                .map(name -> aSnapshot(name).gate(DISTRUSTED))
                .toArray(Snapshots[]::new));

        assertThatThrownBy(() -> items("prescale_demand", ""))
                .hasMessageContainingAll("test/a", "test/b", "test/c")
                .hasMessageEndingWith(" (and of 2 other endpoints)");
    }

    private List<MetricValue> items(String metric, String selector) {
        return lists.list("test", metric, SelectorReader.read(selector), NOON).items();
    }

    private void cycle(Snapshots... snapshots) {
        List<EndpointSnapshot> built =
                Stream.of(snapshots).map(Snapshots::build).toList();
        built.forEach(snapshot -> cluster.specs.add(snapshot.spec()));
        board.cycleDone(NOON, built);
    }
}
