package dev.prescale.backtest;

import static dev.prescale.backtest.TuningKnob.LEAST_LEAD_TIME;
import static dev.prescale.backtest.TuningKnob.MAX_REPLICAS;
import static dev.prescale.backtest.TuningKnob.MIN_REPLICAS;
import static dev.prescale.backtest.TuningKnob.QUANTILE;
import static dev.prescale.backtest.TuningKnob.SCALE_IN_WINDOW;
import static dev.prescale.backtest.TuningKnob.TRACKING_UTILIZATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.scaling.ScalingPolicy.Fallback;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.Reactive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TuningSpaceTest {
    private static final Instant FROM = ReplayFixture.FROM;

    @Test
    void thePresentValueIsALevelOfEveryKey() {
        TuningSpace space = space(Specs.anEndpoint("shop"), Duration.ofMinutes(3));
        for (TuningKnob knob : TuningKnob.values()) {
            assertThat(space.levelsOf(knob))
                    .as(knob.name())
                    .contains(knob.of(space.spec()))
                    .isSorted();
        }
        assertThat(space.levelsOf(QUANTILE)).containsExactly(0.75, 0.85, 0.9, 0.95, 0.975, 0.99, 0.995);
        assertThat(space.present().in(space.spec())).isEqualTo(space.spec());
    }

    /** The warm-up needs 1 to 20 replicas; what comes after needs 100, and nobody may know. */
    @Test
    void boundsComeFromTheWarmUpAlone() {
        TuningSpace space = space(Specs.anEndpoint("shop"), Duration.ofMinutes(3));
        assertThat(space.levelsOf(MAX_REPLICAS)).containsExactly(25.0, 30.0, 40.0, 100.0);
        assertThat(space.levelsOf(MIN_REPLICAS)).containsExactly(1.0, 5.0);
    }

    @Test
    void boundsLeaveRoomForSchedules() {
        ScalingPolicy policy = policyWith(
                List.of(new Schedule("office", at -> true, 33, null), new Schedule("night", at -> true, null, 3)));
        TuningSpace space = space(Specs.anEndpoint("shop", policy), Duration.ofMinutes(3));
        assertThat(space.levelsOf(MAX_REPLICAS)).containsExactly(33.0, 40.0, 100.0);
        assertThat(space.levelsOf(MIN_REPLICAS)).containsExactly(1.0, 3.0);
    }

    @Test
    void withoutAForecastNothingOfItIsTuned() {
        EndpointSpec reactive = SpecVariants.withPredictive(Specs.anEndpoint("shop"), Predictive.DEFAULT.disabled());
        TuningSpace space = space(reactive, Duration.ofMinutes(3));
        assertThat(space.levelsOf(QUANTILE)).hasSize(1);
        assertThat(space.levelsOf(LEAST_LEAD_TIME)).hasSize(1);
        assertThat(space.levelsOf(TRACKING_UTILIZATION)).hasSizeGreaterThan(4);
    }

    @Test
    void theMarginIsOnTheStartTimeAndInForceInTheReplay() {
        TuningSpace space = space(Specs.anEndpoint("shop"), Duration.ofMinutes(10));
        assertThat(space.levelsOf(LEAST_LEAD_TIME)).containsExactly(15.0, 660.0, 900.0, 1200.0);
        EndpointSpec margin = space.replayed(space.present().with(LEAST_LEAD_TIME, 900));
        var endpoint = new ReplaySetup.Endpoint(trace(), margin, StartTime.constant(Duration.ofMinutes(10)));
        assertThat(endpoint.spec().policy().predictive().leadTime().initial()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aMarginBeyondTheLargestLeadTimeMovesThatToo() {
        EndpointSpec spec = TuningKnob.LEAST_LEAD_TIME.with(Specs.anEndpoint("shop"), 3_600);
        assertThat(spec.policy().predictive().leadTime())
                .isEqualTo(new LeadTimeBounds(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));
    }

    @Test
    void everyKeyIsWrittenWhereItIsRead() {
        for (TuningKnob knob : TuningKnob.values()) {
            double other = knob.unit() == TuningKnob.Unit.FRACTION ? 0.625 : 77;
            EndpointSpec changed = knob.with(Specs.anEndpoint("shop"), other);
            assertThat(knob.of(changed)).as(knob.name()).isEqualTo(other);
            assertThat(knob.with(changed, knob.of(Specs.anEndpoint("shop")))
                            .policy()
                            .bounds())
                    .isEqualTo(Specs.aPolicy().bounds());
        }
    }

    @Test
    void aQuantileKeepsTheCostThatReplaysCountBy() {
        EndpointSpec changed = QUANTILE.with(Specs.anEndpoint("shop"), 0.5);
        assertThat(changed.policy().predictive().unservedPerIdle()).isEqualTo(19);
    }

    @Test
    void theTargetOfTargetTrackingStandsWhereTheCapacityIs() {
        var queueing = new QueueingCapacity(Duration.ofMillis(80), 4, Duration.ofMillis(300), 0.95, 0.7);
        EndpointSpec spec = Specs.anEndpoint("shop", Specs.aPolicy(queueing));
        assertThat(TRACKING_UTILIZATION.path(spec)).isEqualTo("capacity.queueing.targetUtilization");
        assertThat(TRACKING_UTILIZATION.path(Specs.anEndpoint("shop")))
                .isEqualTo("capacity.perReplica.targetUtilization");
    }

    @Test
    void besideAnHpaTargetTrackingAlwaysCounts() {
        TuningSpace space = space(Specs.anEndpoint("shop").withMode(Mode.HPA_FLOOR), Duration.ofMinutes(3));
        EndpointSpec replayed = space.replayed(space.present().with(SCALE_IN_WINDOW, 60));
        assertThat(replayed.policy().predictive().combine()).isEqualTo(Combine.ADD_ONLY);
        assertThat(replayed.mode()).isEqualTo(Mode.SCALE);
    }

    @Test
    void boundsThatCrossAreNoSettings() {
        TuningSpace space = new TuningSpace(
                Specs.anEndpoint("shop"), Map.of(MIN_REPLICAS, List.of(1.0, 50.0), MAX_REPLICAS, List.of(25.0, 100.0)));
        assertThat(space.allows(space.present().with(MIN_REPLICAS, 50).with(MAX_REPLICAS, 25)))
                .isFalse();
        assertThat(new TuningGrid(space).oneAtATime()).hasSize(3);
    }

    private static ScalingPolicy policyWith(List<Schedule> schedules) {
        return new ScalingPolicy(
                ReplicaBounds.of(1, 100),
                Specs.aPolicy().capacity(),
                Predictive.DEFAULT,
                Reactive.DEFAULT,
                schedules,
                Behavior.DEFAULT,
                Fallback.DEFAULT);
    }

    private static TuningSpace space(EndpointSpec spec, Duration startTime) {
        return TuningSpace.of(new ReplaySetup.Endpoint(trace(), spec, StartTime.constant(startTime)), FROM);
    }

    /** 200 minutes of 1 to 20 replicas before, 100 minutes of 100 replicas after. */
    private static Trace trace() {
        double[] rates = new double[300];
        Arrays.setAll(rates, k -> k < 200 ? 10 * (k / 10 + 1) : 1_000);
        return new Trace("shop", RateSeries.of(FROM.minusSeconds(200 * 60), Trace.MINUTE, rates));
    }
}
