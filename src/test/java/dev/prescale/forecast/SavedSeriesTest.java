package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.series.TrafficCalendar.Event;
import dev.prescale.series.TrafficCalendar.Pattern;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A series that is written, read and goes on, beside one that was never interrupted: the same to the last bit. */
class SavedSeriesTest {
    private static final Instant START = Instant.parse("2024-03-04T00:00:00Z");
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.1, 0.5, 0.95);
    private static final TrafficCalendar BERLIN = new TrafficCalendar(
            ZoneId.of("Europe/Berlin"),
            Set.of(LocalDate.of(2024, 3, 19), LocalDate.of(2024, 3, 29), LocalDate.of(2024, 4, 1)),
            List.of(
                    new Event("sale", START.plusSeconds(15 * 86_400), START.plusSeconds(15 * 86_400 + 7_200), 3),
                    new Event(
                            "rerun",
                            START.plusSeconds(29 * 86_400),
                            START.plusSeconds(30 * 86_400),
                            new Pattern(LocalDate.of(2024, 3, 14)))));

    private final Forecaster forecaster = new CombinedForecaster();

    @ParameterizedTest(name = "{0} steps of {1} s, then {2} more, zone {3}")
    @CsvSource({
        "4032, 600, 300, UTC",
        "4032, 600, 300, BERLIN",
        "3500, 600, 700, BERLIN",
        "1, 600, 200, UTC",
        "6, 600, 150, BERLIN",
        "144, 600, 30, UTC",
        "300, 600, 500, UTC",
        "1300, 600, 200, UTC",
        "672, 3600, 60, BERLIN",
    })
    void goesOnAsIfNeverInterrupted(int size, int stepSeconds, int more, String zone) throws IOException {
        TrafficCalendar calendar = zone.equals("UTC") ? TrafficCalendar.UTC : BERLIN;
        Step step = new Step(stepSeconds);
        goesOn(rates(size + more, step.perDay(), size + more), size, step, calendar);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 700, 3_000})
    void aSeriesOfFewRequestsGoesOnLikewise(int size) throws IOException {
        SplittableRandom random = new SplittableRandom(size);
        double[] rates = new double[size + 200];
        for (int t = 0; t < rates.length; t++) {
            double draw = random.nextDouble();
            rates[t] = draw < 0.05 ? Double.NaN : draw < 0.3 ? (1 + random.nextInt(4)) / 600.0 : 0;
        }
        rates[0] = 0;
        FollowedSeries series = goesOn(rates, size, new Step(600), BERLIN);
        assertThat(series).isInstanceOf(IntermittentSeries.class);
    }

    private FollowedSeries goesOn(double[] rates, int size, Step step, TrafficCalendar calendar) throws IOException {
        int more = rates.length - size;
        RateSeries history = RateSeries.of(START, step, rates).slice(0, size);
        FollowedSeries original = forecaster.follow(history, calendar, 2 * step.perDay());
        // grown beyond what it was begun with, half of the time before it is saved
        for (int t = size; t < size + more / 2; t++) {
            original.append(rates[t]);
        }

        FollowedSeries restored = readBack(original, calendar);

        assertThat(restored.size()).isEqualTo(size + more / 2);
        assertThat(restored.end()).isEqualTo(original.end());
        assertSame(original, restored);
        for (int t = size + more / 2; t < size + more; t++) {
            original.append(rates[t]);
            restored.append(rates[t]);
            if (t % 37 == 0) {
                assertSame(original, restored);
            }
        }
        assertSame(original, restored);
        assertThat(bytesOf(restored)).isEqualTo(bytesOf(original));
        return restored;
    }

    @Test
    void aForecastStaysWhatItWasWhenTheSeriesGrows() {
        double[] rates = rates(60, 144, 1);
        RateSeries history = RateSeries.of(START, new Step(600), rates).slice(0, 10);
        FollowedSeries series = forecaster.follow(history, TrafficCalendar.UTC, 288);
        Forecast forecast = series.forecast(LEVELS);
        double[] before = forecast.peak(Duration.ZERO, Duration.ofHours(6));
        for (int t = 10; t < 60; t++) {
            series.append(rates[t]);
        }
        assertThat(forecast.peak(Duration.ZERO, Duration.ofHours(6))).containsExactly(before);
    }

    @Test
    void fourWeeksTakeLessThanHalfAMegabyte() throws IOException {
        RateSeries history = RateSeries.of(START, new Step(600), rates(4_032, 144, 1));
        assertThat(bytesOf(forecaster.follow(history, TrafficCalendar.UTC, 288)))
                .hasSizeLessThan(500_000);
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        RateSeries history = RateSeries.of(START, new Step(600), rates(500, 144, 1));
        byte[] bytes = bytesOf(forecaster.follow(history, TrafficCalendar.UTC, 288));
        bytes[3]++;
        assertThatThrownBy(() -> read(bytes, TrafficCalendar.UTC))
                .isInstanceOf(IOException.class)
                .hasMessage("its format 2 is not known");
    }

    @Test
    void bytesCutShortAreRefused() throws IOException {
        RateSeries history = RateSeries.of(START, new Step(3_600), rates(30, 24, 1));
        byte[] bytes = bytesOf(forecaster.follow(history, TrafficCalendar.UTC, 4));
        for (int length = 0; length < bytes.length; length += 97) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut, TrafficCalendar.UTC)).isInstanceOf(IOException.class);
        }
    }

    private FollowedSeries readBack(FollowedSeries series, TrafficCalendar calendar) throws IOException {
        return read(bytesOf(series), calendar);
    }

    private FollowedSeries read(byte[] bytes, TrafficCalendar calendar) throws IOException {
        return forecaster.read(new DataInputStream(new ByteArrayInputStream(bytes)), calendar);
    }

    private static byte[] bytesOf(FollowedSeries series) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        series.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void assertSame(FollowedSeries expected, FollowedSeries actual) {
        Forecast a = expected.forecast(LEVELS);
        Forecast b = actual.forecast(LEVELS);
        assertThat(b.origin()).isEqualTo(a.origin());
        for (int k = 0; k < a.steps(); k++) {
            assertThat(b.rates(k)).as("step %d", k).containsExactly(a.rates(k));
        }
        Duration day = Duration.ofSeconds((long) a.steps() * a.step().seconds());
        assertThat(b.peak(Duration.ZERO, day)).containsExactly(a.peak(Duration.ZERO, day));
        assertThat(b.provenance()).isEqualTo(a.provenance());
    }

    /** A daily wave with noise, gaps, an outage, a spike that comes back, and a level that moves for good. */
    private static double[] rates(int size, int perDay, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = new double[size];
        for (int t = 0; t < size; t++) {
            double wave = 30 + 20 * Math.sin(2 * Math.PI * t / perDay);
            double level = t > 0.7 * size ? 1.8 : 1;
            double spike = t % perDay == perDay / 3 ? 4 : 1;
            boolean out = t / perDay == 5 && t % perDay < perDay / 6;
            rates[t] = random.nextDouble() < 0.03 && t > 0
                    ? Double.NaN
                    : out ? 0 : wave * level * spike * (0.8 + 0.4 * random.nextDouble());
        }
        return rates;
    }
}
