package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.capacity.ImpatientQueue;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A replica serves 10 req/s, with one slot of 100 ms; requests leave after 30 s. */
class WaitingLineTest {
    private static final Offset<Double> ROUNDING = within(1e-6);
    private final WaitTotals totals = new WaitTotals();
    private final WaitingLine line = new WaitingLine(new Queueing.Slots(1, 0.1), 30);

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @Test
    void theLineGrowsByWhatIsNotServedAndIsServedInTurn() {
        line.pass(10, 30, 2, totals); // 10 req/s too many for 10 s
        assertThat(line.waiting()).isCloseTo(100, ROUNDING);
        assertThat(totals.served()).isCloseTo(200, ROUNDING);
        // The last one served came at 200 / 30 s: it waited 10 - 6.67 s.
        assertThat(totals.waitP95()).isCloseTo(0.95 * 10 / 3, within(0.01));
        line.pass(5, 0, 2, totals);
        assertThat(line.waiting()).isCloseTo(0, ROUNDING);
        assertThat(totals.served()).isCloseTo(300, ROUNDING);
        assertThat(totals.abandoned()).isZero();
    }

    @Test
    void whoHasWaitedThirtySecondsLeaves() {
        // Of 20 req/s one half is served. The wait rises by half a second per second: 30 s after a minute.
        line.pass(60, 20, 1, totals);
        assertThat(totals.abandoned()).isCloseTo(0, ROUNDING);
        assertThat(line.waiting()).isCloseTo(600, ROUNDING);
        line.pass(60, 20, 1, totals);
        assertThat(totals.abandoned()).isCloseTo(600, ROUNDING);
        assertThat(line.waiting()).isCloseTo(600, ROUNDING); // what came within 30 s
        assertThat(totals.served()).isCloseTo(1200, ROUNDING);
        assertThat(totals.waitP95()).isCloseTo(30, within(1.5));
    }

    @Test
    void withoutReplicasAllLeaveInTheEnd() {
        line.pass(60, 5, 0, totals);
        assertThat(totals.served()).isZero();
        assertThat(totals.abandoned()).isCloseTo(150, ROUNDING);
        line.pass(60, 0, 0, totals);
        assertThat(totals.abandoned()).isCloseTo(300, ROUNDING);
        assertThat(line.waiting()).isCloseTo(0, ROUNDING);
        assertThat(totals.abandonedShare()).isCloseTo(1, ROUNDING);
    }

    @Test
    void moreReplicasShortenTheLine() {
        line.pass(10, 30, 2, totals); // 100 wait
        line.pass(10, 30, 4, totals); // 10 req/s more than come
        assertThat(line.waiting()).isCloseTo(0, ROUNDING);
        assertThat(totals.served()).isCloseTo(600, ROUNDING);
    }

    @Test
    void whileReplicasSufficeWaitsAreThoseOfTheQueue() {
        line.pass(1_000, 17, 2, totals);
        var queue = ImpatientQueue.of(2, 1.7, 300);
        double p95 = totals.waitP95();
        assertThat(queue.waitsLongerThan(p95 / 0.1)).isCloseTo(0.05, within(0.005));
        assertThat(totals.served() + totals.abandoned()).isCloseTo(17_000, ROUNDING);
        assertThat(line.waiting()).isZero();
    }

    @Test
    void noTrafficWaitsForNothing() {
        line.pass(60, 0, 1, totals);
        line.pass(60, Double.NaN, 1, totals);
        assertThat(totals.waitP95()).isZero();
        assertThat(totals.abandonedShare()).isZero();
        assertThat(totals.arrived()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatArrivedIsServedWaitsOrHasLeft(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double patience = random.nextDouble(0.1, 100);
        WaitingLine any =
                new WaitingLine(new Queueing.Slots(random.nextInt(1, 20), random.nextDouble(0.01, 20)), patience);
        double rate = 0;
        int ready = 1;
        for (int k = 0; k < 500; k++) {
            rate = random.nextInt(3) == 0 ? random.nextInt(0, 5) * random.nextDouble(0, 10) : rate;
            ready = random.nextInt(4) == 0 ? random.nextInt(0, 10) : ready;
            any.pass(random.nextDouble(0, 30), rate, ready, totals);
            double accounted = totals.served() + totals.abandoned() + any.waiting();
            assertThat(accounted).isCloseTo(totals.arrived(), within(1e-9 * (1 + totals.arrived())));
            assertThat(any.waiting()).isNotNegative();
        }
        assertThat(totals.arrived()).isPositive();
    }

    @Test
    void slotsComeFromTheSpecification() {
        var queueing = new QueueingCapacity(Duration.ofMillis(250), 8, Duration.ofSeconds(2), 0.95, 0.7);
        assertThat(Queueing.DEFAULT.slotsFor(queueing)).isEqualTo(new Queueing.Slots(8, 0.25));
        assertThat(Queueing.DEFAULT.slotsFor(new RatePerReplica(10, 0.7))).isEqualTo(new Queueing.Slots(1, 0.1));
    }

    @Test
    void whatTheSimulationGivesIsCompletedByTheSpecification() {
        Duration patience = Duration.ofSeconds(30);
        var perReplica = new RatePerReplica(10, 0.7);
        assertThat(new Queueing(null, 4, patience).slotsFor(perReplica)).isEqualTo(new Queueing.Slots(4, 0.4));
        assertThat(new Queueing(Duration.ofSeconds(2), null, patience).slotsFor(perReplica))
                .isEqualTo(new Queueing.Slots(20, 2));
        assertThat(new Queueing(Duration.ofSeconds(2), 4, patience).slotsFor(perReplica))
                .isEqualTo(new Queueing.Slots(4, 2));
    }
}
