package dev.prescale.backtest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import dev.prescale.scaling.ScalingPolicy.Reactive;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** 10 req/s per replica at full use; scale-in waits five minutes, as Kubernetes has it. */
class TrackingReplayTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration CYCLE = Duration.ofSeconds(15);

    @Test
    void followsTheRateAndWaitsBeforeItTakesAway() {
        // 20 req/s, from the tenth minute on 50, from the twentieth on 30.
        var replay = replay(Specs.anEndpoint("chat"), 60, minute -> minute < 10 ? 20 : minute < 20 ? 50 : 30);

        assertThat(replay.at(minute(5))).hasValue(2);
        assertThat(replay.at(minute(10))).hasValue(2);
        assertThat(replay.at(minute(11))).hasValue(5);
        assertThat(replay.at(minute(25))).hasValue(5);
        assertThat(replay.at(minute(27))).hasValue(3);
    }

    @Test
    void doesNotKnowWhatWasNotObserved() {
        var replay = replay(Specs.anEndpoint("chat"), 30, minute -> minute < 10 ? Double.NaN : 20);

        assertThat(replay.at(minute(10))).isEmpty();
        assertThat(replay.at(minute(11))).hasValue(2);
        assertThat(replay.at(minute(33))).hasValue(2);
        // more than three steps after the newest sample
        assertThat(replay.at(minute(34))).isEmpty();
        assertThat(replay.at(minute(60_000))).isEmpty();
    }

    @Test
    void metricsWithoutAHistoryDoNotHoldIt() {
        ScalingPolicy policy = Specs.aPolicy();
        var cpu = new MetricTarget("cpu", TargetType.UTILIZATION, 0.7);
        ScalingPolicy withCpu = new ScalingPolicy(
                policy.bounds(),
                policy.capacity(),
                policy.predictive(),
                new Reactive(Tolerance.DEFAULT, List.of(cpu)),
                policy.schedules(),
                policy.behavior(),
                policy.fallback());

        var replay = replay(Specs.anEndpoint("chat", withCpu), 60, minute -> minute < 20 ? 50 : 30);

        assertThat(replay.at(minute(19))).hasValue(5);
        assertThat(replay.at(minute(27))).hasValue(3);
    }

    @Test
    void answersAgreeWhereTheyOverlap() {
        // 455 req/s are within a tenth of the 500 that 50 replicas serve; who does not know of those would begin with
        // 46.
        EndpointSpec spec = Specs.anEndpoint("chat");
        RateSeries observed = series(3 * 1_440, minute -> minute < 2_000 ? 500 : 455);
        TrackingReplay all = of(spec, observed, 0);
        TrackingReplay day = of(spec, observed, 2 * 1_440);

        assertThat(all.at(minute(2 * 1_440))).hasValue(50);
        assertThat(day.at(minute(2 * 1_440))).hasValue(50);
        assertThat(day.at(minute(3 * 1_440))).isEqualTo(all.at(minute(3 * 1_440)));
    }

    @Test
    void whatLiesTooFarBackIsNotRun() {
        int minutes = TrackingReplay.MOST_CYCLES / 4 + 2 * 1_440;
        TrackingReplay replay = of(Specs.anEndpoint("chat"), series(minutes, minute -> 20), 0);

        assertThat(replay.at(minute(10))).isEmpty();
        assertThat(replay.at(minute(minutes))).isEqualTo(OptionalInt.of(2));
    }

    private static TrackingReplay replay(EndpointSpec spec, int minutes, IntToDoubleFunction rate) {
        return of(spec, series(minutes, rate), 0);
    }

    private static TrackingReplay of(EndpointSpec spec, RateSeries observed, int fromMinute) {
        return TrackingReplay.of(spec, new CombinedDecisionRule(), observed, CYCLE, minute(fromMinute), observed.end());
    }

    private static RateSeries series(int minutes, IntToDoubleFunction rate) {
        double[] rates = new double[minutes];
        Arrays.setAll(rates, rate);
        return RateSeries.of(START, Specs.MINUTE, rates);
    }

    private static Instant minute(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }
}
