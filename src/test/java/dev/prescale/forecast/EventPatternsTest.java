package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.series.TrafficCalendar.Event;
import dev.prescale.series.TrafficCalendar.Pattern;
import dev.prescale.testing.Rates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class EventPatternsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int DAY = 144;
    private static final int AHEAD = 3 * DAY;

    /** 28 days of ten minutes from Monday 2024-01-01T00:00Z, 01:00 in Berlin. */
    private static EventPatterns patterns(Event event, IntToDoubleFunction rate, double offset) {
        RateSeries series = Rates.of(Rates.TEN_MINUTES, 28 * DAY, rate);
        TrafficCalendar calendar = new TrafficCalendar(BERLIN, Set.of(), List.of(event));
        return EventPatterns.of(series.rates(), offset, LocalSlots.of(series, AHEAD, BERLIN), calendar);
    }

    private static Event sale(String from, String to, String pattern) {
        return new Event("sale", Instant.parse(from), Instant.parse(to), new Pattern(LocalDate.parse(pattern)));
    }

    /** Index of a time in Berlin. */
    private static int at(String local) {
        Instant instant = java.time.LocalDateTime.parse(local).atZone(BERLIN).toInstant();
        return (int) ((instant.getEpochSecond() - Rates.START.getEpochSecond()) / 600);
    }

    @Test
    void theEventDepartsFromTheUsualAsThePatternDayDid() {
        // Friday 12 January has three times the usual from 10:00 to 14:00, with c = 1: ln((30 + 1)/(10 + 1))
        int from = at("2024-01-12T10:00");
        int to = at("2024-01-12T14:00");
        EventPatterns patterns = patterns(
                sale("2024-01-29T08:00:00Z", "2024-01-29T15:00:00Z", "2024-01-12"),
                t -> t >= from && t < to ? 30 : 10,
                1);
        assertThat(patterns.logOffset(at("2024-01-29T12:00"))).isCloseTo(Math.log(31.0 / 11), within(1e-12));
        assertThat(patterns.logOffset(at("2024-01-29T15:30"))).isZero();
        assertThat(patterns.logOffset(at("2024-01-30T12:00"))).isZero();
        assertThat(patterns.warnings()).isEmpty();
    }

    @Test
    void aStepThatTheEventCoversInPartHasThatPartOfTheEffect() {
        int day = at("2024-01-12T00:00");
        EventPatterns patterns = patterns(
                sale("2024-01-29T08:04:00Z", "2024-01-29T10:00:00Z", "2024-01-12"),
                t -> t >= day && t < day + DAY ? 20 : 10,
                0.5);
        double ratio = 20.5 / 10.5;
        assertThat(patterns.logOffset(at("2024-01-29T09:00"))).isCloseTo(Math.log(1 + 0.6 * (ratio - 1)), within(1e-9));
        assertThat(patterns.logOffset(at("2024-01-29T09:10"))).isCloseTo(Math.log(ratio), within(1e-9));
    }

    @Test
    void anEventOfSeveralDaysRepeatsTheDay() {
        int from = at("2024-01-12T10:00");
        EventPatterns patterns = patterns(
                sale("2024-01-28T23:00:00Z", "2024-01-30T23:00:00Z", "2024-01-12"),
                t -> t >= from && t < from + 12 ? 30 : 10,
                1);
        for (String day : List.of("2024-01-29", "2024-01-30")) {
            assertThat(patterns.logOffset(at(day + "T11:00"))).isCloseTo(Math.log(31.0 / 11), within(1e-12));
            assertThat(patterns.logOffset(at(day + "T20:00"))).isZero();
        }
    }

    @Test
    void aDayOutsideOfTheHistoryHasNoEffectAndAWarning() {
        EventPatterns patterns =
                patterns(sale("2024-01-29T08:00:00Z", "2024-01-29T15:00:00Z", "2023-11-24"), t -> 10, 1);
        assertThat(patterns.logOffset(at("2024-01-29T12:00"))).isZero();
        assertThat(patterns.warnings())
                .containsExactly(
                        "The history does not hold 2023-11-24, the pattern of event sale, which has no effect.");
    }

    @Test
    void aDayOfMostlyGapsHasNoEffectEither() {
        int day = at("2024-01-12T00:00");
        EventPatterns patterns = patterns(
                sale("2024-01-29T08:00:00Z", "2024-01-29T15:00:00Z", "2024-01-12"),
                t -> t >= day && t < day + DAY * 3 / 4 ? Double.NaN : 10,
                1);
        assertThat(patterns.warnings()).hasSize(1);
    }

    @Test
    void aGapOfThePatternDayIsBridged() {
        int day = at("2024-01-12T00:00");
        EventPatterns patterns = patterns(
                sale("2024-01-29T08:00:00Z", "2024-01-29T15:00:00Z", "2024-01-12"),
                t -> t >= day + 60 && t < day + 80 ? Double.NaN : t >= day && t < day + DAY ? 20 : 10,
                1);
        assertThat(patterns.logOffset(at("2024-01-29T12:00"))).isCloseTo(Math.log(21.0 / 11), within(1e-12));
    }

    @Test
    void nothingIsLearnedUnderAPastEventNorFromWhatItIsModelledOn() {
        EventPatterns patterns =
                patterns(sale("2024-01-19T08:00:00Z", "2024-01-19T10:00:00Z", "2024-01-12"), t -> 10, 1);
        assertThat(patterns.isUnusual(at("2024-01-19T09:00"))).isTrue();
        assertThat(patterns.isUnusual(at("2024-01-19T10:50"))).isTrue();
        assertThat(patterns.isUnusual(at("2024-01-19T11:00"))).isFalse();
        assertThat(patterns.isUnusual(at("2024-01-12T09:00"))).isTrue();
        assertThat(patterns.isUnusual(at("2024-01-12T08:50"))).isFalse();
        assertThat(patterns.warnings()).isEmpty();
    }

    @Test
    void departuresAreBounded() {
        EventPatterns patterns = patterns(
                sale("2024-01-29T08:00:00Z", "2024-01-29T15:00:00Z", "2024-01-12"),
                t -> t >= at("2024-01-12T00:00") && t < at("2024-01-13T00:00") ? 1e9 : 0,
                1e-6);
        assertThat(patterns.logOffset(at("2024-01-29T12:00"))).isCloseTo(Math.log(1000), within(1e-9));
    }

    @Test
    void theScaleOfTheRatesDoesNotMatter() {
        Event event = sale("2024-01-29T08:00:00Z", "2024-01-29T15:00:00Z", "2024-01-12");
        IntToDoubleFunction rate = t -> 10 + t % 7 + (t / DAY == 11 ? 5 : 0);
        double one = patterns(event, rate, 1).logOffset(at("2024-01-29T12:00"));
        for (double scale : new double[] {1e-6, 1e9}) {
            double scaled =
                    patterns(event, t -> rate.applyAsDouble(t) * scale, scale).logOffset(at("2024-01-29T12:00"));
            assertThat(scaled).isCloseTo(one, within(1e-9));
        }
    }
}
