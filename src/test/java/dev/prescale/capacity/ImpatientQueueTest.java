package dev.prescale.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpatientQueueTest {
    /** Rounding of sums of some hundred terms. */
    private static final double ROUNDING = 1e-12;

    @ParameterizedTest(name = "{0} servers, {1} erlangs")
    @CsvSource({"1, 0.5", "4, 3", "20, 18", "100, 99"})
    void withEndlessPatienceItIsErlangC(double servers, double load) {
        ImpatientQueue queue = ImpatientQueue.of(servers, load, 1e4);
        assertThat(queue.waitsLongerThan(0)).isCloseTo(ErlangC.waitProbability(servers, load), within(1e-9));
        // The wait of those who wait is exponential with rate c - a.
        double expected = ErlangC.waitProbability(servers, load) * Math.exp(-(servers - load) * 0.7);
        assertThat(queue.waitsLongerThan(0.7)).isCloseTo(expected, within(1e-9));
        assertThat(queue.abandonedShare()).isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest(name = "{0} servers, {1} erlangs")
    @CsvSource({"1, 0.5", "4, 4", "20, 18"})
    void withoutPatienceItIsErlangsLossFormula(double servers, double load) {
        ImpatientQueue queue = ImpatientQueue.of(servers, load, 1e-9);
        assertThat(queue.abandonedShare()).isCloseTo(1 / ErlangC.inverseLoss(servers, load), within(1e-7));
    }

    /** One server, a = 1, patience 1: p (1 + 1 * (1 + 1)) = 1, so that p = 1/3 waits not, and K = 1 leaves 1/3. */
    @Test
    void oneServerByHand() {
        ImpatientQueue queue = ImpatientQueue.of(1, 1, 1);
        assertThat(queue.waitsLongerThan(0)).isCloseTo(2 / 3.0, within(ROUNDING));
        assertThat(queue.waitsLongerThan(0.5)).isCloseTo(0.5, within(ROUNDING));
        assertThat(queue.abandonedShare()).isCloseTo(1 / 3.0, within(ROUNDING));
        assertThat(queue.waitsLongerThan(1)).isZero();
    }

    /** Requests that stay keep as many servers busy as there are on average. */
    @ParameterizedTest(name = "{0} servers, {1} erlangs, patience {2}")
    @CsvSource({"3, 2.9, 0.5", "3, 1, 2", "10, 10, 0.1", "50, 49, 1"})
    void whatIsServedIsWhatKeepsServersBusy(int servers, double load, double patience) {
        ImpatientQueue queue = ImpatientQueue.of(servers, load, patience);
        double notWaiting = 1 - queue.waitsLongerThan(0);
        double[] weights = new double[servers];
        double sum = 0;
        double busyAmongIdle = 0;
        for (int k = 0; k < servers; k++) {
            weights[k] = k == 0 ? 1 : weights[k - 1] * load / k;
            sum += weights[k];
            busyAmongIdle += k * weights[k];
        }
        double busy = notWaiting * busyAmongIdle / sum + (1 - notWaiting) * servers;
        assertThat(load * (1 - queue.abandonedShare())).isCloseTo(busy, within(1e-9 * servers));
    }

    @Test
    void aLoadAboveTheServersIsRefused() {
        assertThatThrownBy(() -> ImpatientQueue.of(2, 2.5, 1))
                .hasMessage("load must be above 0 and at most 2.0, was 2.5");
    }
}
