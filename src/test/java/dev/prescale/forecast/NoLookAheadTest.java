package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A forecast from a past origin does not change with what came after it. */
class NoLookAheadTest {
    private static final int SIZE = 16 * 144;

    static Stream<Long> seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 25).boxed() : Stream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyMemberForecastsTheSameWhenTheFutureIsReversed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // whole numbers: their sum, hence the offset of the logarithm, does not depend on their order
        double[] rates = new double[SIZE];
        for (int t = 0; t < SIZE; t++) {
            rates[t] = random.nextInt(20) == 0 ? Double.NaN : random.nextInt(100);
        }
        int origin = 200 + random.nextInt(SIZE - 200);
        RateSeries series = RateSeries.of(Rates.START, Rates.TEN_MINUTES, rates);
        RateSeries poisoned = Rates.changedFrom(series, origin, t -> rates[SIZE - 1 - (t - origin)]);

        List<Member> members = members(series);
        List<Member> unknowing = members(poisoned);
        for (int i = 0; i < members.size(); i++) {
            assertThat(members.get(i).speaksAt(origin))
                    .as(members.get(i).name())
                    .isEqualTo(unknowing.get(i).speaksAt(origin));
            if (members.get(i).speaksAt(origin)) {
                assertThat(forecast(members.get(i), origin))
                        .as(members.get(i).name())
                        .containsExactly(forecast(unknowing.get(i), origin));
            }
        }
    }

    private static List<Member> members(RateSeries series) {
        LearningHistory history = new LearningHistory(series, TrafficCalendar.in(ZoneId.of("Europe/Berlin")), 400);
        SeasonalStates states = SeasonalStates.of(history);
        ForecastFeatures features = new ForecastFeatures(
                history, states, new SeasonalRegression(history, states, HorizonGrid.upTo(300, history.step())));
        return List.of(
                new LastValue(history),
                SeasonalNaive.ofDay(history),
                SeasonalNaive.ofWeek(history),
                new FourWeekMean(history),
                new LevelShape(history),
                new LevelProfile(history),
                new AnalogueDays(history, states),
                new DecayingLevel(DecayingLevel.QUICK, features, 0, 1.5),
                new DecayingLevel(DecayingLevel.DAY, features, 3, 108));
    }

    private static double[] forecast(Member member, int origin) {
        return Horizons.forecast(member, origin, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theFeaturesOfALeadTimeDemandDoNotEither(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RateSeries series = Rates.of(Rates.TEN_MINUTES, SIZE, t -> random.nextInt(100));
        int origin = 200 + random.nextInt(SIZE - 200);
        RateSeries poisoned = Rates.changedFrom(series, origin, t -> Double.NaN);

        assertThat(features(series, origin)).containsExactly(features(poisoned, origin));
    }

    private static double[] features(RateSeries series, int origin) {
        LearningHistory history = new LearningHistory(series, TrafficCalendar.UTC, 1);
        double[] row = new double[PeakFeatures.COUNT];
        new PeakFeatures(history, java.time.Duration.ofMinutes(30), 0.01).fill(origin, row);
        return row;
    }
}
