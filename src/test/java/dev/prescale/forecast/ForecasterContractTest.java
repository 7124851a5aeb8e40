package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of a forecast whatever the history is. */
@Execution(ExecutionMode.CONCURRENT)
class ForecasterContractTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Step HOUR = new Step(3600);
    private static final Step TEN_MINUTES = new Step(600);
    private static final QuantileLevels UNORDERED = QuantileLevels.of(0.95, 0.1, 0.5, 0.99, 0.01);

    private final Forecaster forecaster = new CombinedForecaster();

    record History(String name, RateSeries series, int horizonSteps) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<History> histories() {
        return Stream.of(
                new History("one sample", RateSeries.of(START, TEN_MINUTES, 5), 288),
                new History("two samples", RateSeries.of(START, TEN_MINUTES, 5, 7), 288),
                new History("one hour", noisy(TEN_MINUTES, 6, 1), 288),
                new History("one day", noisy(TEN_MINUTES, 144, 2), 288),
                new History("six days", noisy(TEN_MINUTES, 6 * 144, 3), 288),
                new History("eight days", noisy(TEN_MINUTES, 8 * 144, 4), 288),
                new History("five weeks", noisy(TEN_MINUTES, 35 * 144, 5), 288),
                new History("five weeks, one step", noisy(TEN_MINUTES, 35 * 144, 5), 1),
                new History("five weeks, the longest horizon", noisy(TEN_MINUTES, 35 * 144, 6), 2000),
                new History("hours, the longest horizon", noisy(HOUR, 35 * 24, 7), 2000),
                new History("a day of hours, the longest horizon", noisy(HOUR, 24, 7), 2000),
                new History("all zeros", RateSeries.of(START, HOUR, new double[240]), 48),
                new History("constant", RateSeries.of(START, HOUR, filled(240, 3)), 48),
                new History("a single spike", spike(), 48),
                new History("1e9 req/s", scaled(noisy(HOUR, 500, 8), 1e9), 48),
                new History("1e-6 req/s", scaled(noisy(HOUR, 500, 9), 1e-6), 48),
                new History("mostly gaps", withGaps(noisy(HOUR, 500, 10), 0.9, 11), 48),
                new History("only the first is known", gapsFrom(noisy(HOUR, 500, 12), 1), 48),
                new History("a leading gap", leadingGap(noisy(HOUR, 500, 13), 300), 48),
                new History("a trailing gap", gapsFrom(noisy(HOUR, 500, 14), 450), 48),
                new History("ten seconds, 100,000 values", noisy(new Step(10), 100_000, 15), 2000));
    }

    private static RateSeries noisy(Step step, int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = new double[size];
        Arrays.setAll(rates, t -> (2 + Math.sin(2 * Math.PI * t / step.perDay())) * (0.5 + random.nextDouble()));
        return RateSeries.of(START, step, rates);
    }

    private static double[] filled(int size, double rate) {
        double[] rates = new double[size];
        Arrays.fill(rates, rate);
        return rates;
    }

    private static RateSeries spike() {
        double[] rates = new double[240];
        rates[120] = 1000;
        return RateSeries.of(START, HOUR, rates);
    }

    private static RateSeries scaled(RateSeries series, double factor) {
        double[] rates = series.rates();
        Arrays.setAll(rates, t -> factor * rates[t]);
        return RateSeries.of(series.start(), series.step(), rates);
    }

    private static RateSeries withGaps(RateSeries series, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = series.rates();
        Arrays.setAll(rates, t -> random.nextDouble() < share ? Double.NaN : rates[t]);
        return RateSeries.of(series.start(), series.step(), rates);
    }

    private static RateSeries gapsFrom(RateSeries series, int first) {
        double[] rates = series.rates();
        Arrays.fill(rates, first, rates.length, Double.NaN);
        return RateSeries.of(series.start(), series.step(), rates);
    }

    private static RateSeries leadingGap(RateSeries series, int to) {
        double[] rates = series.rates();
        Arrays.fill(rates, 0, to, Double.NaN);
        return RateSeries.of(series.start(), series.step(), rates);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void everyHistoryGivesFiniteOrderedBoundedRates(History history) {
        Forecast forecast = forecaster.forecast(
                new ForecastRequest(history.series(), TrafficCalendar.UTC, history.horizonSteps(), UNORDERED));

        double seen = Arrays.stream(history.series().rates())
                .filter(rate -> !Double.isNaN(rate))
                .max()
                .orElseThrow();
        assertThat(forecast.steps()).isEqualTo(history.horizonSteps());
        assertThat(forecast.origin()).isEqualTo(history.series().end());
        for (int k = 0; k < forecast.steps(); k++) {
            double[] rates = forecast.rates(k);
            // levels .01 < .1 < .5 < .95 < .99 stand at positions 4, 1, 2, 0, 3
            assertThat(new double[] {0, rates[4], rates[1], rates[2], rates[0], rates[3], 3 * seen})
                    .as("step %s", k)
                    .isSorted();
        }
        Duration all = Duration.between(forecast.origin(), forecast.end());
        double[] peaks = forecast.peak(Duration.ZERO, all);
        assertThat(new double[] {0, peaks[4], peaks[1], peaks[2], peaks[0], peaks[3], 3 * seen})
                .isSorted();
        double weights = forecast.provenance().members().stream()
                .mapToDouble(Forecast.MemberWeight::weight)
                .sum();
        assertThat(weights).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void theSameRequestGivesTheSameBits(History history) {
        ForecastRequest request =
                new ForecastRequest(history.series(), TrafficCalendar.UTC, history.horizonSteps(), UNORDERED);
        Forecast first = forecaster.forecast(request);
        Forecast second = new CombinedForecaster().forecast(request);
        for (int k = 0; k < first.steps(); k++) {
            assertThat(first.rates(k)).containsExactly(second.rates(k));
        }
        assertThat(first.provenance()).isEqualTo(second.provenance());
    }

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 40) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyHistoryWithGapsHolidaysAndAZoneIsForecast(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Step step = new Step(new int[] {600, 1800, 3600}[random.nextInt(3)]);
        double[] rates = new double[1 + random.nextInt(20 * step.perDay())];
        double scale = Math.pow(10, random.nextInt(-6, 7));
        double gaps = random.nextDouble() * random.nextDouble();
        Arrays.setAll(rates, t -> random.nextDouble() < gaps ? Double.NaN : scale * random.nextInt(0, 20));
        rates[random.nextInt(rates.length)] = scale;
        ZoneId zone =
                ZoneId.of(new String[] {"UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"}[random.nextInt(4)]);
        Instant start = Instant.parse("2024-03-20T00:00:00Z").plusSeconds(600L * random.nextInt(1000));
        TrafficCalendar calendar = new TrafficCalendar(
                zone,
                java.util.Set.of(java.time.LocalDate.parse("2024-03-29"), java.time.LocalDate.parse("2024-04-01")),
                java.util.List.of(new TrafficCalendar.Event("launch", start, start.plusSeconds(7200), 3)));
        RateSeries series = RateSeries.of(start, step, rates);

        Forecast forecast =
                forecaster.forecast(new ForecastRequest(series, calendar, 1 + random.nextInt(300), UNORDERED));

        assertThat(forecast.rate(0, 0)).isFinite(); // Forecast itself refuses rates that cross or are not finite
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void scalingTheSeriesScalesTheForecast(long seed) {
        RateSeries series = withGaps(noisy(HOUR, 300 + (int) seed * 10, seed), 0.05, seed);
        double factor = Math.pow(10, (int) (seed % 13) - 6);
        Forecast plain = forecaster.forecast(new ForecastRequest(series, TrafficCalendar.UTC, 48, UNORDERED));
        Forecast scaled =
                forecaster.forecast(new ForecastRequest(scaled(series, factor), TrafficCalendar.UTC, 48, UNORDERED));
        for (int k = 0; k < 48; k++) {
            for (int i = 0; i < UNORDERED.size(); i++) {
                // every constant of the method is a share; only rounding differs
                assertThat(scaled.rate(k, i) / factor)
                        .isCloseTo(plain.rate(k, i), org.assertj.core.api.Assertions.within(1e-6));
            }
        }
    }
}
