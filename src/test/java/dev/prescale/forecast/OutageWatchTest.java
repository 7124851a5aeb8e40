package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.forecast.OutageWatch.State;
import dev.prescale.series.Step;
import dev.prescale.testing.Rates;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageWatchTest {
    private static final double GAP = Double.NaN;

    /** States after each rate where {@code expected} is expected throughout. */
    private static List<State> states(Step step, double expected, double... rates) {
        OutageWatch watch = new OutageWatch(step);
        List<State> states = new ArrayList<>();
        for (double rate : rates) {
            states.add(watch.feed(rate, expected));
        }
        return states;
    }

    @Test
    void anHourOfSilenceAgainstTraffic() {
        assertThat(states(Rates.TEN_MINUTES, 1, 1, 0, 0, GAP, 0, GAP, 0, 0))
                .containsExactly(
                        State.ORDINARY,
                        State.SUSPECT,
                        State.SUSPECT,
                        State.SUSPECT,
                        State.SUSPECT,
                        State.SUSPECT,
                        State.OUTAGE,
                        State.OUTAGE);
    }

    @Test
    void silenceWhereLittleIsExpectedIsOrdinary() {
        // 3 requests in ten minutes: 18 in an hour, 120 after 40 steps
        double[] zeros = new double[39];
        assertThat(states(Rates.TEN_MINUTES, 3.0 / 600, zeros).subList(0, 6)).containsOnly(State.ORDINARY);
        assertThat(states(Rates.TEN_MINUTES, 3.0 / 600, zeros)).doesNotContain(State.OUTAGE);
        assertThat(states(Rates.TEN_MINUTES, 0, zeros)).containsOnly(State.ORDINARY);
        assertThat(states(Rates.TEN_MINUTES, GAP, zeros)).containsOnly(State.ORDINARY);
    }

    @Test
    void aSurgeIsCappedForTwiceTheOutageAtMostHalfAnHour() {
        double[] rates = {1, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9};
        assertThat(states(Rates.TEN_MINUTES, 1, rates).subList(6, 11))
                .containsExactly(State.OUTAGE, State.SURGE, State.SURGE, State.SURGE, State.ORDINARY);
    }

    @Test
    void whatMayBeLearnedIsNothingInAnOutageAndACappedRateInASurge() {
        OutageWatch watch = new OutageWatch(Rates.HOUR);
        watch.feed(1, 1);
        assertThat(watch.learnable(1, 1)).isEqualTo(1);
        watch.feed(0, 1);
        assertThat(watch.learnable(0, 1)).isNaN();
        OutageWatch minutes = new OutageWatch(Rates.MINUTE);
        for (int t = 0; t < 60; t++) {
            minutes.feed(0, 1);
        }
        minutes.feed(7, 1);
        assertThat(minutes.learnable(7, 1)).isEqualTo(1.5);
        assertThat(minutes.learnable(1.2, 1)).isEqualTo(1.2);
    }

    @Test
    void theSilenceAndTheDeclineBeforeItAreForgottenWhenAnOutageIsRecognised() {
        OutageWatch watch = new OutageWatch(Rates.TEN_MINUTES);
        for (double rate : new double[] {1, 0.9, 0.4, 0.1, 0, 0, 0, 0, 0}) {
            watch.feed(rate, 1);
            assertThat(watch.stepsToForget()).isZero();
        }
        watch.feed(0, 1);
        assertThat(watch.stepsToForget()).isEqualTo(6 + 2);
        watch.feed(0, 1);
        assertThat(watch.stepsToForget()).isZero();
    }

    @Test
    void aFleetThatFallsSilentAtOnceNeedsNoHour() {
        OutageWatch watch = new OutageWatch(Rates.MINUTE);
        watch.feed(1, 1);
        assertThat(watch.feedInSilentFleet(GAP, 1)).isEqualTo(State.OUTAGE);
        assertThat(watch.stepsToForget()).isEqualTo(1);
        assertThat(watch.feed(2, 1)).isEqualTo(State.SURGE);
        assertThat(watch.feed(2, 1)).isEqualTo(State.SURGE);
        assertThat(watch.feed(2, 1)).isEqualTo(State.ORDINARY);
    }

    @Test
    void aSilenceOfTwoDaysIsWhatTrafficIsNow() {
        OutageWatch watch = new OutageWatch(Rates.HOUR);
        for (int t = 0; t < 48; t++) {
            assertThat(watch.feed(0, 1)).isEqualTo(State.OUTAGE);
        }
        for (int t = 0; t < 48; t++) {
            assertThat(watch.feed(0, 1)).isEqualTo(State.ORDINARY);
        }
        assertThat(watch.feed(1, 0)).isEqualTo(State.ORDINARY);
    }
}
