package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuedForecastsTest {
    private static final int DAY = 144;
    private static final HorizonGrid GRID = HorizonGrid.upTo(288, Rates.TEN_MINUTES);

    /** All rates are the number of the step; issued is always 1000, by the naives 1, 2 and 3. */
    private record Followed(
            LearningHistory history, IssuedForecasts issued, Combination combination, List<Integer> origins) {
        static Followed of(RateSeries series, int expectedSteps) {
            LearningHistory history =
                    LearningHistory.growing(series, TrafficCalendar.UTC, Math.max(series.size(), 1), 288);
            Combination combination = new Combination(
                    List.of(new FixedRate("a", 1), new FixedRate("b", 2), new FixedRate("c", 3)),
                    new HorizonBuckets(series.step()));
            Followed followed = new Followed(
                    history,
                    new IssuedForecasts(history, GRID, new int[] {0, 1, 2}, expectedSteps),
                    combination,
                    new ArrayList<>());
            for (int t = 0; t < series.size(); t++) {
                followed.append(series.rateAt(t));
            }
            return followed;
        }

        void append(double rate) {
            history.append(rate);
            issued.settleNewest(combination);
            int origin = history.size();
            double days = issued.daysIssuedFor(origin);
            if (days > 0) {
                double[] combined = new double[GRID.size()];
                Arrays.fill(combined, 1000);
                double[][] byMember = new double[3][GRID.size()];
                for (int i = 0; i < 3; i++) {
                    Arrays.fill(byMember[i], i + 1);
                }
                issued.add(origin, days, combined, byMember);
                origins.add(origin);
            }
        }
    }

    private static RateSeries numbered(int size) {
        return Rates.of(Rates.TEN_MINUTES, size, t -> t);
    }

    private static long inDay(Followed followed, int day) {
        return followed.origins().stream()
                .filter(origin -> origin > day * DAY && origin <= (day + 1) * DAY)
                .count();
    }

    @Test
    void issuesAreManyWhileTheHistoryIsYoungAndSoonEveryHourAndAHalf() {
        Followed followed = Followed.of(numbered(12 * DAY), 0);
        // every step for six hours, then strides of 5, 5 and 11 steps
        assertThat(inDay(followed, 0)).isBetween(57L, 58L);
        assertThat(inDay(followed, 4)).isBetween(28L, 29L);
        assertThat(inDay(followed, 9)).isBetween(13L, 14L);
    }

    @Test
    void theDaysOfTheIssuesAddUpToTheDaysThatPassed() {
        Followed followed = Followed.of(numbered(12 * DAY), 0);
        double days = followed.issued().kept().stream().mapToDouble(Issue::days).sum();
        assertThat(days).isBetween(11.8, 12.2);
    }

    @Test
    void everySlotOfTheDayComesUp() {
        Followed followed = Followed.of(numbered(25 * DAY), 0);
        assertThat(followed.origins().stream()
                        .filter(origin -> origin > 8 * DAY)
                        .map(origin -> origin % DAY)
                        .distinct())
                .hasSize(DAY);
    }

    @Test
    void originsFollowTheGridSinceTheEpoch() {
        RateSeries whole = numbered(30 * DAY);
        RateSeries later = whole.slice(777, 30 * DAY);
        List<Integer> ofLater = Followed.of(later, 0).origins().stream()
                .map(origin -> origin + 777)
                .filter(origin -> origin > 777 + 8 * DAY)
                .toList();
        List<Integer> ofWhole = Followed.of(whole, 0).origins().stream()
                .filter(origin -> origin > 777 + 8 * DAY)
                .toList();
        assertThat(ofLater).isEqualTo(ofWhole).hasSizeGreaterThan(100);
    }

    @Test
    void nothingIsIssuedBeforeTheFirstSampleNorWhatWouldBeForgottenByThen() {
        RateSeries late = Rates.of(Rates.TEN_MINUTES, 3 * DAY, t -> t < DAY ? Double.NaN : 1);
        assertThat(Followed.of(late, 0).origins().getFirst()).isGreaterThan(DAY);
        assertThat(Followed.of(numbered(30 * DAY), 30 * DAY).origins().getFirst())
                .isBetween(13 * DAY, 13 * DAY + 13);
    }

    @Test
    void anIssueIsSettledWhenItsStepsArrive() {
        Followed followed = Followed.of(numbered(10), 0);
        Issue issue = followed.issued().kept().getFirst();
        int origin = issue.origin();
        // 9 is the newest step; the h-th step after the origin has the rate origin + h - 1
        for (int g = 0; g < GRID.size(); g++) {
            int target = origin + GRID.horizon(g) - 1;
            double rate = target <= 9 ? target : Double.NaN;
            // boxed: NaN is to equal NaN
            assertThat(issue.error(g)).isEqualTo(Double.valueOf(rate - 1000));
            assertThat(issue.naiveError(2, g)).isEqualTo(Double.valueOf(rate - 3));
        }
    }

    @Test
    void aGapSettlesNothing() {
        Followed followed = Followed.of(numbered(10), 0);
        while (followed.origins().getLast() < followed.history().size()) {
            followed.append(5);
        }
        Issue issue = followed.issued().kept().getLast();
        int origin = issue.origin();
        while (followed.history().size() < origin + 3) {
            followed.append(followed.history().size() == origin + 1 ? Double.NaN : 5);
        }
        assertThat(issue.error(1)).isNaN();
        assertThat(issue.error(2)).isEqualTo(5 - 1000.0);
    }

    @Test
    void whatWasIssuedIsForgottenAfterSixteenDays() {
        Followed followed = Followed.of(numbered(40 * DAY), 0);
        int oldest = followed.issued().kept().getFirst().origin();
        assertThat(40 * DAY - 1 - oldest).isBetween(16 * DAY - 13, 16 * DAY);
        // all of it is settled but for the last two days
        for (Issue issue : followed.issued().kept()) {
            boolean over = issue.origin() + 287 < 40 * DAY;
            assertThat(Double.isNaN(issue.error(GRID.size() - 1))).isEqualTo(!over);
        }
    }
}
