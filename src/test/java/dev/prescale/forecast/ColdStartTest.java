package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColdStartTest {
    private static final double[] JUDGED = {0.5, 0.3, 0.2};

    private static LearningHistory hours(int hours, int firstKnown) {
        return new LearningHistory(Rates.hourly(hours, t -> t < firstKnown ? Double.NaN : 5), TrafficCalendar.UTC, 1);
    }

    @Test
    void lastsForEightDaysFromTheFirstSample() {
        assertThat(ColdStart.isIn(hours(8 * 24 - 1, 0))).isTrue();
        assertThat(ColdStart.isIn(hours(8 * 24, 0))).isFalse();
        assertThat(ColdStart.isIn(hours(8 * 24, 1))).isTrue();
    }

    @Test
    void weightsBeyondAnHourAreSharedAmongTheFixedMembersThatSpeak() {
        List<Member> members =
                List.of(new FixedRate("lastValue", 1), new FixedRate("hourLevel", 1), new FixedRate("levelShape", 1));
        assertThat(ColdStart.weights(members, 0, JUDGED)).isEqualTo(JUDGED);
        assertThat(ColdStart.weights(members, 1, JUDGED))
                .containsExactly(new double[] {0, 2. / 3, 1. / 3}, within(1e-12));
        assertThat(ColdStart.weights(members, 3, JUDGED))
                .containsExactly(new double[] {0, 2. / 3, 1. / 3}, within(1e-12));
    }

    @Test
    void whereNoFixedMemberSpeaksTheJudgedWeightsStay() {
        List<Member> members = List.of(new FixedRate("lastValue", 1));
        assertThat(ColdStart.weights(members, 2, new double[] {1})).containsExactly(1);
    }

    @Test
    void twoDaysWidenTheSpreadByAThirdAndBelieveTwoFifthsOfTheMedian() {
        double[] quantiles = {-1, 1, 4};
        ColdStart.widen(hours(48, 0), quantiles, 1);
        // 0.4 x 1 + (q - 1) x (1 + 0.7 / 2)
        assertThat(quantiles).containsExactly(new double[] {-2.3, 0.4, 4.45}, within(1e-12));
    }
}
