package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever the series is. */
@Execution(ExecutionMode.CONCURRENT)
class CombinedForecasterPropertiesTest {
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.05, 0.5, 0.95);

    private static final int WEEKS = 105;

    private final Forecaster forecaster = new CombinedForecaster();

    static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        return replayed != null ? LongStream.of(replayed) : LongStream.range(0, 20);
    }

    /** Days, weekends, noise and, by the seed, gaps of 30 %. */
    private static RateSeries series(Step step, int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double gaps = seed % 2 == 0 ? 0.3 : 0;
        return Rates.of(step, size, t -> {
            double shape = (2 + Math.sin(2 * Math.PI * t / step.perDay())) * (t / step.perDay() % 7 >= 5 ? 0.6 : 1);
            double rate = 10 * shape * (0.8 + 0.4 * random.nextDouble());
            return random.nextDouble() < gaps ? Double.NaN : rate;
        });
    }

    private Forecast forecast(RateSeries series, int steps, QuantileLevels levels) {
        return forecaster.forecast(new ForecastRequest(series, TrafficCalendar.UTC, steps, levels));
    }

    private static void assertClose(Forecast actual, double factor, Forecast expected, double tolerance) {
        for (int h = 0; h < expected.steps(); h++) {
            for (int i = 0; i < expected.levels().size(); i++) {
                double rate = factor * expected.rate(h, i);
                assertThat(Math.abs(actual.rate(h, i) - rate))
                        .as("step %s, level %s: %s", h, i, rate)
                        .isLessThanOrEqualTo(tolerance * rate);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aThousandTimesTheSeriesIsAThousandTimesTheForecast(long seed) {
        RateSeries series = series(Rates.HOUR, 200 + 47 * (int) seed, seed);
        RateSeries thousand = Rates.hourly(series.size(), t -> 1000 * series.rateAt(t));
        assertClose(forecast(thousand, 48, LEVELS), 1000, forecast(series, 48, LEVELS), 1e-6);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aWeekLaterTheForecastIsTheSame(long seed) {
        RateSeries series = series(Rates.HOUR, 200 + 47 * (int) seed, seed);
        // which rows and origins are taken is counted since the epoch: 105 weeks are a multiple of each stride
        RateSeries later =
                RateSeries.of(series.start().plusSeconds(WEEKS * 7 * 86_400L), series.step(), series.rates());
        Forecast expected = forecast(series, 48, LEVELS);
        Forecast actual = forecast(later, 48, LEVELS);
        assertThat(actual.origin()).isEqualTo(expected.origin().plusSeconds(WEEKS * 7 * 86_400L));
        assertClose(actual, 1, expected, 0);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void quantilesAscendWithAnyLevels(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] levels = random.doubles(1 + random.nextInt(12), 0.001, 0.999).toArray();
        Arrays.sort(levels);
        Forecast forecast = forecast(series(Rates.HOUR, 2 + random.nextInt(900), seed), 48, QuantileLevels.of(levels));
        for (int h = 0; h < 48; h++) {
            double[] rates = forecast.rates(h);
            assertThat(rates).isSorted();
            assertThat(rates[0]).isNotNegative();
            assertThat(rates[rates.length - 1]).isFinite();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasForecastDoesNotChangeWithTheFuture(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RateSeries series = series(Rates.HOUR, 500, seed);
        int origin = 300 + random.nextInt(150);
        RateSeries known = series.slice(0, origin);
        FollowedSeries calm = forecaster.follow(known, TrafficCalendar.UTC, 48);
        FollowedSeries poisoned = forecaster.follow(known, TrafficCalendar.UTC, 48);
        Forecast before = calm.forecast(LEVELS);
        double[] peaks = before.peak(Duration.ZERO, Duration.ofHours(48));
        Forecast issued = poisoned.forecast(LEVELS);
        for (int t = origin; t < 500; t++) {
            poisoned.append(random.nextBoolean() ? Double.NaN : 1e12);
        }
        assertClose(issued, 1, before, 0);
        assertThat(issued.peak(Duration.ZERO, Duration.ofHours(48))).containsExactly(peaks);
    }

    static Stream<String> kinds() {
        return Stream.of("constant", "zero", "spike", "huge", "tiny", "gaps", "newest unknown", "rare");
    }

    private static double rate(String kind, int t, SplittableRandom random) {
        return switch (kind) {
            case "constant" -> 7;
            case "zero" -> 0;
            case "spike" -> t == 0 ? 1000 : 0;
            case "huge" -> 1e9 * (1 + Math.sin(t / 20.0)) + random.nextInt(1000);
            case "tiny" -> 1e-6 * (1 + random.nextDouble());
            case "gaps" -> t > 0 && random.nextDouble() < 0.9 ? Double.NaN : 5 + random.nextDouble();
            case "newest unknown" -> t > 0 && t % 100 > 50 ? Double.NaN : 5 + random.nextDouble();
            case "rare" -> t == 0 || random.nextInt(40) == 0 ? 1 : 0;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void everyLengthStepAndHorizonIsForecast(String kind) {
        for (int seconds : new int[] {60, 600, 3600}) {
            Step step = new Step(seconds);
            int perDay = step.perDay();
            for (int size : new int[] {1, perDay / 24, perDay / 4, perDay, 2 * perDay, 8 * perDay, 14 * perDay}) {
                int horizon = size % 3 == 0 ? 288 : 2000;
                SplittableRandom random = new SplittableRandom(size);
                RateSeries series = Rates.of(step, size, t -> rate(kind, t, random));
                for (int steps : size > 2 * perDay ? new int[] {horizon} : new int[] {1, 2, 2000}) {
                    Forecast forecast = forecast(series, steps, LEVELS);
                    assertThat(forecast.steps()).isEqualTo(steps); // Forecast itself refuses what is not finite
                    assertThat(forecast.provenance().members().stream()
                                    .mapToDouble(Forecast.MemberWeight::weight)
                                    .sum())
                            .isCloseTo(1, within(1e-9));
                    assertSaysWhatWasUsed(forecast, size / perDay);
                }
            }
        }
    }

    private static void assertSaysWhatWasUsed(Forecast forecast, int wholeDays) {
        Forecast.Provenance provenance = forecast.provenance();
        if (provenance.members().getFirst().name().equals(IntermittentSeries.NAME)) {
            assertThat(provenance.seasons()).isEmpty();
            assertThat(provenance.warnings().getFirst()).contains("count model");
            return;
        }
        assertThat(provenance.seasons().contains(Duration.ofDays(1))).isEqualTo(wholeDays >= 1);
        assertThat(provenance.seasons().contains(Duration.ofDays(7))).isEqualTo(wholeDays >= 7);
        assertThat(provenance.warnings().stream()
                        .anyMatch(warning -> warning.startsWith("The history is shorter than")))
                .isEqualTo(wholeDays < 7);
    }

    @ParameterizedTest
    @CsvSource({"7, 1e-9", "1e9, 1e-9", "1e-6, 1e-9"})
    void aConstantIsContinued(double rate, double tolerance) {
        Forecast forecast = forecast(Rates.hourly(15 * 24, t -> rate), 48, LEVELS);
        for (int h = 0; h < 48; h++) {
            assertThat(forecast.rate(h, 1)).isCloseTo(rate, within(tolerance * rate));
        }
    }
}
