package dev.prescale.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.SampleSink.BadLine;
import dev.prescale.control.SampleSink.Precision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineProtocolTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final String NOW_NANOS = "1704067200000000000";

    @Test
    void aLineHasASampleForEachNumericField() {
        assertThat(samples("http,service=chat,pod=chat-0 count=12i,seconds=1.5 " + NOW_NANOS))
                .containsExactly(
                        sample("http", Map.of("service", "chat", "pod", "chat-0"), "count", 12),
                        sample("http", Map.of("service", "chat", "pod", "chat-0"), "seconds", 1.5));
    }

    @Test
    void aLineNeedsNoTagsAndTakesTheTimeOfItsArrivalWithoutOne() {
        assertThat(samples("http count=1")).containsExactly(sample("http", Map.of(), "count", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "NANOSECONDS, 1704067200123456789, 123456789",
        "MICROSECONDS, 1704067200123456, 123456000",
        "MILLISECONDS, 1704067200123, 123000000",
        "SECONDS, 1704067200, 0"
    })
    void timeIsInTheUnitGiven(Precision precision, String time, int nanos) {
        List<ParsedLines.GoodLine> lines = new LineProtocol(precision, NOW.plusSeconds(1))
                .parse("http count=1 " + time)
                .goodLines();
        assertThat(lines.getFirst().samples().getFirst().at()).isEqualTo(NOW.plusNanos(nanos));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1, -1",
        "1., 1",
        ".5, 0.5",
        "1.5e3, 1500",
        "1E-1, 0.1",
        "+2, 2",
        "12i, 12",
        "-3i, -3",
        "4u, 4",
        "9223372036854775807i, 9.223372036854775807e18",
        "18446744073709551615u, 1.8446744073709552e19"
    })
    void numbersComeInThreeKinds(String text, double value) {
        assertThat(samples("http count=" + text)).containsExactly(sample("http", Map.of(), "count", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a, b = c\"", "\"say \\\"hi\\\" # 1\"", "\"ends in \\\\\"", "\"\"", "t", "TRUE", "false"})
    void stringsAndBooleansAreReadOver(String value) {
        assertThat(samples("http state=" + value + ",count=1 " + NOW_NANOS))
                .containsExactly(sample("http", Map.of(), "count", 1));
    }

    @Test
    void aLineWithoutANumberIsGoodAndHasNoSample() {
        ParsedLines parsed = parse("http state=\"up\"");
        assertThat(parsed.goodLines()).hasSize(1);
        assertThat(parsed.goodLines().getFirst().samples()).isEmpty();
    }

    @Test
    void separatorsInNamesAreEscaped() {
        assertThat(samples("my\\ http\\,x,tag\\ key\\,\\==tag\\ value\\,\\=\\ ü f\\ \\,\\==1 " + NOW_NANOS))
                .containsExactly(sample("my http,x", Map.of("tag key,=", "tag value,= ü"), "f ,=", 1));
    }

    @Test
    void aBackslashThatEscapesNothingIsItself() {
        assertThat(samples("a\\b,path=C:\\temp c\\d=1"))
                .containsExactly(sample("a\\b", Map.of("path", "C:\\temp"), "c\\d", 1));
    }

    @Test
    void commentsEmptyLinesAndWindowsLineEndsAreReadOver() {
        assertThat(samples("# written by hand\r\n\r\n  http count=1\r\n\nhttp other=2\n"))
                .extracting(sample -> sample.series().field())
                .containsExactly("count", "other");
    }

    @Test
    void tagsInAnotherOrderAreTheSameSeries() {
        List<LineSample> samples = samples("http,a=1,b=2 count=1\nhttp,b=2,a=1 count=1");
        assertThat(samples.get(0).series()).isEqualTo(samples.get(1).series());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http                  | at column 5: there is no field",
                "http,service=chat     | at column 18: there is no field",
                ",service=chat count=1 | at column 1: the measurement is missing",
                "http,service count=1  | at column 13: a tag must be key=value, was 'service'",
                "http,service= count=1 | at column 14: tag service has no value: leave it out instead",
                "http,a=1,a=2 count=1  | at column 13: tag a is there twice",
                "http,a=b=c count=1    | at column 9: an equals sign in the value of tag a must be escaped",
                "http count            | at column 11: a field must be name=value, was 'count'",
                "http count=           | at column 12: field count must be a finite number (1.5, 2i, 3u), a boolean or a \"string\", was ''",
                "http count=many       | at column 16: field count must be a finite number (1.5, 2i, 3u), a boolean or a \"string\", was 'many'",
                "http count=NaN        | at column 15: field count must be a finite number (1.5, 2i, 3u), a boolean or a \"string\", was 'NaN'",
                "http count=1e999      | at column 17: field count must be a finite number (1.5, 2i, 3u), a boolean or a \"string\", was '1e999'",
                "http count=9223372036854775808i | at column 32: field count must be a finite number (1.5, 2i, 3u), a boolean or a \"string\", was '9223372036854775808i'",
                "http count=-1u        | at column 15: field count must be a finite number (1.5, 2i, 3u), a boolean or a \"string\", was '-1u'",
                "http count=0x1p3      | at column 17: field count must be a finite number (1.5, 2i, 3u), a boolean or a \"string\", was '0x1p3'",
                "http count=1,count=2  | at column 20: field count is there twice",
                "http count=1,         | at column 14: a field must be name=value, was ''",
                "http state=\"up count=1 | at column 23: the string of field state has no closing quote",
                "http count=1 tomorrow | time must be a whole number of nanoseconds, was tomorrow",
                "http count=1 1704067200000000000 1 | at column 34: there is more after the time: a space or comma in a name must be escaped",
                "http count=1 1704067200 | time 1704067200 in nanoseconds is 1970-01-01T00:00:01.704067200Z, it must be from 1980-01-01T00:00:00Z to a day from now: is the precision right?",
                "http count=1 1704153600000000001 | time 1704153600000000001 in nanoseconds is 2024-01-02T00:00:00.000000001Z, it must be from 1980-01-01T00:00:00Z to a day from now: is the precision right?"
            })
    void aBadLineIsNamedWithWhatIsWrong(String line, String problem) {
        ParsedLines parsed = parse("http count=1\n" + line + "\nhttp count=2");
        assertThat(parsed.badLines().inOrder()).containsExactly(new BadLine(2, line, problem));
        assertThat(parsed.goodLines()).extracting(ParsedLines.GoodLine::number).containsExactly(1, 3);
    }

    @Test
    void nanosecondsTakenForSecondsAreBeyondAnyCalendar() {
        assertThat(new LineProtocol(Precision.SECONDS, NOW)
                        .parse("http count=1 " + NOW_NANOS)
                        .badLines()
                        .inOrder())
                .extracting(BadLine::message)
                .containsExactly("time " + NOW_NANOS + " in seconds is beyond any calendar: is the precision right?");
    }

    @Test
    void aLineThatIsTooLongIsNamedByItsBeginning() {
        String line = "http,service=" + "x".repeat(LineProtocol.LONGEST_LINE) + " count=1";
        BadLine bad = parse(line).badLines().inOrder().getFirst();
        assertThat(bad.text()).isEqualTo(line.substring(0, 120) + "...");
        assertThat(bad.message()).isEqualTo("the line has 65557 characters, at most 65536 are read");
    }

    @Test
    void aThousandBadLinesAreNamedAndTheOthersCounted() {
        List<BadLine> bad = parse("broken\n".repeat(1_500)).badLines().inOrder();
        assertThat(bad).hasSize(1_001);
        assertThat(bad.getLast().message()).isEqualTo("and 500 more bad lines");
    }

    @Test
    void aTimeUpToADayAheadIsTaken() {
        Instant latest = NOW.plus(Duration.ofDays(1));
        String line = "http count=1 " + latest.getEpochSecond();
        assertThat(new LineProtocol(Precision.SECONDS, NOW).parse(line).goodLines())
                .hasSize(1);
    }

    private static ParsedLines parse(String text) {
        return new LineProtocol(Precision.NANOSECONDS, NOW).parse(text);
    }

    private static List<LineSample> samples(String text) {
        ParsedLines parsed = parse(text);
        assertThat(parsed.badLines().inOrder()).isEmpty();
        return parsed.goodLines().stream()
                .flatMap(line -> line.samples().stream())
                .toList();
    }

    private static LineSample sample(String measurement, Map<String, String> tags, String field, double value) {
        return new LineSample(new SeriesKey(measurement, tags, field), NOW, value);
    }
}
