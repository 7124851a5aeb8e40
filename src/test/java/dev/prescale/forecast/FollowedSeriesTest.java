package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.series.TrafficCalendar.Event;
import dev.prescale.testing.Rates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FollowedSeriesTest {
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.05, 0.5, 0.95);
    private static final int DAY = 48;
    private static final Step HALF_HOUR = new Step(1800);
    private static final Instant BEFORE_SUMMER_TIME = Instant.parse("2024-03-11T00:00:00Z");

    private final Forecaster forecaster = new CombinedForecaster();

    record Case(String name, double[] rates, TrafficCalendar calendar) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("plain", noisy(1, 0, 0), TrafficCalendar.UTC),
                new Case("gaps", noisy(2, 0.3, 0), TrafficCalendar.UTC),
                new Case("zeros", noisy(3, 0, 0.5), TrafficCalendar.UTC),
                new Case("summer time", noisy(4, 0.05, 0.05), TrafficCalendar.in(ZoneId.of("Europe/Berlin"))),
                new Case(
                        "holidays and an event",
                        noisy(5, 0.05, 0),
                        new TrafficCalendar(
                                ZoneId.of("Europe/Berlin"),
                                Set.of(LocalDate.parse("2024-03-29"), LocalDate.parse("2024-04-01")),
                                List.of(new Event(
                                        "launch",
                                        Instant.parse("2024-03-27T10:00:00Z"),
                                        Instant.parse("2024-03-27T14:00:00Z"),
                                        3)))));
    }

    private static double[] noisy(long seed, double gaps, double zeros) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = new double[24 * DAY];
        Arrays.setAll(rates, t -> {
            double rate = (20 + 10 * Math.sin(2 * Math.PI * t / DAY)) * (0.8 + 0.4 * random.nextDouble());
            double u = random.nextDouble();
            return u < gaps ? Double.NaN : u < gaps + zeros ? 0 : rate;
        });
        return rates;
    }

    private static RateSeries first(double[] rates, int size) {
        return RateSeries.of(BEFORE_SUMMER_TIME, HALF_HOUR, Arrays.copyOf(rates, size));
    }

    private static void assertSame(Forecast actual, Forecast expected) {
        assertThat(actual.origin()).isEqualTo(expected.origin());
        for (int h = 0; h < expected.steps(); h++) {
            assertThat(actual.rates(h)).as("step %s", h).containsExactly(expected.rates(h));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void askingInBetweenChangesNothing(Case c) {
        FollowedSeries asked = forecaster.follow(first(c.rates(), 12 * DAY), c.calendar(), 96);
        FollowedSeries silent = forecaster.follow(first(c.rates(), 12 * DAY), c.calendar(), 96);
        for (int t = 12 * DAY; t < c.rates().length; t++) {
            asked.append(c.rates()[t]);
            silent.append(c.rates()[t]);
            if (t % 7 == 0) {
                asked.forecast(LEVELS);
            }
        }
        assertSame(asked.forecast(LEVELS), silent.forecast(LEVELS));
        assertThat(asked.size()).isEqualTo(c.rates().length);
        assertThat(asked.end()).isEqualTo(first(c.rates(), c.rates().length).end());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aSeriesFollowedStepByStepIsTheOneReadInOneGo(Case c) {
        // what is taken from the first history is the same of both: offset, holidays, and from where on issues are kept
        RateSeries whole = first(c.rates(), c.rates().length);
        ForecastModel inOneGo = ForecastModel.of(whole, c.calendar(), 96, SharedModel.NONE);
        ForecastModel stepByStep = ForecastModel.empty(whole, c.calendar(), 96, SharedModel.NONE);
        for (int t = 0; t < whole.size(); t++) {
            stepByStep.append(whole.rateAt(t));
            if (t > DAY && t % 11 == 0 && stepByStep.history().lastKnown(t) >= 0) {
                stepByStep.point();
            }
        }
        assertSame(
                new CombinedSeries(whole, c.calendar(), stepByStep).forecast(LEVELS),
                new CombinedSeries(whole, c.calendar(), inOneGo).forecast(LEVELS));
    }

    static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        return replayed != null ? LongStream.of(replayed) : LongStream.range(0, 6);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSeriesFollowedForTwoWeeksIsTheOneReadAnewWhereTheMeanIsTheSame(long seed) {
        // the same 28 days of rates in the last 28 days of both, in another order: so is the offset
        int days = 28;
        SplittableRandom random = new SplittableRandom(seed);
        double[] fortnight = new double[14 * DAY];
        Arrays.setAll(fortnight, t -> Math.rint((20 + 10 * Math.sin(t / 7.6)) * (1 + random.nextInt(5))));
        double[] rates = new double[(days + 14) * DAY];
        Arrays.setAll(rates, t -> fortnight[t % fortnight.length]);

        FollowedSeries followed = forecaster.follow(first(rates, days * DAY), TrafficCalendar.UTC, 96);
        for (int t = days * DAY; t < rates.length; t++) {
            followed.append(rates[t]);
        }
        Forecast updated = followed.forecast(LEVELS);
        Forecast rebuilt = forecaster
                .follow(first(rates, rates.length), TrafficCalendar.UTC, 96)
                .forecast(LEVELS);
        // the rebuilt one has not issued what would be forgotten by now, so that its members' errors are younger
        for (int h = 0; h < 96; h++) {
            for (int i = 0; i < LEVELS.size(); i++) {
                double rate = rebuilt.rate(h, i);
                assertThat(Math.abs(updated.rate(h, i) - rate)).isLessThan(0.02 * rate);
            }
        }
    }

    @Test
    void twoMonthsCanBeAppended() {
        FollowedSeries followed = forecaster.follow(constant(10 * 24), TrafficCalendar.UTC, 48);
        for (int t = 0; t < 60 * 24; t++) {
            followed.append(3);
        }
        assertThat(followed.forecast(LEVELS).rate(47, 1)).isEqualTo(3);
    }

    @Test
    void whatGrowsByMoreHasToBeFollowedAnew() {
        FollowedSeries followed = forecaster.follow(constant(10 * 24), TrafficCalendar.UTC, 48);
        // a day and a bit more than is said: the room that a model begins with
        assertThatThrownBy(() -> {
                    for (int t = 0; t < 62 * 24; t++) {
                        followed.append(3);
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("60 days");
    }

    private static RateSeries constant(int hours) {
        return Rates.hourly(hours, t -> 3);
    }
}
