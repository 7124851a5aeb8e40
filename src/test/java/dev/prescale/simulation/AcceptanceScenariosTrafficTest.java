package dev.prescale.simulation;

import static dev.prescale.simulation.ScenarioReplay.DAY;
import static dev.prescale.simulation.ScenarioReplay.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateStatus.State;
import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbered acceptance scenarios on the course of traffic: days replayed through the production fleet, with target tracking
 * alone beside it. docs/decision.md lists all. One replica sustains 10 req/s; target tracking plans to use 70 % of it.
 */
@Execution(ExecutionMode.CONCURRENT)
class AcceptanceScenariosTrafficTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final ScalingPolicy POLICY = Specs.aPolicy(new RatePerReplica(10, 0.7));

    /** Days between 15 and 105 req/s with their top at noon; each by up to a quarter busier or calmer, minutes by a tenth. */
    private static double day(int minute) {
        return varied(minute, 60 - 45 * Math.cos(2 * Math.PI * minute / DAY), 0.25);
    }

    /** 60 req/s, and 240 from 09:00 to 09:30 every day; days differ by up to a tenth, and so do minutes. */
    private static double dailySpike(int minute) {
        int ofDay = minute % DAY;
        return varied(minute, ofDay >= 540 && ofDay < 570 ? 240 : 60, 0.1);
    }

    private static double varied(int minute, double rate, double ofDay) {
        double day = 1 - ofDay + 2 * ofDay * new SplittableRandom(77L * (minute / DAY)).nextDouble();
        return rate * day * (0.9 + 0.2 * new SplittableRandom(minute).nextDouble());
    }

    @Test
    void scenario07ALevelThatTriplesForGood() {
        int shift = 16 * DAY + 600;
        var replay = new ScenarioReplay(
                POLICY, FIVE_MINUTES, m -> (m < shift ? 1 : 3) * day(m), shift - 240, shift + 2 * DAY);
        int distrusted = replay.gateIs(State.DISTRUSTED, shift) - shift;
        int trusted = replay.gateIs(State.TRUSTED, shift + distrusted) - shift;

        // measured: 3 h 09 min and 27 h 15 min; worse for 3 h is the least that a gate with hysteresis waits for
        assertThat(distrusted).isBetween(180, 360);
        assertThat(trusted).isBetween(distrusted + 360, 36 * 60);
        for (int hours : new int[] {1, 6, 24, 48}) {
            int end = shift + 60 * hours;
            // the minute that was missed makes target tracking join: no waiting for the gate
            assertThat(replay.violationMinutes(ReplayPolicy.PRESCALE, shift, end))
                    .isLessThanOrEqualTo(replay.violationMinutes(ReplayPolicy.HPA, shift, end) + 1);
            assertThat(replay.cost(ReplayPolicy.PRESCALE, shift, end))
                    .isLessThanOrEqualTo(1.05 * replay.cost(ReplayPolicy.HPA, shift, end));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.NaN})
    void scenario08ATwoHourHoleAtLastWeeksPeakDoesNotShrinkTodaysReplicas(double hole) {
        int peak = 15 * DAY + 720;
        int lastWeek = peak - 7 * DAY;
        IntToDoubleFunction holed = m -> Math.abs(m - lastWeek) < 60 ? hole : day(m);
        var spared =
                new ScenarioReplay(POLICY, FIVE_MINUTES, AcceptanceScenariosTrafficTest::day, peak - 240, peak + 120);
        var hit = new ScenarioReplay(POLICY, FIVE_MINUTES, holed, peak - 240, peak + 120);

        assertThat(hit.gates().get(at(peak))).isEqualTo(State.TRUSTED);
        assertThat(hit.prescale().violationMinutes())
                .isLessThanOrEqualTo(spared.prescale().violationMinutes());
        double with = 0;
        double without = 0;
        for (int m = peak - 60; m < peak + 60; m++) {
            with += hit.demandAt(m);
            without += spared.demandAt(m);
            assertThat(hit.demandAt(m)).as("minute %s from the peak", m - peak).isGreaterThan(0.9 * spared.demandAt(m));
        }
        assertThat(with).isGreaterThan(0.97 * without);
    }

    /**
     * At the first minute of the spike at least 95 % of what it needs is ready, where target tracking alone has 40 %, and the
     * time in which something is missing is halved at least. The sizing quantile of 95 % is not kept at that very minute:
     * see docs/limitations.md, which has the figures.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 8})
    void scenario09ADailySpikeFindsItsReplicasReady(int coldStartMinutes) {
        double missed = 0;
        double missedByHpa = 0;
        for (int day = 14; day < 22; day++) {
            int spike = day * DAY + 540;
            var replay = new ScenarioReplay(
                    POLICY,
                    Duration.ofMinutes(coldStartMinutes),
                    AcceptanceScenariosTrafficTest::dailySpike,
                    spike - 30,
                    spike + 40);
            MinuteRow atSpike = replay.prescaleAt(spike);
            assertThat(10 * atSpike.ready()).as("day %s", day).isGreaterThan((int) (0.95 * atSpike.demand()));
            missed += replay.prescale().violationMinutes();
            missedByHpa += replay.hpa().violationMinutes();
        }
        assertThat(missed).isLessThan(missedByHpa / 2);
    }

    @Test
    void scenario10ASpikeThatDoesNotComeIsReleasedAndCostsLittle() {
        int spike = 14 * DAY + 540;
        var replay = new ScenarioReplay(
                POLICY,
                FIVE_MINUTES,
                m -> m >= spike - 60 ? varied(m, 60, 0.1) : dailySpike(m),
                spike - 60,
                spike + 90);

        assertThat(replay.prescaleAt(spike).ready()).isGreaterThan(20); // it was expected
        for (int m = spike + 40; m < spike + 90; m++) {
            assertThat(replay.prescaleAt(m).desired())
                    .isLessThanOrEqualTo(replay.row(ReplayPolicy.HPA, m).desired() + 1);
        }
        // half of what 15 more replicas cost in the half hour of the spike
        double extraMinutes =
                60 * (replay.prescale().replicaHours() - replay.hpa().replicaHours());
        assertThat(extraMinutes).isLessThan(15 * 30 / 2.0);
    }

    @Test
    void scenario11ASpikeThatNobodyForecastIsNeverWorseThanTargetTrackingAlone() {
        int spike = 14 * DAY + 900;
        IntToDoubleFunction surprise = m -> day(m) * (m >= spike && m < spike + 30 ? 3 : 1);
        ScalingPolicy addOnly = POLICY.withPredictive(POLICY.predictive().withCombine(Combine.ADD_ONLY));
        var added = new ScenarioReplay(addOnly, FIVE_MINUTES, surprise, spike - 120, spike + 240);
        for (int m = spike - 120; m < spike + 240; m++) {
            assertThat(added.prescaleAt(m).desired())
                    .as("minute %s from the spike", m - spike)
                    .isGreaterThanOrEqualTo(added.row(ReplayPolicy.HPA, m).desired());
        }
        assertThat(added.prescale().violationMinutes())
                .isLessThanOrEqualTo(added.hpa().violationMinutes());

        // calibrated, the headroom that target tracking had is missing until the first minute is over
        var calibrated = new ScenarioReplay(POLICY, FIVE_MINUTES, surprise, spike - 120, spike + 240);
        assertThat(calibrated.prescale().violationMinutes())
                .isLessThanOrEqualTo(calibrated.hpa().violationMinutes() + 1);
    }
}
