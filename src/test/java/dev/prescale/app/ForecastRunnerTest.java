package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.adapter.cli.ForecastCommand;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.Terminal;
import dev.prescale.answer.AnswerJson;
import dev.prescale.answer.ForecastAnswer;
import dev.prescale.config.ForecastRequestReader;
import dev.prescale.forecast.NearPeaks;
import dev.prescale.forecast.SharedModel;
import dev.prescale.testing.CapturedStreams;
import dev.prescale.testing.DailyCycle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** {@code prescale forecast} of a trace that is the same every day. */
class ForecastRunnerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final CapturedStreams captured = new CapturedStreams();
    private Path shop;

    @BeforeEach
    void write() throws IOException {
        shop = DailyCycle.csv(folder, 4);
    }

    @Test
    void jsonIsWhatTheApiAnswersForTheSameSeries() throws IOException {
        assertThat(run(shop.toString(), "--horizon", "6h", "--quantiles", ".5,.95", "--peak", "2m..17m", "--json"))
                .as(captured.err())
                .isZero();

        ObjectNode body = JSON.createObjectNode();
        body.put("start", "2024-01-01T00:00:00Z").put("step", "PT5M").put("unit", "count");
        var values = body.putArray("values");
        Files.readAllLines(shop).stream().skip(1).forEach(row -> values.add(Integer.parseInt(row.split(",")[1])));
        body.put("horizon", "PT6H").putArray("quantiles").add(0.5).add(0.95);
        body.putArray("peaks").addObject().put("from", "PT2M").put("to", "PT17M");
        var asked = (ForecastRequestReader.Ready) ForecastRequestReader.read(body);
        ForecastAnswer answer = ForecastAnswer.of(
                asked,
                Brains.production(SharedModel.NONE).forecaster().forecast(asked.request()),
                new NearPeaks(SharedModel.NONE));
        assertThat(captured.out()).isEqualTo(AnswerJson.text(answer) + System.lineSeparator());
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void theTableNamesThePeakTheGateAndEveryQuantileInLocalTime() {
        assertThat(run(shop.toString(), "--time-zone", "Asia/Tokyo", "--horizon", "24h"))
                .isZero();

        assertThat(captured.out().lines().toList())
                .hasSize(32)
                .contains("shop, 24h from Fri 2024-01-05 09:00 (Asia/Tokyo) in steps of 5m, requests per step")
                .anyMatch(line -> line.startsWith("gate     Trusted: loss "))
                // a quarter of the day after the sine of the trace began
                .anyMatch(
                        line -> line.matches("peak     Fri 2024-01-05 1[45]:\\d\\d, in [56] h \\d+ min: .* \\(0.95\\)"))
                .anyMatch(line -> line.matches("largest within 1h +0.5 +0.9 +0.95"));
        assertThat(captured.out()).doesNotContain("\033", "█");
    }

    @Test
    void aTerminalGetsColorsAndASparkline() {
        assertThat(runOn(new Terminal(true, true, 80, true, Terminal.Color.AUTO), new byte[0], shop.toString()))
                .isZero();
        assertThat(captured.out()).contains("█", "\033[36m│", "\033[1mshop");
        assertThat(captured.out().lines().map(line -> line.replaceAll("\033\\[\\d+m", "")))
                .filteredOn(line -> line.contains("█"))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theStandardInputMayBeZipped() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write(Files.readAllBytes(shop));
        }
        assertThat(runOn(Terminal.NONE, zipped.toByteArray(), "-", "--json")).isZero();
        String fromInput = captured.out();
        captured.clear();
        run(shop.toString(), "--json");
        assertThat(captured.out()).isEqualTo(fromInput);
    }

    @Test
    void filesAreTheTableTheAnswerAndAChartThatAnyoneCanRead() throws Exception {
        Path csv = folder.resolve("f.csv");
        Path json = folder.resolve("f.json");
        Path chart = folder.resolve("f.svg");
        Path hostile = Files.copy(shop, folder.resolve("a<b>&.csv"));

        assertThat(run(
                        hostile.toString(),
                        "--step",
                        "10m",
                        "--horizon",
                        "2h",
                        "--out",
                        csv.toString(),
                        "--chart",
                        chart.toString()))
                .as(captured.err())
                .isZero();
        assertThat(run(hostile.toString(), "--step", "10m", "--horizon", "2h", "--out", json.toString()))
                .isZero();

        JsonNode answer = JSON.readTree(json.toFile());
        assertThat(answer.get("step").asText()).isEqualTo("PT10M");
        List<String> rows = Files.readAllLines(csv);
        assertThat(rows).hasSize(13).startsWith("timestamp,q0.5,q0.9,q0.95");
        assertThat(rows.get(1)).isEqualTo("2024-01-05T00:00:00Z,%s,%s,%s".formatted((Object[]) Stream.of(0, 1, 2)
                .map(level -> answer.at("/rates/0/" + level).asText())
                .toArray()));
        var svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(chart))));
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("a<b>&: forecast from Fri 5 Jan 2024 00:00 (UTC)");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .contains("requests per step", "The health gate says Trusted.");
        assertThat(Files.readString(chart)).contains("now 00:00", "0.9 to 0.95", "prefers-color-scheme: dark");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void everyFaultNamesItsOptionOrItsFileAndLine() throws IOException {
        assertThat(run(shop.toString(), "--horizon", "2000h", "--quantiles", "0,.5,.5", "--holidays", "XX"))
                .isEqualTo(2);
        assertThat(captured.err())
                .contains("--horizon must be at most 2000 steps of 5m", "--quantiles must be a number between 0 and 1")
                .contains("--holidays must be one of the country codes")
                .doesNotContain("\tat ");
        captured.clear();
        Path bad = Files.writeString(
                folder.resolve("bad.csv"), "timestamp,value\r\n2024-01-01T00:00:00Z,1\r\nx\033[2J,-1\r\n");
        assertThat(run(bad.toString(), "--chart", folder.resolve("f.svg").toString()))
                .isEqualTo(2);
        assertThat(captured.err())
                .contains(bad + ":3: value must be finite and >= 0", bad + ":3: timestamp must be")
                .doesNotContain("\033");
        assertThat(captured.out()).isEmpty();
        assertThat(leftovers()).isEmpty();
        assertThat(folder.resolve("f.svg")).doesNotExist();
    }

    @Test
    void whatIsNoMultipleOfTheStepIsRefused() {
        assertThat(run(shop.toString(), "--step", "7m")).isEqualTo(2);
        assertThat(captured.err()).contains("--step must be a multiple of the 5m between the rows of " + shop);
    }

    private int run(String... arguments) {
        return runOn(Terminal.NONE, new byte[0], arguments);
    }

    private int runOn(Terminal terminal, byte[] stdin, String... arguments) {
        Streams streams = captured.streams(terminal, stdin);
        ForecastCommand command = new ForecastCommand(new ForecastRunner(streams, folder, () -> SharedModel.NONE));
        return PrescaleCommand.commandLine(
                        List.of(command),
                        "forecast",
                        new PrintWriter(streams.out(), true, StandardCharsets.UTF_8),
                        new PrintWriter(streams.err(), true, StandardCharsets.UTF_8),
                        terminal)
                .execute(Stream.concat(Stream.of("forecast"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
