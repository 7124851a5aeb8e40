package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    2024-01-29T06:59:59Z | false | a second before Monday 8:00
                    2024-01-29T07:00:00Z | true  | Monday 8:00
                    2024-01-29T17:59:59Z | true  | a second before 19:00
                    2024-01-29T18:00:00Z | false | 19:00
                    2024-02-03T10:00:00Z | false | Saturday
                    2024-07-01T06:00:00Z | true  | Monday 8:00 in summer
                    """)
    void opensAndClosesOnTheClockOfItsZone(Instant instant, boolean isOpen, String when) {
        assertThat(window("0 8 * * MON-FRI", "0 19 * * MON-FRI").test(instant))
                .as(when)
                .isEqualTo(isOpen);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        // 2024-03-31: at 01:00Z the clock goes from 2:00 to 3:00, so 2:30 happens at 3:00
        "2024-03-31T00:59:59Z, false",
        "2024-03-31T01:00:00Z, true",
        "2024-03-31T01:59:59Z, true",
        "2024-03-31T02:00:00Z, false"
    })
    void aSkippedStartHappensWhenTheSkippedHourIsOver(Instant instant, boolean isOpen) {
        assertThat(window("30 2 * * *", "0 4 * * *").test(instant)).isEqualTo(isOpen);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        // 2024-10-27: at 01:00Z the clock goes back from 3:00 to 2:00; the first 2:30 is 00:30Z, the second 01:30Z
        "2024-10-27T00:29:59Z, false", "2024-10-27T00:30:00Z, true", "2024-10-27T01:00:00Z, true",
        "2024-10-27T01:29:59Z, true", "2024-10-27T02:59:59Z, true", "2024-10-27T03:00:00Z, false"
    })
    void ofARepeatedHourTheFirstPassCounts(Instant instant, boolean isOpen) {
        assertThat(window("30 2 * * *", "0 4 * * *").test(instant)).isEqualTo(isOpen);
    }

    @Test
    void anEndInTheRepeatedHourEndsOnce() {
        CronWindow window = window("0 1 * * *", "30 2 * * *");
        assertThat(window.test(Instant.parse("2024-10-27T00:29:59Z"))).isTrue();
        assertThat(window.test(Instant.parse("2024-10-27T00:30:00Z"))).isFalse();
        assertThat(window.test(Instant.parse("2024-10-27T01:29:59Z"))).isFalse();
    }

    @Test
    void aWindowMaySpanMidnightAndTheYear() {
        CronWindow window = window("0 22 31 12 *", "0 6 1 1 *");
        assertThat(window.test(Instant.parse("2023-12-31T23:30:00Z"))).isTrue();
        assertThat(window.test(Instant.parse("2024-01-01T05:00:00Z"))).isFalse();
    }

    @Test
    void aLeapDayIsADay() {
        CronWindow window = window("0 0 29 2 *", "0 0 1 3 *");
        assertThat(window.test(Instant.parse("2024-02-29T12:00:00Z"))).isTrue();
        assertThat(window.test(Instant.parse("2025-02-28T12:00:00Z"))).isFalse();
    }

    @ParameterizedTest(name = "{0}: open for {2} h of {1}")
    @CsvSource({
        "Europe/Berlin, 2024-03-30, 9", "Europe/Berlin, 2024-03-31, 8", "Europe/Berlin, 2024-10-27, 10",
        "America/New_York, 2024-03-09, 9", "America/New_York, 2024-03-10, 8", "America/New_York, 2024-11-03, 10"
    })
    void aNightWindowIsAnHourShorterOrLongerOnDaysOfChange(ZoneId zone, LocalDate day, int hours) {
        var night = new CronWindow(expression("0 22 * * *"), expression("0 7 * * *"), zone);
        Instant noonBefore = day.minusDays(1).atTime(12, 0).atZone(zone).toInstant();
        long openMinutes = LongStream.range(0, 24 * 60)
                .filter(minute -> night.test(noonBefore.plusSeconds(60 * minute)))
                .count();
        assertThat(openMinutes).isEqualTo(60L * hours);
    }

    @ParameterizedTest(name = "{0}: {1} has {2} h")
    @CsvSource({
        "Europe/Berlin, 2024-03-31, 23", "Europe/Berlin, 2024-10-27, 25",
        "America/New_York, 2024-03-10, 23", "America/New_York, 2024-11-03, 25"
    })
    void aWholeDayIsAsLongAsItsClockSays(ZoneId zone, LocalDate day, int hours) {
        var sunday = new CronWindow(expression("0 0 * * SUN"), expression("0 0 * * MON"), zone);
        Instant begin = day.atStartOfDay(zone).toInstant();
        assertThat(sunday.test(begin.minusSeconds(1))).isFalse();
        assertThat(sunday.test(begin)).isTrue();
        assertThat(sunday.test(begin.plusSeconds(3600L * hours - 1))).isTrue();
        assertThat(sunday.test(begin.plusSeconds(3600L * hours))).isFalse();
    }

    @Test
    void aWindowInsideTheSkippedHourOpensNotOnThatDay() {
        var window = new CronWindow(expression("10 2 * * *"), expression("50 2 * * *"), ZoneId.of("America/New_York"));
        assertThat(window.test(Instant.parse("2024-03-09T07:30:00Z"))).isTrue();
        assertThat(LongStream.range(0, 24 * 60)
                        .mapToObj(
                                minute -> Instant.parse("2024-03-10T05:00:00Z").plusSeconds(60 * minute)))
                .noneMatch(window);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    0 8 * * *      | 0 8 * * MON-FRI   | false | open on weekends
                    0 8 * * MON    | 0 8 * * MON-FRI   | true  | closed when it opens
                    */10 * * * *   | */5 * * * *       | true  | each ten minutes are five minutes too
                    */5 * * * *    | */10 * * * *      | false | open from :05
                    0 9 29 2 *     | 0 9 * * *         | true  | leap days only
                    0 9 * * *      | 0 9 1-28 * *      | false | open from the 29th
                    """)
    void aWindowThatEndsWheneverItStartsIsNeverOpen(String start, String end, boolean isNeverOpen, String why) {
        assertThat(expression(start).isAlwaysAlso(expression(end))).as(why).isEqualTo(isNeverOpen);
    }

    private static CronWindow window(String start, String end) {
        return new CronWindow(expression(start), expression(end), BERLIN);
    }

    private static CronWindow.Expression expression(String text) {
        return java.util.Objects.requireNonNull(
                CronWindow.Expression.TYPE.parser().apply(TextNode.valueOf(text)));
    }
}
