package dev.prescale.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.files.CsvTrace.Fault;
import dev.prescale.adapter.files.CsvTrace.Faults;
import dev.prescale.adapter.files.CsvTrace.Reading;
import dev.prescale.adapter.files.CsvTrace.Trace;
import dev.prescale.adapter.files.CsvTrace.Unit;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvMinutesTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Step MINUTE = new Step(60);
    private static final double GAP = Double.NaN;

    @Test
    void rowsOfAMinuteStay() {
        assertThat(minutes("2024-01-01T00:00:00Z,60", "2024-01-01T00:01:00Z,0", "2024-01-01T00:03:00Z,120"))
                .isEqualTo(RateSeries.of(START, MINUTE, 1, 0, GAP, 2));
    }

    @Test
    void finerRowsAreAveragedAndAMinuteWithTooFewIsAGap() {
        // 20 s apart: three of a minute are 70 %, two are not
        assertThat(minutes(
                        "2024-01-01T00:00:00Z,20",
                        "2024-01-01T00:00:20Z,40",
                        "2024-01-01T00:00:40Z,60",
                        "2024-01-01T00:01:00Z,20",
                        "2024-01-01T00:01:20Z,20",
                        "2024-01-01T00:03:00Z,20",
                        "2024-01-01T00:03:20Z,20",
                        "2024-01-01T00:03:40Z,20",
                        "2024-01-01T00:04:00Z,20"))
                .isEqualTo(RateSeries.of(START, MINUTE, 2, GAP, GAP, 1));
    }

    @Test
    void coarserRowsAreConstantOverTheirMinutes() {
        assertThat(minutes("2024-01-01T00:00:30Z,600", "2024-01-01T00:05:30Z,300"))
                .isEqualTo(RateSeries.of(START, MINUTE, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1));
    }

    @ParameterizedTest(name = "step {0} s")
    @ValueSource(ints = {1, 5, 20, 30, 60, 300, 3600})
    void isWhatTheWholeFileReadAtOnceGives(int step) {
        SplittableRandom random = new SplittableRandom(step);
        StringBuilder text = new StringBuilder("timestamp,value\n");
        for (int k = 0; k < 5_000; k++) {
            if (random.nextDouble() > 0.1 && (k < 2_000 || k > 2_400)) {
                text.append(START.plusSeconds(120 + (long) k * step))
                        .append(',')
                        .append(random.nextInt(100))
                        .append('\n');
            }
        }
        var whole = (Trace) CsvTrace.read(stream(text.toString()), "x", CsvTrace.Format.COUNTS);
        RateSeries expected =
                dev.prescale.backtest.Trace.of("x", whole.series()).minutes();
        assertThat(series(CsvMinutes.read(stream(text.toString()), "x", Unit.COUNT)))
                .isEqualTo(expected);
    }

    @Test
    void everyFaultIsNamedWithItsLineAlsoFarBehindTheRowsThatToldTheStep() {
        StringBuilder text = new StringBuilder("timestamp,value\n");
        for (int k = 0; k < 10_000; k++) {
            text.append(START.plusSeconds(60L * k)).append(k == 9_000 ? ",-1\n" : ",1\n");
        }
        text.append("2024-06-01T00:00:07Z,1\n");
        assertThat(faults(CsvMinutes.read(stream(text.toString()), "x", Unit.COUNT)))
                .containsExactly(
                        new Fault(9_002, "value must be finite and >= 0, was -1"),
                        new Fault(
                                10_002,
                                "2024-06-01T00:00:07Z is not a whole number of steps of PT1M after the first row, 2024-01-01T00:00:00Z"));
    }

    @Test
    void aTraceOfMoreThanTwoYearsIsNotRead() {
        assertThat(faults(read(
                        "2024-01-01T00:00:00Z,1",
                        "2024-01-01T00:01:00Z,1",
                        "2024-01-01T00:02:00Z,1",
                        "2026-01-01T23:59:00Z,1",
                        "2026-01-02T00:00:00Z,1")))
                .containsExactly(
                        new Fault(
                                6,
                                "2026-01-02T00:00:00Z is 1054080 minutes or more after the first row, 2024-01-01T00:00:00Z; a longer trace is not read"));
    }

    @Test
    void oneRowNoRowAndAnOddStepAreFaults() {
        assertThat(faults(read("2024-01-01T00:00:00Z,1")))
                .containsExactly(new Fault(0, "there is one row only; two are the fewest that tell a step"));
        assertThat(faults(read())).containsExactly(new Fault(0, "there is no row after the header"));
        assertThat(faults(read("2024-01-01T00:00:00Z,1", "2024-01-01T00:01:30Z,1")))
                .containsExactly(
                        new Fault(
                                0,
                                "the rows are PT1M30S apart; a step is 1 s to 1 h, divides a day, and divides a minute or is whole minutes"));
    }

    @Test
    void readsAStreamThatIsNeverInMemoryAsAWhole() {
        int rows = 200_000;
        InputStream endless = new InputStream() {
            private byte[] line = "timestamp,value\n".getBytes(StandardCharsets.UTF_8);
            private int position;
            private int row;

            @Override
            public int read() throws IOException {
                if (position == line.length) {
                    if (row == rows) {
                        return -1;
                    }
                    line = (START.plusSeconds(row) + ",3\n").getBytes(StandardCharsets.UTF_8);
                    position = 0;
                    row++;
                }
                return line[position++];
            }
        };
        RateSeries minutes = series(CsvMinutes.read(endless, "x", Unit.RATE));
        assertThat(minutes.size()).isEqualTo(rows / 60);
        assertThat(minutes.rates()).containsOnly(3);
    }

    private static RateSeries minutes(String... rows) {
        return series(read(rows));
    }

    private static Reading read(String... rows) {
        return CsvMinutes.read(stream("timestamp,value\n" + String.join("\n", rows)), "x", Unit.COUNT);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RateSeries series(Reading reading) {
        assertThat(reading).isInstanceOf(Trace.class);
        return ((Trace) reading).series();
    }

    private static List<Fault> faults(Reading reading) {
        assertThat(reading).isInstanceOf(Faults.class);
        return ((Faults) reading).faults();
    }
}
