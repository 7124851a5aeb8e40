package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.testing.Rates;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At hours of 10 req/s each. Names without a prior of their own count as 1.1 times the best. */
class CombinationTest {
    private static final double RATE = 10;
    private static final int MANY = 100_000;

    private final int[] noNaives = {};

    private static Combination of(Member... members) {
        return new Combination(List.of(members), new HorizonBuckets(Rates.HOUR));
    }

    /** What the members said, settled as the only thing known of a number of days. */
    private void settle(Combination combination, double days, int horizon, double... said) {
        double[][] byMember = new double[said.length][1];
        Arrays.setAll(byMember, i -> new double[] {said[i]});
        combination.settle(horizon, RATE, new Issue(0, days, new double[] {RATE}, byMember, noNaives), 0);
    }

    private static double[] weights(Combination combination, int bucket, boolean... speaks) {
        return combination.weights(speaks)[bucket];
    }

    @Test
    void aMemberHalfAgainAsWrongAsTheBestWeighsLess() {
        Combination combination = of(new FixedRate("best", 0), new FixedRate("second", 0));
        settle(combination, MANY, 2, 9, 8.5);
        double second = Math.exp(-3 * 0.5); // errors of 1 and 1.5
        assertThat(weights(combination, 1, true, true))
                .containsExactly(new double[] {1 / (1 + second), second / (1 + second)}, within(1e-4));
    }

    @Test
    void aMemberMoreThanTwiceAsWrongAsTheBestDoesNotCount() {
        Combination combination = of(new FixedRate("best", 0), new FixedRate("far", 0));
        settle(combination, MANY, 2, 9, 7.9);
        assertThat(weights(combination, 1, true, true)).containsExactly(1, 0);
    }

    @Test
    void theLeastErrorIsOfThoseThatSpeak() {
        Combination combination = of(new FixedRate("best", 0), new FixedRate("far", 0));
        settle(combination, MANY, 2, 9, 7.9);
        assertThat(weights(combination, 1, false, true)).containsExactly(0, 1);
    }

    @Test
    void withoutEvidencePriorsDecide() {
        Combination combination = of(new FixedRate(LastValue.NAME, 0), new FixedRate(SeasonalNaive.DAY, 0));
        // within the hour .95 beside 1.5, beyond it 1.6 beside 1.15
        double day = Math.exp(-3 * (1.5 / 0.95 - 1));
        double last = Math.exp(-3 * (1.6 / 1.15 - 1));
        assertThat(weights(combination, 0, true, true))
                .containsExactly(new double[] {1 / (1 + day), day / (1 + day)}, within(1e-12));
        assertThat(weights(combination, 3, true, true))
                .containsExactly(new double[] {last / (1 + last), 1 / (1 + last)}, within(1e-12));
    }

    @Test
    void fourDaysOfEvidenceCountAsMuchAsThePrior() {
        Combination combination = of(new FixedRate("best", 0), new FixedRate("second", 0));
        settle(combination, 4, 2, 9, 8);
        // errors (1 + 1.1) / 2 and (2 + 1.1) / 2
        double second = Math.exp(-3 * (3.1 / 2.1 - 1));
        assertThat(weights(combination, 1, true, true))
                .containsExactly(new double[] {1 / (1 + second), second / (1 + second)}, within(1e-12));
    }

    @Test
    void whatIsFourDaysOldCountsForAnEthOfWhatIsNew() {
        Combination combination = of(new FixedRate("a", 0), new FixedRate("b", 0));
        settle(combination, 1, 2, 9, 8);
        for (int t = 0; t < 4 * 24; t++) {
            combination.age();
        }
        settle(combination, 1, 2, 8, 9);
        double old = Math.exp(-1);
        double a = (old * 1 + 2 + 4 * 1.1 * best(old)) / (old + 1 + 4);
        double b = (old * 2 + 1 + 4 * 1.1 * best(old)) / (old + 1 + 4);
        double behind = Math.exp(-3 * (a / b - 1));
        assertThat(weights(combination, 1, true, true))
                .containsExactly(new double[] {behind / (1 + behind), 1 / (1 + behind)}, within(1e-9));
    }

