package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuedPeaksTest {
    private static final Step HOUR = new Step(3600);
    private static final PeakCandidates CANDIDATES = PeakCandidates.of(QuantileLevels.of(0.5, 0.9), null, null);
    /** Growth, persistence and the two naives, each at two levels. */
    private static final int SERIES = 8;

    private static IssuedPeaks issued() {
        return new IssuedPeaks(CANDIDATES, new PeakSpan(0, 2), 1, HOUR.seconds());
    }

    /** Adds the errors, one an hour from {@code first} on, to every series. */
    private static void learn(IssuedPeaks issued, int first, double... errors) {
        for (int k = 0; k < errors.length; k++) {
            issued.learn(first + k, errors[k], new double[SERIES]);
        }
    }

    private static double[] constant(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void theShiftIsTheQuantileOfTheErrorsAtTheLevel() {
        IssuedPeaks issued = issued();
        learn(issued, 0, 9, 1, 8, 2, 7, 3, 6, 4, 5);
        issued.renew(9 + 48); // two days later, so that the last day is empty
        assertThat(issued.shift(0)).isEqualTo(5); // rank ceil(.5 * 10) of 1 to 9
        assertThat(issued.shift(1)).isEqualTo(9); // rank ceil(.9 * 10)
    }

    @Test
    void halfOfWhatTheLastDayIsAboveIsAddedUpToABound() {
        IssuedPeaks above = issued();
        learn(above, 0, constant(96, 0));
        learn(above, 96, constant(24, 0.2));
        above.renew(120);
        // of 120 errors a fifth is .2: the usual median is 0, the usual .9 quantile .2
        assertThat(above.shift(0)).isCloseTo(0.1, within(1e-8));
        assertThat(above.shift(1)).isCloseTo(0.2, within(1e-8));

        IssuedPeaks farAbove = issued();
        learn(farAbove, 0, constant(96, 0));
        learn(farAbove, 96, constant(24, 5));
        farAbove.renew(120);
        assertThat(farAbove.shift(0)).isCloseTo(0.15, within(1e-8));

        IssuedPeaks below = issued();
        learn(below, 0, constant(96, 0));
        learn(below, 96, constant(24, -5));
        below.renew(120);
        assertThat(below.shift(0)).isZero();
    }

    @Test
    void errorsOlderThanFiveDaysAreForgotten() {
        IssuedPeaks issued = issued();
        learn(issued, 0, constant(60, 7));
        learn(issued, 60, constant(60, 1));
        issued.renew(120 + 61);
        assertThat(issued.errorCount()).isEqualTo(59);
        assertThat(issued.shift(0)).isEqualTo(1);
    }

    @Test
    void whatWasIssuedFromAStepOnCanBeForgotten() {
        IssuedPeaks issued = issued();
        learn(issued, 0, constant(20, 1));
        learn(issued, 20, constant(10, 9));
        issued.forgetFrom(20);
        assertThat(issued.errorCount()).isEqualTo(20);
        issued.renew(30);
        assertThat(issued.shift(1)).isEqualTo(1);
    }

    @Test
    void theLossIsThatOfTheRatesIssued() {
        IssuedPeaks issued = issued();
        double[] rates = constant(SERIES, 12);
        rates[3] = 8;
        issued.judge(10, rates);
        assertThat(issued.loss(1)).isCloseTo(0.2, within(1e-8)); // (1 - .9) * 2 above
        assertThat(issued.loss(3)).isCloseTo(1.8, within(1e-8)); // .9 * 2 below
        issued.judge(12, rates);
        double kept = Math.exp(-1 / 24.0);
        assertThat(issued.loss(1)).isCloseTo(0.2 * kept / (1 + kept), within(1e-8));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anIncidentIsToldAsItComesAsItIsFromTheWhole(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = new double[6 * 1440];
        int t = 0;
        while (t < rates.length) {
            int length = 1 + random.nextInt(400);
            boolean zero = random.nextInt(4) == 0;
            for (int k = 0; k < length && t < rates.length; k++) {
                rates[t++] = zero ? 0 : 5;
            }
        }
        LearningHistory history =
                new LearningHistory(Rates.of(Rates.MINUTE, rates.length, k -> rates[k]), TrafficCalendar.UTC, 1);
        boolean[] whole = Incidents.in(history);
        boolean[] told = new boolean[rates.length];
        RecentRates recent = new RecentRates(rates.length, 0, 0);
        IncidentWatch watch = new IncidentWatch(Rates.MINUTE);
        for (int k = 0; k < rates.length; k++) {
            recent.append(rates[k]);
            if (watch.append(recent)) {
                Arrays.fill(told, Math.max(0, watch.from()), k, true);
            }
            told[k] |= watch.covers(k);
        }
        assertThat(told).isEqualTo(whole);
    }

    @Test
    void anIssuedPredictionIsSettledWhenItsWindowHasPassed() {
        LearningHistory history = new LearningHistory(Rates.hourly(40, t -> t == 33 ? 20 : 10), TrafficCalendar.UTC, 1);
        PeakFeatures features = new PeakFeatures(history, Duration.ofHours(2), 1);
        IssuedPeaks issued = issued();
        issued.issue(32, 10, constant(SERIES, 0.5), constant(SERIES, 15));
        issued.settle(features, 33, new IncidentWatch(HOUR));
        assertThat(issued.errorCount()).isZero();
        issued.settle(features, 34, new IncidentWatch(HOUR));
        assertThat(issued.errorCount()).isEqualTo(1);
        assertThat(issued.loss(1)).isCloseTo(0.9 * 5, within(1e-8));
    }
}
