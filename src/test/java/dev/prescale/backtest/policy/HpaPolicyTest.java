package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static dev.prescale.backtest.policy.PolicyStory.brain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.SampleFaults;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class HpaPolicyTest {
    private static final ScalingPolicy REACTIVE =
            Specs.aPolicy(new RatePerReplica(10, 0.5)).withPredictive(ScalingPolicy.Predictive.DEFAULT.disabled());

    @Test
    void decidesAsTheProductionCycleDoesWithoutItsForecast() {
        List<Object> production = told(ReplayPolicy.prescale(brain()), SampleFaults.NONE);
        assertThat(told(ReplayPolicies.hpa(brain()), SampleFaults.NONE))
                .isEqualTo(production)
                .hasSize(2 * 600 * 4 + 600 - 23);
    }

    @Test
    void missesTheSamplesThatTheProductionCycleMisses() {
        var faults = new SampleFaults(0.3, 0.3, Duration.ofSeconds(200), 0.2);
        List<Object> production = told(ReplayPolicy.prescale(brain()), faults);
        assertThat(told(ReplayPolicies.hpa(brain()), faults))
                .isEqualTo(production)
                .isNotEqualTo(told(ReplayPolicies.hpa(brain()), SampleFaults.NONE));
    }

    /** Noise, two missing minutes, one with the newest sample too old for target tracking, and bursts. */
    private static List<Object> told(ReplayPolicy policy, SampleFaults faults) {
        var random = new SplittableRandom(7);
        double[] noise = random.doubles(700, 0.5, 1.5).toArray();
        IntToDoubleFunction rate = minute -> {
            boolean isGap = minute % 97 == 40 || minute % 97 == 41 || minute >= 200 && minute < 211;
            double burst = minute % 130 < 20 ? 4 : 1;
            return isGap ? Double.NaN : 60 * burst * noise[minute + 60];
        };
        ReplaySetup setup =
                aStory().policy(REACTIVE).load(60, rate).samples(faults).setup(600);
        List<Object> told = new ArrayList<>();
        new Replay(setup, List.of(policy), new Replay.Listener() {
                    @Override
                    public void decided(EndpointId endpoint, String name, ScalingDecision decision, Instant now) {
                        told.add(now);
                        told.add(decision);
                    }

                    @Override
                    public void minuteScored(EndpointId endpoint, MinuteRow row) {
                        told.add(row.at() + " " + row.desired() + " " + row.ready());
                    }
                })
                .run();
        return told;
    }

    @Test
    void anotherTargetUtilizationHasItInItsName() {
        ReplayPolicy other = ReplayPolicies.hpa(brain(), 0.25);
        assertThat(other.name()).isEqualTo("hpa@0.25");
        assertThat(aStory().load(10, minute -> 50).run(other, 1).get(0)).isEqualTo(5);
        assertThat(aStory().load(10, minute -> 50).run(other, 1).get(30)).isEqualTo(20);
    }
}
