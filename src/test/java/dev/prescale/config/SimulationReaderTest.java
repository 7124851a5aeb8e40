package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.NodePool;
import dev.prescale.backtest.Queueing;
import dev.prescale.backtest.Restarts;
import dev.prescale.backtest.SampleFaults;
import dev.prescale.backtest.Simulation;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.WorkloadFaults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationReaderTest {
    @Test
    void nothingAtAllIsThePlainWorld() {
        SimulationRequest request = valid("{}");
        assertThat(request).isEqualTo(SimulationReader.defaults());
        assertThat(request.seed()).isEqualTo(1);
        assertThat(request.startTime()).isEqualTo(StartTime.constant(Duration.ofMinutes(3)));
        assertThat(request.warmUp()).isEqualTo(Duration.ofDays(14));
        assertThat(request.cycle()).isEqualTo(Duration.ofSeconds(15));
        assertThat(request.simulation()).isEqualTo(Simulation.PLAIN);
    }

    @Test
    void everyKeyCanBeSet() {
        SimulationRequest request = valid("""
                seed: 7
                startTime: {median: PT90S, p90: PT2M}
                warmUp: P7D
                cycle: 30s
                nodes:
                  replicasPerNode: 4
                  minNodes: 2
                  provisioning: {median: 90s, p90: 3m}
                  imagePull: {median: 40s}
                  emptyFor: 5m
                faults: {failedStarts: 0.1, failedScaleCalls: 0.2, lateScaleCalls: 0.3, scaleCallDelay: 45s}
                samples: {lost: 0.01, late: 0.02, delay: 5m, duplicated: 0.03}
                restarts: {every: 6h, downFor: 90s}
                queueing: {serviceTime: 250ms, concurrency: 8, patience: 10s}
                invariants: false
                """);
        assertThat(request.seed()).isEqualTo(7);
        assertThat(request.startTime()).isEqualTo(new StartTime(Duration.ofSeconds(90), Duration.ofMinutes(2)));
        assertThat(request.warmUp()).isEqualTo(Duration.ofDays(7));
        assertThat(request.cycle()).isEqualTo(Duration.ofSeconds(30));
        assertThat(request.simulation())
                .isEqualTo(new Simulation(
                        new WorkloadFaults(0.2, 0.1, 0.3, Duration.ofSeconds(45)),
                        new NodePool(
                                4,
                                2,
                                new StartTime(Duration.ofSeconds(90), Duration.ofMinutes(3)),
                                StartTime.constant(Duration.ofSeconds(40)),
                                Duration.ofMinutes(5)),
                        new SampleFaults(0.01, 0.02, Duration.ofMinutes(5), 0.03),
                        new Restarts(Duration.ofHours(6), Duration.ofSeconds(90)),
                        new Queueing(Duration.ofMillis(250), 8, Duration.ofSeconds(10)),
                        false));
    }

    @Test
    void aStartTimeOfZeroIsOne() {
        assertThat(valid("startTime: {median: 0s, p90: 0s}").startTime()).isEqualTo(StartTime.constant(Duration.ZERO));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    seed: -1                          | seed must be a whole number from 0 to 2147483647, was -1
                    sead: 1                           | sead is not a known key; did you mean seed?, was 1
                    startTime: 3m                     | startTime must be an object with the keys median, p90, was 3m
                    startTime: {p90: 3m}              | startTime.median is required
                    startTime: {median: 2m, p90: 1m}  | startTime.p90 must be at least the median, which is 2m, was 1m
                    startTime: {median: 0s, p90: 1m}  | startTime.median must be above 0s unless p90 is 0s too, was 0s
                    startTime: {median: 2h}           | startTime.median must be a duration from 0s to 1h such as 30s, 5m, 2h, 28d or PT2M, was 2h
                    warmUp: 90s                       | warmUp must be whole minutes, was 90s
                    cycle: 0s                         | cycle must be a duration from 1s to 10m such as 30s, 5m, 2h, 28d or PT2M, was 0s
                    nodes: {provisioning: {median: 1m}} | nodes.replicasPerNode is required
                    nodes: {replicasPerNode: 4}       | nodes.provisioning is required
                    faults: {failedStarts: 1}         | faults.failedStarts must be a number from 0 to 0.99, was 1
                    samples: {delay: 2d}              | samples.delay must be a duration from 1s to 24h such as 30s, 5m, 2h, 28d or PT2M, was 2d
                    restarts: {}                      | restarts.every is required
                    queueing: {patience: 0s}          | queueing.patience must be a duration from 100ms to 1h such as 30s, 5m, 2h, 28d or PT2M, was 0s
                    invariants: on                    | invariants must be true or false, was on
                    """)
    void namesKeyValueAndRange(String text, String fault) {
        assertThat(faults(text)).containsExactly(fault);
    }

    @Test
    void everyFaultIsNamed() {
        assertThat(faults("{seed: x, warmUp: 1s, cycle: 1h, nodes: {minNodes: -1}, qeueing: {}}"))
                .hasSize(7);
    }

    @Test
    void aFileIsOneDocument() {
        assertThat(faults("")).containsExactly("input must be one document, had 0");
        assertThat(faults("seed: 1\n---\nseed: 2\n")).containsExactly("input must be one document, had 2");
    }

    private static SimulationRequest valid(String text) {
        return ((ReadResult.Valid<SimulationRequest>) SimulationReader.readText(text)).value();
    }

    private static List<String> faults(String text) {
        return ((ReadResult.Invalid<SimulationRequest>) SimulationReader.readText(text))
                .violations().stream().map(Violation::toString).toList();
    }
}
