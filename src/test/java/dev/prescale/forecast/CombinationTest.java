package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinationTest {
    private static final int TEN_DAYS = 240;
    private static final int[] ORIGINS = {200, 150, 100};

    private static Combination judged(int[] origins, Member... members) {
        LearningHistory tens = new LearningHistory(Rates.hourly(TEN_DAYS, t -> 10), TrafficCalendar.UTC, 48);
        return Combination.judgedAt(List.of(members), tens, origins, 48);
    }

    private static double[] forecast(Combination combination, int origin) {
        double[] rates = new double[3];
        combination.forecast(origin, rates);
        return rates;
    }

    @Test
    void aMemberHalfAgainAsWrongAsTheBestWeighsLess() {
        Combination combination = judged(ORIGINS, new FixedRate("best", 9), new FixedRate("second", 8.5));
        double second = Math.exp(-3 * 0.5); // errors of 1 and 1.5
        assertThat(combination.meanWeights(48))
                .containsExactly(new double[] {1 / (1 + second), second / (1 + second)}, within(1e-9));
    }

    @Test
    void aMemberMoreThanTwiceAsWrongAsTheBestDoesNotCount() {
        Combination combination = judged(ORIGINS, new FixedRate("best", 9), new FixedRate("far", 7.9));
        assertThat(combination.meanWeights(48)).containsExactly(new double[] {1, 0}, within(1e-9));
        assertThat(forecast(combination, TEN_DAYS)).containsExactly(9, 9, 9);
    }

    @Test
    void membersThatCannotBeJudgedWeighTheSame() {
        Combination combination = judged(new int[0], new FixedRate("four", 4), new FixedRate("eight", 8));
        assertThat(forecast(combination, TEN_DAYS)).containsExactly(6, 6, 6);
    }

    @Test
    void aMemberThatDoesNotSpeakYetLeavesTheForecastToTheOthers() {
        Combination combination =
                judged(ORIGINS, new FixedRate("nine", 9), new FixedRate("late", 11, 220), new FixedRate("eleven", 11));
        assertThat(forecast(combination, 210)).containsExactly(10, 10, 10);
        assertThat(forecast(judged(ORIGINS, new FixedRate("late", 11, 220)), 210))
                .containsOnly(Double.NaN);
    }

    @Test
    void aHistoryOfAFewDaysHasFixedWeightsBeyondTheFirstHour() {
        LearningHistory tens = new LearningHistory(Rates.hourly(72, t -> 10), TrafficCalendar.UTC, 48);
        List<Member> members = List.of(new FixedRate("dayNaive", 10), new FixedRate("hourLevel", 8));
        double[] rates = new double[48];
        Combination.judgedAt(members, tens, new int[] {60, 50}, 48).forecast(72, rates);
        assertThat(rates[2]).isEqualTo(8); // 3 h, where the weights of 1-6 h hold exactly
        assertThat(rates[47]).isEqualTo(8);
        assertThat(rates[0]).isGreaterThan(8);
    }

    @Test
    void theTrimmedMeanIsThatOfTheMiddleHalfOfTheWeight() {
        assertThat(Combination.trimmedMean(new double[] {0, 10, 20, 100}, new double[] {1, 1, 1, 1}, 4))
                .isEqualTo(15);
        // three quarters of the weight lie at 10, the rest is trimmed
        assertThat(Combination.trimmedMean(new double[] {10, 90}, new double[] {3, 1}, 2))
                .isEqualTo(10);
        assertThat(Combination.trimmedMean(new double[] {10, 90, 999}, new double[] {1, 1, 9}, 2))
                .isEqualTo(50);
    }
}
