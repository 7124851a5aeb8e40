package dev.prescale.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueingCapacityTest {
    private static final QueueingCapacity CHAT = queueing(80, 4, 300, 0.95);

    private static QueueingCapacity queueing(long serviceMillis, int concurrency, long targetMillis, double quantile) {
        return new QueueingCapacity(
                Duration.ofMillis(serviceMillis), concurrency, Duration.ofMillis(targetMillis), quantile, 0.7);
    }

    /** One slot with 100 ms: the response time is exponential with rate 10 - r, so 1 s at 90 % allows r = 10 - ln 10. */
    @Test
    void oneSlotSustainsWhatTheExponentialResponseTimeAllows() {
        QueueingCapacity oneSlot = queueing(100, 1, 1_000, 0.9);

        assertThat(oneSlot.sustainedBy(1)).isCloseTo(10 - Math.log(10), within(1e-9));
        assertThat(oneSlot.replicasFor(7.69, 1)).isEqualTo(1);
        assertThat(oneSlot.replicasFor(7.70, 1)).isEqualTo(2);
        assertThat(oneSlot.replicasFor(7.69 * 0.7, 0.7)).isEqualTo(1);
        assertThat(oneSlot.replicasFor(7.70 * 0.7, 0.7)).isEqualTo(2);
    }

    @Test
    void noRequestsNeedNoReplicasAndTheFewestNeedOne() {
        assertThat(CHAT.replicasFor(0, 0.7)).isZero();
        assertThat(CHAT.replicasFor(1e-300, 0.7)).isEqualTo(1);
        assertThat(CHAT.sustainedBy(0)).isZero();
    }

    /** The larger the pool, the closer to its 50 req/s (4 slots / 80 ms) each replica may work. */
    @Test
    void aLargerPoolUsesItsReplicasBetter() {
        double alone = CHAT.sustainedBy(1);
        double ofTen = CHAT.sustainedBy(10) / 10;
        double ofThousand = CHAT.sustainedBy(1_000) / 1_000;

        assertThat(alone).isLessThan(ofTen);
        assertThat(ofTen).isLessThan(ofThousand);
        assertThat(ofThousand).isBetween(49.0, 50.0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFewestReplicasMeetTheTargetAndOneLessMissesIt(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        QueueingCapacity capacity = anyCapacity(chance);
        double rate = Math.pow(10, chance.nextDouble(-3, 5));

        int replicas = capacity.replicasFor(rate, 1);

        assertThat(missed(capacity, replicas, rate)).isLessThanOrEqualTo((1 - capacity.latencyQuantile()) * 1.000001);
        assertThat(missed(capacity, replicas - 1, rate)).isGreaterThan(1 - capacity.latencyQuantile());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void replicasSustainExactlyWhatStillNeedsNoMoreOfThem(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        QueueingCapacity capacity = anyCapacity(chance);
        int replicas = 1 + chance.nextInt(chance.nextInt(1, 3_000));
        double utilization = 0.1 + 0.9 * chance.nextDouble();

        double sustained = capacity.sustainedBy(replicas);

        assertThat(capacity.replicasFor(sustained, 1)).isEqualTo(replicas);
        assertThat(capacity.replicasFor(sustained * 1.00001, 1)).isGreaterThan(replicas);
        assertThat(capacity.replicasFor(sustained * utilization * 0.999999, utilization))
                .isEqualTo(replicas);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void moreRequestsNeverNeedFewerReplicas(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        QueueingCapacity capacity = anyCapacity(chance);
        double rate = Math.pow(10, chance.nextDouble(-2, 9));

        assertThat(capacity.replicasFor(rate * (1 + Math.pow(10, chance.nextDouble(-9, 0))), 1))
                .isGreaterThanOrEqualTo(capacity.replicasFor(rate, 1));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static QueueingCapacity anyCapacity(SplittableRandom chance) {
        long serviceMillis = 1 + chance.nextInt(2_000);
        double quantile = 0.01 + 0.989 * chance.nextDouble();
        double least = QueueingCapacity.leastLatency(Duration.ofMillis(serviceMillis), quantile);
        long target = (long) Math.ceil(1_000 * least * (1 + Math.pow(10, chance.nextDouble(-2, 1)))) + 1;
        return queueing(serviceMillis, 1 + chance.nextInt(64), target, quantile);
    }

    private static double missed(QueueingCapacity capacity, int replicas, double rate) {
        double service = capacity.serviceTime().toMillis() / 1_000.0;
        double time = capacity.latencyTarget().toMillis() / 1_000.0 / service;
        return ErlangC.responseLongerThan(time, (double) replicas * capacity.concurrency(), rate * service);
    }

    /** Beyond a million slots the pool is planned at the utilization of that one: never fewer than the queue needs. */
    @Test
    void aPoolOfMoreThanAMillionSlotsIsPlannedAtTheUtilizationOfThatOne() {
        QueueingCapacity capacity = queueing(1_000, 100, 5_000, 0.95);
        double rate = 3e7;

        int replicas = capacity.replicasFor(rate, 1);

        assertThat(missed(capacity, replicas, rate)).isLessThanOrEqualTo(0.05);
        assertThat(replicas).isBetween(300_000, 300_900);
        assertThat(capacity.sustainedBy(40_000)).isEqualTo(2 * capacity.sustainedBy(20_000));
        assertThat(capacity.sustainedBy(replicas)).isCloseTo(rate, within(rate * 1e-5));
    }

    @Test
    void aRateBeyondAllReplicasIsTheLargestNumberAndNoOverflow() {
        assertThat(CHAT.replicasFor(1e15, 0.7)).isEqualTo(Integer.MAX_VALUE);
        assertThat(CHAT.sustainedBy(Integer.MAX_VALUE)).isBetween(1e11, 50.0 * Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"200, 0.95", "239, 0.95", "50, 0.5"})
    void aTargetThatEvenAnIdleReplicaMissesIsRefusedWithTheNumber(long targetMillis, double quantile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queueing(80, 4, targetMillis, quantile))
                .withMessageMatching("latencyTarget must be above 0\\.\\d{3} s, which an idle replica has .*");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void aQuantileThatIsNoneIsRefused(double quantile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queueing(80, 4, 300, quantile))
                .withMessage("latencyQuantile must be in (0, 1), was %s", quantile);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, 300, serviceTime must be from PT0.001S to PT1H; was PT0S",
        "80, 0, 300, concurrency must be from 1 to 10000; was 0",
        "80, 4, 90000000, latencyTarget must be from PT0.001S to PT24H; was PT25H",
    })
    void whatIsOutOfRangeIsRefused(long service, int concurrency, long target, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queueing(service, concurrency, target, 0.95))
                .withMessage(message.replace(';', ','));
    }
}
