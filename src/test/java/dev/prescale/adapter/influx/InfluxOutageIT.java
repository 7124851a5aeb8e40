package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.TrafficSource;
import dev.prescale.control.WorkloadScale;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.SampleKind;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.InfluxServer;
import dev.prescale.testing.InfluxServer.Version;
import dev.prescale.testing.InfluxServers;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Half an hour without InfluxDB in the middle of a run: a real server is stopped and started, time is simulated, one
 * replica sustains 10 req/s.
 */
@Tag("e2e")
class InfluxOutageIT {
    private static final Instant START = Instant.parse("2024-01-02T12:00:00Z");
    private static final Duration CYCLE = Duration.ofSeconds(15);
    private static final EndpointId SHOP = Specs.anEndpoint("shop").id();

    private final Workload workload = new Workload(6);
    private final List<String> faults = new ArrayList<>();
    private InfluxServer server;
    private String bucket;
    private Fleet fleet;
    private Instant now = START;

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"V2, FLUX", "V1, INFLUXQL"})
    void anOutageNeverScalesInAndEndsWithoutARestart(Version version, InfluxDialect dialect) {
        server = InfluxServers.get(version);
        assumeThat(server.canBeStopped())
                .as("a server of somebody else is not stopped")
                .isTrue();
        bucket = server.newBucket();
        traffic(START.minus(Duration.ofHours(2)), Duration.ofHours(2), 60);
        InfluxSettings settings = InfluxSettings.of(server.url(), server::token, server.org(), dialect)
                .with(new InfluxSettings.Retry(3, Duration.ofMillis(1), Duration.ofMillis(2)));
        try (InfluxRateHistory history = new InfluxRateHistory(settings)) {
            fleet = fleet(history);

            run(Duration.ofMinutes(10), 60);
            assertThat(workload.replicas).isEqualTo(6);
            assertThat(shop().requestRate()).isEqualTo(new RateReading.Known(60));

            server.stop();
            Instant stopped = now.minusSeconds(60); // the minute before was not written yet
            runWithoutWriting(Duration.ofMinutes(30));
            assertThat(workload.fewest).isEqualTo(6);
            assertThat(shop().requestRate()).isInstanceOf(RateReading.Failed.class);
            assertThat(latest().has(ReasonCode.HISTORY_FAILED)).isTrue();

            server.start();
            traffic(stopped, Duration.between(stopped, now), 60); // what an agent kept and delivers late
            run(Duration.ofMinutes(5), 90);
            assertThat(shop().requestRate()).isEqualTo(new RateReading.Known(90));
            assertThat(shop().history().gaps()).as("the outage is filled in").isEqualTo(0);
            assertThat(workload.replicas).isEqualTo(9);

            run(Duration.ofMinutes(15), 30);
            assertThat(workload.replicas).as("scale-in works again").isLessThan(9);
            assertThat(faults).isEmpty();
        }
    }

    private Fleet fleet(InfluxRateHistory history) {
        EndpointSpec like = Specs.anEndpoint("shop");
        TrafficSource traffic = new TrafficSource(
                bucket, "http_requests", "count", Map.of("service", "shop"), SampleKind.COUNT, Specs.MINUTE, null);
        EndpointSpec spec = new EndpointSpec(
                like.id(),
                like.mode(),
                like.scaleTargetRef(),
                like.policy(),
                like.calendar(),
                traffic,
                Duration.ofHours(2),
                Map.of(),
                like.pausing());
        FleetListener listener = new FleetListener() {
            @Override
            public void cycleDone(Instant at, List<EndpointSnapshot> snapshots) {}

            @Override
            public void endpointFailed(EndpointId endpoint, RuntimeException fault) {
                faults.add(endpoint + ": " + fault);
            }
        };
        Fleet made = new Fleet(
                new Fleet.Ports(history, workload, new InMemoryDecisionLog(), listener),
                new Fleet.Brain(new CombinedForecaster(), new DirectLeadTimeForecaster(), new CombinedDecisionRule()),
                CYCLE);
        made.replaceSpecs(List.of(spec), START);
        return made;
    }

    /** Cycles for so long, while each minute's count is written when the minute is over. */
    private void run(Duration length, int rate) {
        for (Instant end = now.plus(length); now.isBefore(end); now = now.plus(CYCLE)) {
            if (now.getEpochSecond() % 60 == 0) {
                traffic(now.minusSeconds(60), Duration.ofMinutes(1), rate);
            }
            fleet.runCycle(now);
        }
    }

    private void runWithoutWriting(Duration length) {
        for (Instant end = now.plus(length); now.isBefore(end); now = now.plus(CYCLE)) {
            fleet.runCycle(now);
        }
    }

    private void traffic(Instant from, Duration length, int rate) {
        StringBuilder lines = new StringBuilder();
        for (Instant at = from; at.isBefore(from.plus(length)); at = at.plusSeconds(60)) {
            lines.append(
                    "http_requests,service=shop count=%di %d000000000%n".formatted(rate * 60, at.getEpochSecond()));
        }
        server.write(bucket, lines.toString());
    }

    private EndpointSnapshot shop() {
        return fleet.snapshot(SHOP).orElseThrow();
    }

    private ScalingDecision latest() {
        DecisionRecord record = shop().latest();
        assertThat(record).isNotNull();
        return record.decision();
    }

    /** Replicas that are ready as soon as they are asked for. */
    private static final class Workload implements WorkloadScale {
        private int replicas;
        private int fewest;

        Workload(int replicas) {
            this.replicas = replicas;
            this.fewest = replicas;
        }

        @Override
        public State state(EndpointId endpoint, Instant now) {
            return new Replicas(replicas, replicas, false);
        }

        @Override
        public Outcome scaleTo(EndpointId endpoint, int wanted, Instant now) {
            replicas = wanted;
            fewest = Math.min(fewest, wanted);
            return new Scaled();
        }
    }
}
