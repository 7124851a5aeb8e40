package dev.prescale.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