    private static double best(double old) {
        return (2 * old + 1) / (old + 1);
    }

    @Test
    void membersOfTheSameErrorWeighTheSame() {
        Combination combination = of(new FixedRate("four", 0), new FixedRate("eight", 0));
        double[] rates = new double[3];
        combination.combine(
                combination.weights(new boolean[] {true, true}),
                new int[] {1, 2, 3},
                new double[][] {{4, 4, 4}, {8, 8, 8}},
                rates);
        assertThat(rates).containsExactly(new double[] {6, 6, 6}, within(1e-12));
    }

    @Test
    void aMemberWithNothingToSayOfAStepLeavesItToTheOthers() {
        Combination combination = of(new FixedRate("four", 0), new FixedRate("eight", 0));
        double[] rates = new double[2];
        combination.combine(
                combination.weights(new boolean[] {true, true}),
                new int[] {1, 2},
                new double[][] {{4, Double.NaN}, {Double.NaN, Double.NaN}},
                rates);
        assertThat(rates).containsExactly(4, Double.NaN);
    }

    @Test
    void whatIsKnownIsTheSameAfterItIsMadeSmaller() {
        // at hours the weight of a step doubles 40 times, to the largest, in 4 ln(2) 40 = 111 days
        Combination combination = of(new FixedRate("a", 0), new FixedRate("b", 0));
        int days = 100;
        for (int t = 0; t < days * 24; t++) {
            combination.age();
        }
        settle(combination, 1, 2, 9, 8);
        double[] young = weights(combination, 1, true, true).clone();
        // from here on the weight grows by exp(25 / 4): the evidence is worth exp(-25 / 4) days
        for (int t = 0; t < 25 * 24; t++) {
            combination.age();
        }
        double worth = Math.exp(-25 / 4.0);
        double behind = Math.exp(-3 * ((2 * worth + 4.4) / (worth + 4.4) - 1));
        assertThat(young[0]).isGreaterThan(0.63);
        assertThat(weights(combination, 1, true, true))
                .containsExactly(new double[] {1 / (1 + behind), behind / (1 + behind)}, within(1e-9));
    }

    @Test
    void theTrimmedMeanIsThatOfTheMiddleFourFifthsOfTheWeight() {
        // .1 of 4 is trimmed on either side: .6 of the first and of the last value remain
        assertThat(Combination.trimmedMean(new double[] {0, 10, 20, 100}, new double[] {1, 1, 1, 1}, 4))
                .isCloseTo((10 + 20 + 0.6 * 100) / 3.2, within(1e-12));
        // nine tenths of the weight lie at 10, the rest is trimmed
        assertThat(Combination.trimmedMean(new double[] {10, 90}, new double[] {9, 1}, 2))
                .isCloseTo(10, within(1e-12));
        assertThat(Combination.trimmedMean(new double[] {10, 90, 999}, new double[] {1, 1, 9}, 2))
                .isEqualTo(50);
    }

    @Test
    void onlyMembersThatCountAreNamedAndTheirWeightsAddUpToOne() {
        Combination combination = of(new FixedRate("best", 0), new FixedRate("far", 0), new FixedRate("mute", 0));
        for (int horizon : new int[] {1, 2, 7, 25}) {
            settle(combination, MANY, horizon, 9, 7.9, 9);
        }
        List<Forecast.MemberWeight> named =
                combination.meanWeights(combination.weights(new boolean[] {true, true, false}), 48);
        assertThat(named).extracting(Forecast.MemberWeight::name).containsExactly("best");
        assertThat(named.getFirst().weight()).isCloseTo(1, within(1e-12));
    }
}
