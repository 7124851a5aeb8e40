package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.capacity.LoadModel;
import dev.prescale.capacity.RequestCosts;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.LoadSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplaySetupTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void aReplayOutsideOfItsTraceIsRefused() {
        assertThatThrownBy(() -> setup(START, START.plusSeconds(660), Duration.ofSeconds(15)))
                .hasMessage("trace shop has 2024-01-01T00:00:00Z to 2024-01-01T00:10:00Z, but the replay is "
                        + "2024-01-01T00:00:00Z to 2024-01-01T00:11:00Z");
    }

    @Test
    void aLoadOfSeveralModelsIsRefusedForATraceHasOneRate() {
        Trace trace = new Trace("shop", RateSeries.of(START, Trace.MINUTE, new double[10]));
        EndpointSpec spec = Specs.anEndpoint("shop");
        EndpointSpec models = new EndpointSpec(
                spec.id(),
                spec.mode(),
                spec.scaleTargetRef(),
                spec.policy(),
                spec.calendar(),
                spec.traffic(),
                new LoadSource(
                        new LoadModel.ByModel(new RequestCosts(Map.of("a", 1.0))),
                        Map.of("a", spec.traffic().withTag("model", "a")),
                        null),
                spec.history(),
                spec.metricSources(),
                spec.pausing());
        StartTime startTime = StartTime.constant(Duration.ofMinutes(3));

        assertThatThrownBy(() -> new ReplaySetup.Endpoint(trace, models, startTime))
                .hasMessageEndingWith(
                        "has capacity.models: a trace has one request rate, replay it with perReplica or queueing");
    }

    @Test
    void aReplayThatEndsInsideACycleIsRefused() {
        assertThatThrownBy(() -> setup(START, START.plusSeconds(60), Duration.ofSeconds(25)))
                .hasMessageContaining("must be whole cycles of PT25S");
    }

    @Test
    void aReplayBesideTheMinuteIsRefused() {
        assertThatThrownBy(() -> setup(START.plusSeconds(15), START.plusSeconds(60), Duration.ofSeconds(15)))
                .hasMessageContaining("whole minutes, was 2024-01-01T00:00:15Z");
    }

    @Test
    void coarserStepsAreRepeatedAndFinerOnesAveraged() {
        Trace coarse = Trace.of("ten", RateSeries.of(START, new Step(120), 4, Double.NaN));
        assertThat(coarse.minutes().rates()).containsExactly(4, 4, Double.NaN, Double.NaN);
        Trace fine = Trace.of("fine", RateSeries.of(START, new Step(30), 4, 8));
        assertThat(fine.minutes().rates()).containsExactly(6);
    }

    @Test
    void aTraceThatBeginsInsideAMinuteIsMovedToItsBeginning() {
        Trace trace = Trace.of("late", RateSeries.of(START.plusSeconds(53), new Step(120), 4));
        assertThat(trace.minutes().start()).isEqualTo(START);
    }

    @Test
    void aTraceWithoutASpecificationIsServedByTwentyReplicasAtItsBusyMinute() {
        double[] rates = new double[200];
        for (int k = 0; k < 200; k++) {
            rates[k] = k + 1; // 1 to 200 req/s; the 199th is the 99 % minute
        }
        Trace trace = new Trace("My Trace_1.csv", RateSeries.of(START, Trace.MINUTE, rates));
        var spec = TraceSpecs.of(trace, START.plusSeconds(200 * 60), ZoneOffset.UTC);
        assertThat(spec.id()).hasToString("replay/my-trace-1.csv");
        assertThat(spec.policy().capacity().replicasFor(199, 1)).isEqualTo(20);
        assertThat(spec.policy().capacity().replicasFor(200, 1)).isEqualTo(21);
    }

    @Test
    void aTraceThatIsAllIdleInItsWarmUpNeedsASpecification() {
        Trace trace = new Trace("idle", RateSeries.of(START, Trace.MINUTE, 0, 0, 5));
        assertThatThrownBy(() -> TraceSpecs.of(trace, START.plusSeconds(120), ZoneOffset.UTC))
                .hasMessageContaining("trace idle has no traffic in 99 % of the minutes before 2024-01-01T00:02:00Z");
    }

    private static ReplaySetup setup(Instant from, Instant to, Duration cycle) {
        Trace trace = new Trace("shop", RateSeries.of(START, Trace.MINUTE, new double[10]));
        var endpoint =
                new ReplaySetup.Endpoint(trace, Specs.anEndpoint("shop"), StartTime.constant(Duration.ofMinutes(3)));
        return new ReplaySetup(List.of(endpoint), from, to, cycle, WorkloadFaults.NONE, 1);
    }
}
