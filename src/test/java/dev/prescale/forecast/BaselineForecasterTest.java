package dev.prescale.forecast;

import static dev.prescale.testing.Rates.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineForecasterTest {
    private static final int DAY = 24;
    private static final int WEEK = 168;

    static List<String> names() {
        return BaselineForecaster.names();
    }

    static Stream<Long> seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 25).boxed() : Stream.of(only);
    }

    private static double[] forecast(String name, RateSeries series, int steps) {
        return BaselineForecaster.named(name).forecast(series, TrafficCalendar.UTC, steps);
    }

    private static RateSeries noisy(long seed, int hours, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        return hourly(
                hours,
                t -> random.nextInt(15) == 0
                        ? Double.NaN
                        : scale * (2 + Math.sin(2 * Math.PI * t / DAY)) * Math.exp(0.2 * random.nextGaussian()));
    }

    @Test
    void anUnknownNameIsRefusedWithAllThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaselineForecaster.named("prophet"))
                .withMessage(
                        "baseline must be one of [lastValue, dayNaive, weekNaive, fourWeekMean, holtWinters, seasonalTrend], was prophet");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aDayThatRepeatsIsRepeatedByAllButTheLastValue(String name) {
        double[] rates = forecast(name, hourly(4 * WEEK, t -> 10 + t % DAY), 2 * DAY);
        assertThat(BaselineForecaster.named(name).name()).isEqualTo(name);
        for (int h = 0; h < rates.length; h++) {
            double expected = name.equals(LastValue.NAME) ? 33 : 10 + h % DAY;
            assertThat(rates[h]).isCloseTo(expected, within(1e-9));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void whereAMethodIsSilentTheNewestRateStands(String name) {
        assertThat(forecast(name, hourly(3, t -> t == 2 ? Double.NaN : 5 + t), 4))
                .containsOnly(6);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void rateAndForecastHaveTheSameUnit(String name) {
        for (long seed = 0; seed < 20; seed++) {
            double[] one = forecast(name, noisy(seed, 3 * WEEK, 1), 2 * DAY);
            double[] large = forecast(name, noisy(seed, 3 * WEEK, 1 << 20), 2 * DAY);
            for (int h = 0; h < one.length; h++) {
                assertThat(large[h] / (1 << 20)).as("seed %s", seed).isEqualTo(one[h]); // a power of two rounds alike
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void ratesAreFiniteAndNotNegativeWhateverTheHistory(String name) {
        SplittableRandom random = new SplittableRandom(17);
        List<RateSeries> odd = List.of(
                hourly(3 * WEEK, t -> t % 50 == 0 ? 1e9 : 1e-6),
                hourly(3 * WEEK, t -> t == 300 ? 1e9 : 0),
                hourly(3 * WEEK, t -> t % 7 < 5 ? Double.NaN : random.nextInt(9)),
                hourly(3 * WEEK, t -> t > 100 && t < 400 ? Double.NaN : random.nextInt(9)),
                RateSeries.of(Rates.START, Rates.HOUR, 3));
        for (RateSeries series : odd) {
            assertThat(forecast(name, series, 2 * DAY))
                    .satisfies(rates -> assertThat(Arrays.stream(rates))
                            .allMatch(rate -> rate >= 0 && rate < Double.POSITIVE_INFINITY));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anOriginInThePastKnowsNothingOfWhatCameAfter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RateSeries series = noisy(seed, 4 * WEEK, 10);
        int origin = 3 * DAY + random.nextInt(4 * WEEK - 3 * DAY);
        assertSame(series, Rates.changedFrom(series, origin, t -> Double.NaN), origin);
        assertSame(series, Rates.changedFrom(series, origin, t -> 1e6), origin);
    }

    private static void assertSame(RateSeries series, RateSeries poisoned, int origin) {
        LearningHistory known = new LearningHistory(series, TrafficCalendar.UTC, 48);
        LearningHistory unknown = new LearningHistory(poisoned, TrafficCalendar.UTC, 48);
        assertThat(ahead(new HoltWinters(known), origin)).containsExactly(ahead(new HoltWinters(unknown), origin));
        assertThat(ahead(new SeasonalTrend(known), origin)).containsExactly(ahead(new SeasonalTrend(unknown), origin));
    }

    private static double[] ahead(Member member, int origin) {
        double[] rates = new double[48];
        member.forecast(origin, IntStream.rangeClosed(1, rates.length).toArray(), rates);
        return rates;
    }
}
