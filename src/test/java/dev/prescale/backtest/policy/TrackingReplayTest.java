package dev.prescale.backtest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.RatePerReplica;
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
        EndpointSpec spec = Specs.anEndpoint("chat", Specs.aPolicy(new RatePerReplica(10, 0.7)));
        IntToDoubleFunction days = minute -> 60 + 50 * Math.sin(minute / 1_440.0 * 2 * Math.PI) + minute % 7;
        RateSeries observed = series(4 * 1_440, days);
        TrackingReplay week = of(spec, observed, 0);
        TrackingReplay day = of(spec, observed, 2 * 1_440);
        for (int m = 2 * 1_440; m < 4 * 1_440; m++) {
            assertThat(day.at(minute(m))).as("minute %s", m).isEqualTo(week.at(minute(m)));
        }
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
