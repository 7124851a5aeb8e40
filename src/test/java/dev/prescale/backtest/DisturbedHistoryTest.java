package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.FROM;
import static dev.prescale.backtest.ReplayFixture.aReplay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.control.RateHistory;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three hours of 12 req/s. */
class DisturbedHistoryTest {
    private static final int MINUTES = 180;
    private static final Instant LATER = FROM.plus(Duration.ofHours(3));
    private static final Duration DELAY = Duration.ofMinutes(3);

    @Test
    void aLostSampleIsAGapForEver() {
        RateSeries read = read(new SampleFaults(0.2, 0, DELAY, 0), LATER, 1);
        assertThat(gaps(read)).isBetween(18, 54); // 36 of 180, 3.3 standard deviations of 5.4
        assertThat(gaps(read)).isEqualTo(gaps(read(new SampleFaults(0.2, 0, DELAY, 0), LATER.plusSeconds(9_999), 1)));
    }

    @Test
    void aLateSampleAppearsAfterItsDelay() {
        var faults = new SampleFaults(0, 0.5, DELAY, 0);
        Instant now = FROM.plus(Duration.ofHours(1));
        RateSeries read = read(faults, now, 1);
        int last = read.indexOf(now) - 1;
        assertThat(gaps(read.slice(0, last - 2))).isZero(); // ended three minutes ago or earlier
        int stillMissing = gaps(read.slice(last - 2, last + 1));
        assertThat(stillMissing).isPositive();
        RateSeries again = read(faults, now.plus(DELAY), 1);
        assertThat(gaps(again.slice(0, last + 1))).isZero();
    }

    @Test
    void aSampleThatIsDeliveredTwiceCountsOnce() {
        RateSeries read = read(new SampleFaults(0, 0, DELAY, 0.9), LATER, 1);
        assertThat(read.rates()).hasSize(MINUTES).containsOnly(new double[] {12}, within(1e-12));
    }

    @Test
    void anotherSeedLosesOthersAndTheSameTheSame() {
        var faults = new SampleFaults(0.2, 0, DELAY, 0);
        assertThat(read(faults, LATER, 1).rates())
                .containsExactly(read(faults, LATER, 1).rates());
        assertThat(read(faults, LATER, 1).rates())
                .isNotEqualTo(read(faults, LATER, 2).rates());
    }

    @Test
    void whereNothingGoesWrongTheTraceIsRead() {
        assertThat(DisturbedHistory.of(aReplay().minutes(10, 12).setup())).isInstanceOf(RevealedHistory.class);
    }

    private static int gaps(RateSeries series) {
        int gaps = 0;
        for (int k = 0; k < series.size(); k++) {
            gaps += series.isGap(k) ? 1 : 0;
        }
        return gaps;
    }

    private static RateSeries read(SampleFaults faults, Instant now, long seed) {
        ReplaySetup setup = aReplay()
                .minutes(MINUTES, 12)
                .seed(seed)
                .simulation(Simulation.PLAIN.with(faults))
                .setup();
        RateHistory history = DisturbedHistory.of(setup);
        Query query = new Query(setup.specs().getFirst().traffic(), FROM, LATER);
        RateHistory.Answer answer = history.read(List.of(query), now).getFirst();
        return switch (answer) {
            case Samples samples -> samples.series();
            case RateHistory.Stale stale -> stale.series();
            default -> throw new AssertionError(answer);
        };
    }
}
