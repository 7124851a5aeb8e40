package dev.prescale.adapter.metrics;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.RateReading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FleetMeters meters = new FleetMeters(registry);

    @Test
    void showsAnEndpointAfterItsCycle() {
        meters.cycleDone(NOON, List.of(aSnapshot("chat").build()));

        assertThat(gauge("prescale.request.rate")).isEqualTo(44);
        assertThat(gauge("prescale.lead.time.demand")).isEqualTo(60);
        assertThat(gauge("prescale.lead.time.seconds")).isEqualTo(120);
        assertThat(gauge("prescale.forecast.age.seconds")).isEqualTo(0);
        assertThat(gauge("prescale.forecast.trusted")).isEqualTo(1);
        assertThat(gauge("prescale.forecast.loss")).isEqualTo(0.8);
        assertThat(gauge("prescale.forecast.baseline.loss")).isEqualTo(1.0);
        assertThat(replicas("current")).isEqualTo(3);
        assertThat(replicas("ready")).isEqualTo(2);
        assertThat(replicas("recommended")).isEqualTo(5);
        assertThat(replicas("desired")).isEqualTo(5);
        assertThat(registry.get("prescale.endpoints").gauge().value()).isEqualTo(1);
    }

    @Test
    void theSameGaugesShowTheNextCycle() {
        meters.cycleDone(NOON, List.of(aSnapshot("chat").build()));
        int before = registry.getMeters().size();

        meters.cycleDone(
                NOON,
                List.of(aSnapshot("chat").requestRate(new RateReading.Known(50)).build()));

        assertThat(gauge("prescale.request.rate")).isEqualTo(50);
        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void whatIsNotKnownIsNotANumberAndNeverZero() {
        meters.cycleDone(
                NOON,
                List.of(aSnapshot("chat")
                        .requestRate(new RateReading.NoData())
                        .workload(new WorkloadScale.Unknown("not found"))
                        .forecast(null)
                        .leadTimeDemand(null)
                        .latest(null)
                        .gate(GateStatus.unknown(NOON))
                        .build()));

        assertThat(gauge("prescale.request.rate")).isNaN();
        assertThat(gauge("prescale.lead.time.demand")).isNaN();
        assertThat(gauge("prescale.forecast.age.seconds")).isNaN();
        assertThat(gauge("prescale.forecast.loss")).isNaN();
        assertThat(gauge("prescale.forecast.trusted")).isZero();
        assertThat(replicas("current")).isNaN();
        assertThat(replicas("desired")).isNaN();
    }

    @Test
    void anEndpointThatIsGoneLeavesNoMeters() {
        meters.cycleDone(NOON, List.of(aSnapshot("chat").build()));
        meters.cycleDone(NOON, List.of());

        assertThat(registry.find("prescale.request.rate").gauges()).isEmpty();
        assertThat(registry.find("prescale.replicas").gauges()).isEmpty();
    }

    @Test
    void aDecisionIsCountedOncePerReason() {
        meters.cycleDone(NOON, List.of(aSnapshot("chat").build()));
        // The endpoint failed in the next cycle, and still shows the decision of this one.
        meters.cycleDone(NOON.plusSeconds(15), List.of(aSnapshot("chat").build()));

        assertThat(registry.get("prescale.decisions")
                        .tag("reason", "TargetTracking")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void moreEndpointsThanTheBoundAreCountedAndNotLabelled() {
        List<EndpointSnapshot> many = IntStream.range(0, FleetMeters.MOST_LABELLED_ENDPOINTS + 2)
                .mapToObj(i -> aSnapshot("endpoint-" + i).build())
                .toList();

        meters.cycleDone(NOON, many);

        assertThat(registry.find("prescale.request.rate").gauges()).hasSize(FleetMeters.MOST_LABELLED_ENDPOINTS);
        assertThat(registry.get("prescale.endpoints.without.meters").gauge().value())
                .isEqualTo(2);
    }

    @Test
    void cyclesAreTimedAndFaultsCounted() {
        meters.timeCycle(() -> meters.endpointFailed(new EndpointId("test", "chat"), new IllegalStateException()));

        assertThat(registry.get("prescale.cycle").timer().count()).isEqualTo(1);
        assertThat(registry.get("prescale.endpoint.faults").counter().count()).isEqualTo(1);
    }

    private double gauge(String name) {
        return registry.get(name)
                .tag("namespace", "test")
                .tag("endpoint", "chat")
                .gauge()
                .value();
    }

    private double replicas(String kind) {
        return registry.get("prescale.replicas").tag("kind", kind).gauge().value();
    }
}
