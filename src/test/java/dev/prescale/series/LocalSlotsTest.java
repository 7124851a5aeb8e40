package dev.prescale.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSlotsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Step HOUR = new Step(3600);
    private static final Step HALF_HOUR = new Step(1800);

    @Test
    void mondayMidnightIsTheFirstSlotOfDayAndWeek() {
        LocalSlots slots = LocalSlots.of(Instant.parse("2024-01-01T00:00:00Z"), HOUR, 200, ZoneOffset.UTC);
        assertThat(slots.slotOfDay(0)).isZero();
        assertThat(slots.slotOfWeek(0)).isZero();
        assertThat(slots.date(0)).isEqualTo(LocalDate.parse("2024-01-01"));
        assertThat(slots.slotOfDay(25)).isEqualTo(1);
        assertThat(slots.slotOfWeek(25)).isEqualTo(25);
        assertThat(slots.slotOfWeek(167)).isEqualTo(167);
        assertThat(slots.slotOfWeek(168)).isZero();
    }

    @Test
    void slotsFollowTheWallClockOfTheZone() {
        LocalSlots slots = LocalSlots.of(Instant.parse("2023-12-31T23:00:00Z"), HOUR, 2, BERLIN);
        assertThat(slots.slotOfWeek(0)).isZero(); // 00:00 on Monday in Berlin
        assertThat(slots.date(0)).isEqualTo(LocalDate.parse("2024-01-01"));
    }

    @Test
    void aZoneOfHalfHoursKeepsHourlySlotsApart() {
        LocalSlots slots = LocalSlots.of(Instant.parse("2024-01-01T00:00:00Z"), HOUR, 24, ZoneId.of("Asia/Kolkata"));
        assertThat(slots.slotOfDay(0)).isEqualTo(5); // 05:30
        assertThat(slots.slotOfDay(18)).isEqualTo(23); // 23:30
        assertThat(slots.slotOfDay(19)).isZero(); // 00:30
    }

    @Test
    void springSkipsAnHourAndTheDayBeforeIsFoundByTheWallClock() {
        // Berlin 2024-03-31: 01:59 CET is followed by 03:00 CEST at 01:00 UTC
        LocalSlots slots = LocalSlots.of(Instant.parse("2024-03-30T00:00:00Z"), HOUR, 72, BERLIN);
        int firstSummerHour = 25;
        assertThat(slots.slotOfDay(firstSummerHour - 1)).isEqualTo(1);
        assertThat(slots.slotOfDay(firstSummerHour)).isEqualTo(3);
        int noonOfSunday = 24 + 10; // 12:00 CEST
        assertThat(slots.slotOfDay(noonOfSunday)).isEqualTo(12);
        assertThat(slots.daysEarlier(noonOfSunday, 1)).isEqualTo(11); // 12:00 CET is 11:00 UTC
    }

    @Test
    void anHourThatWasSkippedIsTakenFromTheSameUtcTime() {
        LocalSlots slots = LocalSlots.of(Instant.parse("2024-03-30T00:00:00Z"), HOUR, 72, BERLIN);
        int twoOnMonday = 48; // 02:00 CEST; Sunday had no 02:00
        assertThat(slots.slotOfDay(twoOnMonday)).isEqualTo(2);
        assertThat(slots.daysEarlier(twoOnMonday, 1)).isEqualTo(24);
    }

    @Test
    void anHourThatWasShownTwiceIsFoundOnce() {
        // Berlin 2024-10-27: 02:00 to 03:00 at 00:00 UTC (CEST) and again at 01:00 UTC (CET)
        LocalSlots slots = LocalSlots.of(Instant.parse("2024-10-26T00:00:00Z"), HOUR, 72, BERLIN);
        assertThat(slots.slotOfDay(24)).isEqualTo(2);
        assertThat(slots.slotOfDay(25)).isEqualTo(2);
        int twoOnMonday = 49; // 02:00 CET
        assertThat(slots.daysEarlier(twoOnMonday, 1)).isEqualTo(25);
        assertThat(slots.daysEarlier(25, 1)).isZero(); // the second 02:00 of Sunday has that of Saturday before it
        assertThat(slots.daysEarlier(24, 1)).isZero();
    }

    @Test
    void beforeTheGridIndicesAreNegative() {
        LocalSlots slots = LocalSlots.of(Instant.parse("2024-01-01T00:00:00Z"), HOUR, 24, BERLIN);
        assertThat(slots.daysEarlier(5, 1)).isEqualTo(-19);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Asia/Kolkata",
                "Australia/Lord_Howe",
                "America/Sao_Paulo"
            })
    void keysAgreeWithJavaTimeOverAYear(String zone) {
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        LocalSlots slots = LocalSlots.of(start, HALF_HOUR, 366 * 48, ZoneId.of(zone));
        for (int t = 0; t < slots.size(); t++) {
            LocalDateTime local = LocalDateTime.ofInstant(start.plusSeconds(1800L * t), ZoneId.of(zone));
            assertThat(slots.slotOfDay(t)).isEqualTo(local.toLocalTime().toSecondOfDay() / 1800);
            assertThat(slots.date(t)).isEqualTo(local.toLocalDate());
            assertThat(slots.weekday(t)).isEqualTo(local.getDayOfWeek().getValue() - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void theStepSomeDaysEarlierHasTheSameLocalTimeUnlessThatWasSkipped(int days) {
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        LocalSlots slots = LocalSlots.of(start, HALF_HOUR, 366 * 48, BERLIN);
        int skipped = 0;
        for (int t = 8 * 48; t < slots.size(); t++) {
            int earlier = slots.daysEarlier(t, days);
            if (slots.slotOfDay(earlier) == slots.slotOfDay(t)) {
                assertThat(slots.epochDay(earlier)).isEqualTo(slots.epochDay(t) - days);
            } else {
                skipped++;
            }
        }
        assertThat(skipped).isEqualTo(2); // 02:00 and 02:30 after the switch in spring
    }

    @ParameterizedTest(name = "{0}, step {1} s")
    @CsvSource(textBlock = """
                    Europe/Berlin, 3600
                    Europe/Berlin, 600
                    Australia/Lord_Howe, 3600
                    Australia/Lord_Howe, 1800
                    Australia/Lord_Howe, 600
                    Asia/Kolkata, 3600
                    Asia/Kolkata, 1800
                    Asia/Kathmandu, 3600
                    Asia/Kathmandu, 1800
                    Asia/Kathmandu, 600
                    Africa/Casablanca, 3600
                    America/Sao_Paulo, 3600
                    """)
    void theSameSlotOfTheDaysBeforeIsFoundWhereverThatDayHadIt(String zone, int seconds) {
        // two years from 2015 on: leap day, year ends, and clocks set at midnight in Sao Paulo
        Step step = new Step(seconds);
        LocalSlots slots =
                LocalSlots.of(Instant.parse("2015-06-01T00:00:00Z"), step, 2 * 366 * step.perDay(), ZoneId.of(zone));
        Set<Long> shown = new HashSet<>();
        for (int t = 0; t < slots.size(); t++) {
            shown.add((long) slots.epochDay(t) * step.perDay() + slots.slotOfDay(t));
            for (int days = 1; days <= 7 && t >= 8 * step.perDay(); days += 6) {
                int earlier = slots.daysEarlier(t, days);
                long wanted = (long) (slots.epochDay(t) - days) * step.perDay() + slots.slotOfDay(t);
                if (shown.contains(wanted)) {
                    assertThat((long) slots.epochDay(earlier) * step.perDay() + slots.slotOfDay(earlier))
                            .as("%d days before step %d", days, t)
                            .isEqualTo(wanted);
                } else {
                    assertThat(earlier).isEqualTo(t - days * step.perDay());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, step {1} s")
    @CsvSource(textBlock = """
                    Asia/Kathmandu, 3600
                    Asia/Kathmandu, 2700
                    Asia/Kolkata, 3600
                    Australia/Lord_Howe, 3600
                    Europe/Berlin, 600
                    """)
    void aSlotIsWhereTheWallClockStandsWhenTheStepBegins(String zone, int seconds) {
        Instant start = Instant.parse("2023-12-30T00:00:00Z");
        Step step = new Step(seconds);
        LocalSlots slots = LocalSlots.of(start, step, 366 * step.perDay(), ZoneId.of(zone));
        for (int t = 0; t < slots.size(); t++) {
            LocalDateTime local = LocalDateTime.ofInstant(start.plusSeconds((long) seconds * t), ZoneId.of(zone));
            assertThat(slots.slotOfDay(t)).isEqualTo(local.toLocalTime().toSecondOfDay() / seconds);
            assertThat(slots.instantAt(t)).isEqualTo(start.plusSeconds((long) seconds * t));
            assertThat(slots.stepAt(slots.instantAt(t).plusSeconds(seconds - 1)))
                    .isEqualTo(t);
            assertThat(slots.firstStepAtOrAfter(slots.instantAt(t))).isEqualTo(t);
            assertThat(slots.firstStepAtOrAfter(slots.instantAt(t).plusNanos(1)))
                    .isEqualTo(t + 1);
            assertThat(slots.hourOfDay(t)).isEqualTo(local.getHour());
            assertThat(slots.date(t)).isEqualTo(local.toLocalDate());
        }
    }

    @Test
    void aDayHas23Or25HoursWhereTheClockIsSet() {
        LocalSlots slots = LocalSlots.of(Instant.parse("2024-01-01T00:00:00Z"), HOUR, 366 * 24, BERLIN);
        assertThat(stepsOf(slots, LocalDate.parse("2024-03-31"))).isEqualTo(23);
        assertThat(stepsOf(slots, LocalDate.parse("2024-10-27"))).isEqualTo(25);
        assertThat(stepsOf(slots, LocalDate.parse("2024-02-29"))).isEqualTo(24);
    }

    private static int stepsOf(LocalSlots slots, LocalDate date) {
        int count = 0;
        for (int t = 0; t < slots.size(); t++) {
            count += slots.date(t).equals(date) ? 1 : 0;
        }
        return count;
    }

    @Test
    void aStepIsFoundByItsLocalDateAndSlot() {
        LocalSlots slots = LocalSlots.of(Instant.parse("2024-01-01T00:00:00Z"), HALF_HOUR, 366 * 48, BERLIN);
        for (int t = 2; t < slots.size(); t++) {
            int found = slots.indexOf(slots.epochDay(t), slots.slotOfDay(t));
            assertThat(slots.slotOfWeek(found)).isEqualTo(slots.slotOfWeek(t));
            assertThat(found).isIn(t, t - 2); // of a time shown twice the first
        }
        int skipped = (int) LocalDate.parse("2024-03-31").toEpochDay();
        assertThat(slots.indexOf(skipped, 4)).isEqualTo(LocalSlots.NONE);
        assertThat(slots.indexOf(slots.epochDay(0) - 1, 0)).isEqualTo(LocalSlots.NONE);
        assertThat(slots.indexOf(slots.epochDay(0) + 400, 0)).isEqualTo(LocalSlots.NONE);
    }

    @Test
    void keysGoOnForYearsAfterTheSeries() {
        RateSeries series = RateSeries.of(Instant.parse("2024-01-01T00:00:00Z"), HALF_HOUR, new double[48]);
        LocalSlots slots = LocalSlots.of(series, 10 * 366 * 48, BERLIN);
        int t = (int) ((Instant.parse("2033-07-01T10:00:00Z").getEpochSecond()
                        - series.start().getEpochSecond())
                / 1800);
        assertThat(slots.slotOfDay(t)).isEqualTo(24); // noon in summer
        assertThat(slots.date(t)).isEqualTo(LocalDate.parse("2033-07-01"));
        assertThat(slots.daysEarlier(t, 1)).isEqualTo(t - 48);
    }
}
