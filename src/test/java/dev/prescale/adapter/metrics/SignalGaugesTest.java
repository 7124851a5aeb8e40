package dev.prescale.adapter.metrics;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.Signals;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalGaugesTest {
    private final SignalBoard board = new SignalBoard(new Signals(Duration.ofSeconds(15)));
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final SignalGauges gauges = new SignalGauges(board, now::get, registry);

    @Test
    void showsWhatTheOtherProtocolsTell() {
        cycle(aSnapshot("chat").build());

        assertThat(sample("demand")).isEqualTo(60);
        assertThat(sample("replicas")).isEqualTo(5);
    }

    @Test
    void whatIsNotKnownIsAbsentAndNeitherZeroNorNaN() {
        cycle(aSnapshot("chat")
                .gate(new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2, "weekNaive", 1))
                .build());

        assertThat(sample("demand")).isNull();
        assertThat(sample("replicas")).isEqualTo(5);
    }

    @Test
    void aNumberThatGrowsTooOldWithoutACycleIsAbsentAtTheScrape() {
        cycle(aSnapshot("chat").build());
        now.set(NOON.plusSeconds(120));
        assertThat(sample("demand")).isEqualTo(60);

        now.set(NOON.plusSeconds(121));

        assertThat(sample("demand")).isNull();
        assertThat(sample("replicas")).isNull();
    }

    @Test
    void anEndpointThatIsGoneLeavesNoSamples() {
        cycle(aSnapshot("chat").build());
        cycle();

        assertThat(sample("replicas")).isNull();
    }

    @Test
    void thoseThatWereThereFirstAreLabelledUpToTheBound() {
        cycle(aSnapshot("zoo").build());
        EndpointSnapshot[] many = IntStream.rangeClosed(0, FleetMeters.MOST_LABELLED_ENDPOINTS)
                .mapToObj(i -> aSnapshot(i == 0 ? "zoo" : "endpoint-" + i).build())
                .toArray(EndpointSnapshot[]::new);

        cycle(many);

        assertThat(gauges.collect())
                .allSatisfy(family -> assertThat(family.samples).hasSize(FleetMeters.MOST_LABELLED_ENDPOINTS));
        assertThat(registry.getPrometheusRegistry()
                        .getSampleValue(
                                "prescale_signal_replicas",
                                new String[] {"namespace", "endpoint"},
                                new String[] {"test", "zoo"}))
                .isEqualTo(5);
    }

    private void cycle(EndpointSnapshot... snapshots) {
        board.cycleDone(now.get(), List.of(snapshots));
        gauges.cycleDone(now.get(), List.of(snapshots));
    }

    private @Nullable Double sample(String kind) {
        return registry.getPrometheusRegistry()
                .getSampleValue(
                        "prescale_signal_" + kind, new String[] {"namespace", "endpoint"}, new String[] {"test", "chat"
                        });
    }
}
