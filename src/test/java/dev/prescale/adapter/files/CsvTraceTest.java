package dev.prescale.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.files.CsvTrace.Fault;
import dev.prescale.adapter.files.CsvTrace.Faults;
import dev.prescale.adapter.files.CsvTrace.Format;
import dev.prescale.adapter.files.CsvTrace.Reading;
import dev.prescale.adapter.files.CsvTrace.Trace;
import dev.prescale.adapter.files.CsvTrace.Unit;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTraceTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Step MINUTE = new Step(60);
    private static final double GAP = Double.NaN;

    @TempDir
    private Path folder;

    @Test
    void countsBecomeRates() {
        assertThat(series(read("2024-01-01T00:00:00Z,60", "2024-01-01T00:01:00Z,120.0")))
                .isEqualTo(RateSeries.of(START, MINUTE, 1, 2));
    }

    @Test
    void ratesStayRates() {
        Reading reading = read(Format.RATES, "2024-01-01T00:00:00Z,1.5", "2024-01-01T00:01:00Z,2e1");
        assertThat(series(reading)).isEqualTo(RateSeries.of(START, MINUTE, 1.5, 20));
    }

    @Test
    void aStepWithoutARowIsAGapAndAZeroIsNot() {
        Reading reading = read(
                "2024-01-01T00:00:00Z,60",
                "2024-01-01T00:01:00Z,0",
                "2024-01-01T00:02:00Z,0",
                "2024-01-01T00:04:00Z,60");
        assertThat(series(reading)).isEqualTo(RateSeries.of(START, MINUTE, 1, 0, 0, GAP, 1));
    }

    @Test
    void theMostCommonSpacingIsTheStep() {
        Reading reading = read(
                "2024-01-01T00:00:00Z,1", "2024-01-01T00:20:00Z,1", "2024-01-01T00:30:00Z,1", "2024-01-01T00:40:00Z,1");
        assertThat(series(reading).step()).isEqualTo(new Step(600));
        assertThat(series(reading).gaps()).isEqualTo(1);
    }

    @Test
    void theGridBeginsAtTheFirstRow() {
        Reading reading = read("2015-02-26T21:42:53Z,300", "2015-02-26T21:47:53Z,600");
        assertThat(series(reading))
                .isEqualTo(RateSeries.of(Instant.parse("2015-02-26T21:42:53Z"), new Step(300), 1, 2));
    }

    @Test
    void anOffsetIsTakenIntoAccountAndFurtherColumnsAreNot() {
        Reading reading = readText("""
                timestamp,value,holiday
                2024-01-01T01:00:00+01:00,60,New Year
                2024-01-01T00:01:00Z,60,
                """, Format.COUNTS);
        assertThat(series(reading)).isEqualTo(RateSeries.of(START, MINUTE, 1, 1));
    }

    @Test
    void aByteOrderMarkWindowsLineEndsAndEmptyLinesAreReadOver() {
        String text = "\uFEFFtimestamp,value\r\n2024-01-01T00:00:00Z,60\r\n\r\n2024-01-01T00:01:00Z,60";
        assertThat(series(readText(text, Format.COUNTS))).isEqualTo(RateSeries.of(START, MINUTE, 1, 1));
    }

    @Test
    void aStepThatIsGivenNeedsNoSecondRow() {
        Reading reading = read(new Format(Unit.COUNT, new Step(600)), "2024-01-01T00:00:00Z,600");
        assertThat(series(reading)).isEqualTo(RateSeries.of(START, new Step(600), 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "duplicate, '2024-01-01T00:01:00Z,1', timestamp 2024-01-01T00:01:00Z is the same as line 3; rows must be in order%2C one per step",
                "unordered, '2023-12-31T23:59:00Z,1', timestamp 2023-12-31T23:59:00Z is earlier than line 3; rows must be in order%2C one per step",
                "not a number, '2024-01-01T00:02:00Z,many', value must be a number%2C was 'many'",
                "hexadecimal, '2024-01-01T00:02:00Z,0x1p3', value must be a number%2C was '0x1p3'",
                "type suffix, '2024-01-01T00:02:00Z,1d', value must be a number%2C was '1d'",
                "NaN, '2024-01-01T00:02:00Z,NaN', value must be finite and >= 0%2C was NaN",
                "infinite, '2024-01-01T00:02:00Z,-inf', value must be finite and >= 0%2C was -inf",
                "overflow, '2024-01-01T00:02:00Z,1e999', value must be finite and >= 0%2C was 1e999",
                "negative, '2024-01-01T00:02:00Z,-1', value must be finite and >= 0%2C was -1",
                "no value, '2024-01-01T00:02:00Z,', value is missing: leave out the row of a step that was not recorded",
                "one column, '2024-01-01T00:02:00Z', a row must be timestamp%2Cvalue%2C was '2024-01-01T00:02:00Z'",
                "no offset, '2024-01-01T00:02:00,1', timestamp must be ISO-8601 with its offset%2C as 2024-01-01T00:00:00Z%2C was '2024-01-01T00:02:00'",
                "no date, '1704067200,1', timestamp must be ISO-8601 with its offset%2C as 2024-01-01T00:00:00Z%2C was '1704067200'",
                "no such day, '2024-02-30T00:00:00Z,1', timestamp must be ISO-8601 with its offset%2C as 2024-01-01T00:00:00Z%2C was '2024-02-30T00:00:00Z'",
                "split second, '2024-01-01T00:02:00.5Z,1', timestamp must be a whole second%2C was 2024-01-01T00:02:00.5Z",
                "off the grid, '2024-01-01T00:02:17Z,1', 2024-01-01T00:02:17Z is not a whole number of steps of PT1M after the first row%2C 2024-01-01T00:00:00Z"
            })
    void aBadRowIsNamedWithItsLine(String name, String row, String problem) {
        Format minutes = new Format(Unit.COUNT, MINUTE);
        Reading reading = read(minutes, "2024-01-01T00:00:00Z,1", "2024-01-01T00:01:00Z,1", row);
        assertThat(reading).isInstanceOfSatisfying(Faults.class, faults -> {
            assertThat(faults.faults()).containsExactly(new Fault(4, problem.replace("%2C", ",")));
            assertThat(faults.unnamed()).isZero();
        });
    }

    @Test
    void everyFaultIsNamedAndInOrderOfItsLine() {
        Reading reading = read(
                "2024-01-01T00:00:00Z,1",
                "2024-01-01T00:01:00Z,1",
                "2024-01-01T00:02:13Z,1", // off the grid, which is found after all rows are read
                "2024-01-01T00:03:00Z,-1",
                "2024-01-01T00:03:00Z,x");
        assertThat(faults(reading).faults()).extracting(Fault::line).containsExactly(4, 5, 6);
    }

    @Test
    void twentyFaultsAreNamedAndTheOthersCounted() {
        String[] rows = new String[50];
        Arrays.fill(rows, "2024-01-01T00:00:00Z,-1");
        assertThat(faults(read(rows)).faults()).extracting(Fault::line).first().isEqualTo(2);
        assertThat(faults(read(rows)).faults()).hasSize(20);
        assertThat(faults(read(rows)).unnamed()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"time,count", "Timestamp,Value", "timestamp;value", "timestamp", "2024-01-01T00:00:00Z,1", "''"})
    void anotherHeaderIsNamed(String header) {
        assertThat(faults(readText(header + "\n2024-01-01T00:00:00Z,1\n", Format.COUNTS))
                        .faults())
                .containsExactly(new Fault(1, "the header must be timestamp,value, was '%s'".formatted(header)));
    }

    @Test
    void aFileWithoutRowsIsAtFault() {
        assertThat(faults(read()).faults()).containsExactly(new Fault(0, "there is no row after the header"));
        assertThat(faults(readText("", Format.COUNTS)).faults())
                .containsExactly(new Fault(1, "the file is empty: the header must be timestamp,value"));
    }

    @Test
    void oneRowTellsNoStep() {
        assertThat(faults(read("2024-01-01T00:00:00Z,1")).faults())
                .containsExactly(new Fault(0, "one row tells no step: give the step"));
    }

    @Test
    void aSpacingThatDoesNotDivideADayIsNamed() {
        assertThat(faults(read("2024-01-01T00:00:00Z,1", "2024-01-01T00:00:07Z,1"))
                        .faults())
                .containsExactly(new Fault(0, "the rows are PT7S apart; a step is 1 s to 1 h and divides a day"));
    }

    @Test
    void aTraceOfTooManyStepsIsNamed() {
        Reading reading = read(
                "1900-01-01T00:00:00Z,1", "1900-01-01T00:00:01Z,1", "2024-01-01T00:00:00Z,1", "2024-01-01T00:00:01Z,1");
        assertThat(faults(reading).faults().getFirst().problem()).endsWith("steps of PT1S, at most 530000 are read");
    }

    @Test
    void aLineWithoutEndIsNotKept() {
        String endless = "x".repeat(2_000_000);
        assertThat(faults(readText("timestamp,value\n" + endless, Format.COUNTS))
                        .faults())
                .containsExactly(new Fault(2, "the line is longer than 1000 characters"));
    }

    @Test
    void aZippedFileIsReadByItsEndingAndNamedWithoutIt() throws IOException {
        Path file = folder.resolve("shop.csv.gz");
        try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file))) {
            zipped.write("timestamp,value\n2024-01-01T00:00:00Z,60\n2024-01-01T00:01:00Z,60\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(CsvTrace.read(file, Format.COUNTS)).isEqualTo(new Trace("shop", RateSeries.of(START, MINUTE, 1, 1)));
    }

    @Test
    void aZippedFileThatBreaksOffIsAFaultFromItsLastLineOn() throws IOException {
        Path file = folder.resolve("shop.csv.gz");
        try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file))) {
            zipped.write("timestamp,value\n2024-01-01T00:00:00Z,60\n".getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 12));
        assertThat(faults(CsvTrace.read(file, Format.COUNTS)).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).startsWith("the file cannot be read from here on"));
    }

    @Test
    void whatIsZippedSaysSoInItsBytesAndNotByItsName() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.csv.gz"), "timestamp,value\n");
        assertThat(faults(CsvTrace.read(file, Format.COUNTS))
                        .faults()
                        .getFirst()
                        .problem())
                .isEqualTo("there is no row after the header");
    }

    @Test
    void bytesThatAreNoTextAreSaidToBeNone() {
        byte[] bytes = {(byte) 0xc3, 0x28, 0, 7, '\n'};
        assertThat(faults(CsvTrace.readBytes(new ByteArrayInputStream(bytes), "stdin", Format.COUNTS))
                        .sentences("stdin"))
                .containsExactly("stdin:1: this is no text in UTF-8: the header must be timestamp,value");
    }

    @Test
    void aLineWithoutAnEndIsNotReadForEver() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThat(faults(CsvTrace.readMinutes(endless, "stdin", CsvTrace.Unit.COUNT))
                        .sentences("stdin"))
                .singleElement()
                .asString()
                .startsWith("stdin:1: the file cannot be read from here on: a line has no end");
    }

    @Test
    void anAbsentFileIsAFault() {
        Path file = folder.resolve("absent.csv");
        assertThat(faults(CsvTrace.read(file, Format.COUNTS)).faults())
                .containsExactly(new Fault(0, "there is no such file"));
    }

    private static Reading read(String... rows) {
        return read(Format.COUNTS, rows);
    }

    private static Reading read(Format format, String... rows) {
        return readText("timestamp,value\n" + String.join("\n", rows), format);
    }

    private static Reading readText(String text, Format format) {
        InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return CsvTrace.read(bytes, "trace", format);
    }

    private static RateSeries series(Reading reading) {
        assertThat(reading).isInstanceOf(Trace.class);
        return ((Trace) reading).series();
    }

    private static Faults faults(Reading reading) {
        assertThat(reading).isInstanceOf(Faults.class);
        return (Faults) reading;
    }
}
