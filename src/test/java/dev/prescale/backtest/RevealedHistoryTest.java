package dev.prescale.backtest;

import static dev.prescale.backtest.ReplayFixture.FROM;
import static dev.prescale.backtest.ReplayFixture.aReplay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory.Answer;
import dev.prescale.control.RateHistory.Failed;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.control.RateHistory.Stale;
import dev.prescale.testing.Specs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevealedHistoryTest {
    private static final double GAP = Double.NaN;

    @Test
    void aMinuteThatHasNotEndedIsAGapEvenWhereItIsAskedFor() {
        Answer answer = read(FROM, FROM.plusSeconds(240), FROM.plusSeconds(119));
        assertThat(rates(answer)).containsExactly(10, GAP, GAP, GAP);
        assertThat(rates(read(FROM, FROM.plusSeconds(240), FROM.plusSeconds(120))))
                .containsExactly(10, 20, GAP, GAP);
    }

    @Test
    void minutesBeforeTheTraceAreGaps() {
        Instant start = FROM.minusSeconds(300);
        assertThat(rates(read(start.minusSeconds(120), start.plusSeconds(60), start.plusSeconds(60))))
                .containsExactly(GAP, GAP, 10);
    }

    @Test
    void aHoleThatLastsIsStale() {
        assertThat(read(FROM, FROM.plusSeconds(480), FROM.plusSeconds(480))).isInstanceOf(Stale.class);
    }

    @Test
    void trafficThatIsNotReplayedFails() {
        var history = new RevealedHistory(setup());
        Query other = new Query(Specs.countsOf("other"), FROM, FROM.plusSeconds(60));
        assertThat(history.read(List.of(other), FROM.plusSeconds(60)).getFirst())
                .isInstanceOf(Failed.class);
    }

    private static Answer read(Instant from, Instant to, Instant now) {
        Query query = new Query(Specs.countsOf("shop"), from, to);
        return new RevealedHistory(setup()).read(List.of(query), now).getFirst();
    }

    private static double[] rates(Answer answer) {
        assertThat(answer).isInstanceOf(Samples.class);
        return ((Samples) answer).series().rates();
    }

    /** Ten req/s before the beginning, then 10, 20, 30, 40 and five minutes without samples. */
    private static ReplaySetup setup() {
        return aReplay().rates(10, 20, 30, 40).minutes(5, GAP).setup();
    }
}
