package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneId;
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

    private static CronWindow window(String start, String end) {
        return new CronWindow(expression(start), expression(end), BERLIN);
    }

    private static CronWindow.Expression expression(String text) {
        return java.util.Objects.requireNonNull(
                CronWindow.Expression.TYPE.parser().apply(TextNode.valueOf(text)));
    }
}
