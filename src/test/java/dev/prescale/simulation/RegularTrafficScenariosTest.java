package dev.prescale.simulation;

import static dev.prescale.simulation.ScenarioReplay.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.RatePerReplica;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Traffic that repeats, exactly or up to a few hundredths, is what pre-scaling is for, and what a baseline that repeats the day
 * is best at: the forecast must not be distrusted beside it. Two Mondays of history behind, starts of three minutes.
 */
@Execution(ExecutionMode.CONCURRENT)
class RegularTrafficScenariosTest {
    private static final ScalingPolicy POLICY = Specs.aPolicy(new RatePerReplica(10, 0.7));
    private static final Duration START_TIME = Duration.ofMinutes(3);
    private static final int MONDAY = 14 * DAY;

    /** Shapes of a day, in req/s by the minute. */
    enum Shape implements IntToDoubleFunction {
        /** A wave between 20 and 180. */
        WAVE(0, DAY) {
            @Override
            public double applyAsDouble(int minute) {
                return 100 + 80 * Math.sin(2 * Math.PI * minute / DAY);
            }
        },
        /** 30, and 120 for 20 minutes at 10:00. */
        SPIKE(590, 640) {
            @Override
            public double applyAsDouble(int minute) {
                int ofDay = minute % DAY;
                return ofDay >= 600 && ofDay < 620 ? 120 : 30;
            }
        },
        /** 20, on workdays 120 from 9 to 18 h, and 15 on weekends: on Monday what was yesterday says nothing. */
        WORKDAYS(530, 600) {
            @Override
            public double applyAsDouble(int minute) {
                int ofDay = minute % DAY;
                return minute / DAY % 7 >= 5 ? 15 : ofDay >= 540 && ofDay < 1080 ? 120 : 20;
            }
        },
        /** From 20 to 170 within five minutes at 9 h. */
        RAMP(530, 600) {
            @Override
            public double applyAsDouble(int minute) {
                int ofDay = minute % DAY;
                return ofDay < 1200 ? 20 + 150 * Math.clamp((ofDay - 540) / 5.0, 0, 1) : 20;
            }
        };

        private final int from;
        private final int to;

        Shape(int from, int to) {
            this.from = from;
            this.to = to;
        }
    }

    private static ScenarioReplay replay(Shape shape, double noise) {
        return new ScenarioReplay(
                POLICY,
                START_TIME,
                minute -> shape.applyAsDouble(minute)
                        * (1 - noise + 2 * noise * new SplittableRandom(minute).nextDouble()),
                MONDAY + shape.from,
                MONDAY + shape.to);
    }

    @ParameterizedTest
    @CsvSource({"SPIKE, 0", "SPIKE, .05", "WORKDAYS, 0", "WORKDAYS, .05", "RAMP, 0", "RAMP, .05"})
    void aRiseFindsItsReplicasReady(Shape shape, double noise) {
        ScenarioReplay replay = replay(shape, noise);

        assertThat(replay.hpa().violationMinutes()).isGreaterThanOrEqualTo(3);
        assertThat(replay.prescale().violationMinutes()).isLessThanOrEqualTo(1);
    }

    @Test
    void aWaveIsFollowedWithoutHeadroomForSurprises() {
        ScenarioReplay replay = replay(Shape.WAVE, 0);

        assertThat(replay.prescale().violationMinutes()).isZero();
        assertThat(replay.prescale().replicaHours())
                .isLessThan(0.8 * replay.hpa().replicaHours());
    }
}
