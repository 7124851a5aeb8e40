package dev.prescale.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class ErlangCTest {
    private static final MathContext FORTY_DIGITS = new MathContext(40);

    @ParameterizedTest(name = "source {0}: {1} servers, {2} erlangs -> {3}")
    @CsvFileSource(
            resources = "/dev/prescale/capacity/erlang-c-published.csv",
            commentCharacter = '#',
            useHeadersInDisplayName = false,
            numLinesToSkip = 1)
    void agreesWithPublishedValues(int source, int servers, double erlangs, double published, int digits) {
        assertThat(ErlangC.waitProbability(servers, erlangs)).isCloseTo(published, within(0.5 * Math.pow(10, -digits)));
    }

    /** The textbook sum in 40 digits: {@code C = a^c/c! c/(c-a) / (sum a^k/k! + a^c/c! c/(c-a))}. */
    @ParameterizedTest(name = "{0} servers at {1} of their capacity")
    @MethodSource("grid")
    void agreesWithAnExactSumToTwelveDigits(int servers, double utilization) {
        double erlangs = servers * utilization;
        double exact = exactWaitProbability(servers, new BigDecimal(erlangs)).doubleValue();

        // What doubles cannot hold must not be held up as something else.
        double wait = ErlangC.waitProbability(servers, erlangs);
        assertThat(exact < 1e-300 ? wait : wait / exact - 1).isCloseTo(0, within(1e-12));
    }

    static Stream<Arguments> grid() {
        return Stream.of(1, 2, 3, 7, 32, 100, 1_000, 10_000)
                .flatMap(servers -> Stream.of(0.01, 0.3, 0.5, 0.8, 0.95, 0.99, 0.999, 0.999999)
                        .map(utilization -> Arguments.of(servers, utilization)));
    }

    private static BigDecimal exactWaitProbability(int servers, BigDecimal erlangs) {
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ZERO;
        for (int k = 1; k <= servers; k++) {
            sum = sum.add(term, FORTY_DIGITS);
            term = term.multiply(erlangs, FORTY_DIGITS).divide(BigDecimal.valueOf(k), FORTY_DIGITS);
        }
        BigDecimal waiting = term.multiply(BigDecimal.valueOf(servers), FORTY_DIGITS)
                .divide(BigDecimal.valueOf(servers).subtract(erlangs), FORTY_DIGITS);
        return waiting.divide(sum.add(waiting, FORTY_DIGITS), FORTY_DIGITS);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "5, 0", "1, 1e-310", "10000, 0.001", "1000000, 1", "2147483647, 1e6"})
    void almostNobodyWaitsForServersThatIdle(double servers, double erlangs) {
        assertThat(ErlangC.waitProbability(servers, erlangs)).isBetween(0.0, 1e-300);
    }

    @Test
    void everybodyWaitsWhereTheLoadIsNotBelowTheServers() {
        assertThat(ErlangC.waitProbability(4, 4)).isEqualTo(1);
        assertThat(ErlangC.responseLongerThan(3, 4, 4)).isEqualTo(1);
        assertThat(ErlangC.responseLongerThan(3, 4, 5)).isEqualTo(1);
    }

    /** A million servers: the limit of Halfin and Whitt (1981) with {@code c = a + beta sqrt(a)}, beta = 1. */
    @Test
    void aMillionServersAreCloseToTheLimitOfHalfinAndWhitt() {
        double erlangs = 1e6;
        double normalHazard = 0.24197072451914337 / 0.8413447460685429;

        double wait = ErlangC.waitProbability(erlangs + 1_000, erlangs);

        assertThat(wait).isCloseTo(1 / (1 + 1 / normalHazard), within(1e-3));
    }

    /** One server: the response time is exponential with rate {@code 1 - a}, whatever the formula's two exponents. */
    @ParameterizedTest
    @CsvSource({"0.1, 0.5", "2, 0.5", "5, 0.9", "40, 0.99", "1e-9, 0.3", "3, 1e-12"})
    void aSingleServerAnswersWithinAnExponentialTime(double time, double erlangs) {
        double expected = Math.exp(-time * (1 - erlangs));

        assertThat(ErlangC.responseLongerThan(time, 1, erlangs) / expected).isCloseTo(1, within(1e-12));
    }

    /** At {@code c - a = 1} the two exponents meet; the formula is continuous there. */
    @ParameterizedTest
    @CsvSource({"2", "3", "50", "10000"})
    void whereTheQueueDrainsAsFastAsOneServerServesTheFormulaIsContinuous(int servers) {
        double at = ErlangC.responseLongerThan(4, servers, servers - 1);
        double limit = Math.exp(-4) * (1 + 4 * ErlangC.waitProbability(servers, servers - 1));

        assertThat(at / limit).isCloseTo(1, within(1e-14));
        assertThat(ErlangC.responseLongerThan(4, servers, servers - 1 - 1e-7) / at)
                .isCloseTo(1, within(1e-6));
        assertThat(ErlangC.responseLongerThan(4, servers, servers - 1 + 1e-7) / at)
                .isCloseTo(1, within(1e-6));
    }

    /** 4,000,000 simulated requests; three standard errors of a correlated sample are well within 0.01. */
    @ParameterizedTest(name = "{0} servers, {1} erlangs, {2} service times")
    @CsvSource({"1, 0.7, 3", "4, 3, 2", "4, 3.5, 4", "20, 18, 1.5", "20, 19, 3", "50, 40, 2.5"})
    void aSimulatedQueueAnswersAsTheFormulaSays(int servers, double erlangs, double time) {
        assertThat(simulatedShareLongerThan(time, servers, erlangs))
                .isCloseTo(ErlangC.responseLongerThan(time, servers, erlangs), within(0.01));
    }

    private static double simulatedShareLongerThan(double time, int servers, double erlangs) {
        SplittableRandom chance = new SplittableRandom(17);
        PriorityQueue<Double> freeAt = new PriorityQueue<>();
        for (int i = 0; i < servers; i++) {
            freeAt.add(0.0);
        }
        double now = 0;
        int longer = 0;
        int requests = 4_000_000;
        for (int i = 0; i < requests; i++) {
            now += exponential(chance) / erlangs;
            double done = Math.max(now, freeAt.poll()) + exponential(chance);
            freeAt.add(done);
            longer += done - now > time ? 1 : 0;
        }
        return (double) longer / requests;
    }

    private static double exponential(SplittableRandom chance) {
        return -Math.log1p(-chance.nextDouble());
    }
}
