package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.FROM;
import static dev.prescale.backtest.ReplayFixture.aReplay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.control.WorkloadScale;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedWorkloadTest {
    private static final StartTime AT_ONCE = StartTime.constant(Duration.ZERO);
    /** Every scale call is carried out two minutes later. */
    private static final WorkloadFaults ALL_LATE = new WorkloadFaults(0, 0, 0.999999, Duration.ofMinutes(2));

    @Test
    void aLateCallIsCarriedOutLater() {
        List<Integer> desired = desired(Map.of(Duration.ofMinutes(3), 5));
        assertThat(desired).startsWith(1, 1, 1, 1, 1, 5, 5);
    }

    @Test
    void aNewerCallOvertakesOneThatWaits() {
        List<Integer> desired = desired(Map.of(Duration.ofMinutes(3), 5, Duration.ofMinutes(4), 3));
        assertThat(desired).startsWith(1, 1, 1, 1, 1, 1, 3, 3).doesNotContain(5);
    }

    @Test
    void askingAgainForTheSameDoesNotPutItOff() {
        List<Integer> desired = desired(Map.of(Duration.ofMinutes(3), 5, Duration.ofMinutes(4), 5));
        assertThat(desired).startsWith(1, 1, 1, 1, 1, 5, 5);
    }

    @Test
    void askingForWhatThereIsTakesACallBack() {
        List<Integer> desired = desired(Map.of(Duration.ofMinutes(3), 5, Duration.ofMinutes(4), 1));
        assertThat(desired).containsOnly(1);
    }

    private static List<Integer> desired(Map<Duration, Integer> orders) {
        return aReplay()
                .minutes(10, 10)
                .startTime(AT_ONCE)
                .faults(ALL_LATE)
                .rowsOf(new ScriptedPolicy(1, orders))
                .stream()
                .map(MinuteRow::desired)
                .toList();
    }

    @Test
    void aStartTimeOfZeroServesAtOnce() {
        List<MinuteRow> rows = aReplay()
                .minutes(5, 10)
                .startTime(AT_ONCE)
                .rowsOf(new ScriptedPolicy(1, Map.of(Duration.ofMinutes(2), 4)));
        assertThat(rows).extracting(MinuteRow::ready).containsExactly(1, 1, 4, 4, 4);
    }

    /** 30 req/s on 2 replicas of 10 req/s from minute 1 on; the third is ready after three minutes. */
    @Test
    void waitsAndThoseThatGiveUpAreScored() {
        Scorecard.Score score = aReplay()
                .minutes(1, 20)
                .minutes(9, 30)
                .scoreOf(new ScriptedPolicy(2, Map.of(Duration.ofMinutes(1), 3)));
        // The line grows by 10 req/s. The wait of the next in line rises by a third of a second each second: after 90 s
        // it
        // is 30 s, and a third of what comes leaves until the third replica serves, at 4:00: 90 s of 10 req/s. From
        // then on
        // all that come are served, and the line, 30 s long, stays.
        assertThat(score.abandonedShare()).isCloseTo(90 * 10 / (60 * 20 + 540 * 30.0), within(1e-6));
        assertThat(score.waitP95()).isCloseTo(30, within(1.5));
        assertThat(score.violationMinutes()).isEqualTo(3);
    }

    @Test
    void withReplicasToSpareHardlyAnyoneWaits() {
        Scorecard.Score score = aReplay().minutes(60, 20).scoreOf(new ScriptedPolicy(10, Map.of()));
        assertThat(score.waitP95()).isZero();
        assertThat(score.abandonedShare()).isLessThan(1e-6);
    }

    @Test
    void invariantsAreCheckedAndNamed() {
        ReplaySetup setup = aReplay().minutes(10, 10).setup();
        ReplayPolicy two = new ScriptedPolicy(2, Map.of());
        var endpoint = new SimulatedEndpoint(setup, setup.endpoints().getFirst(), two, row -> {});
        var others = new ReplayInvariants("seed 1, test/shop under scripted", 1);
        assertThatThrownBy(() -> others.verify(endpoint, FROM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "seed 1, test/shop under scripted: it does not hold at 2024-01-01T00:00:00Z that "
                                + "no replica comes from nowhere");
        others.ordered(2, FROM, Duration.ofMinutes(3));
        assertThatThrownBy(() -> others.verify(endpoint, FROM))
                .hasMessageContaining("no replica is ready before its start time");
        others.verify(endpoint, FROM.plusSeconds(180));
    }

    @Test
    void aWorkloadOfNoOneIsUnknown() {
        var workload = new SimulatedWorkload(
                aReplay().minutes(5, 10).setup(), new ScriptedPolicy(1, Map.of()), Replay.Listener.NONE);
        assertThat(workload.state(new dev.prescale.control.EndpointId("other", "one"), FROM))
                .isInstanceOf(WorkloadScale.Unknown.class);
    }
}
