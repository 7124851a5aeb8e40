package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.adapter.cli.FitCommand;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.Terminal;
import dev.prescale.adapter.files.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of {@code prescale fit}: what it prints where, exit codes, what it leaves behind. */
class FitRunnerTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        FitCommand fit = new FitCommand(new FitRunner(new Streams(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                errors,
                Terminal.NONE)));
        List<String> all = new ArrayList<>(List.of("fit"));
        all.addAll(List.of(arguments));
        return PrescaleCommand.commandLine(
                        List.of(fit), "fit", new PrintWriter(out, true), new PrintWriter(errors, true))
                .execute(all.toArray(String[]::new));
    }

    private Path traces() throws IOException {
        Path traces = Files.createDirectories(folder.resolve("traces"));
        for (String name : List.of("chat", "shop")) {
            StringBuilder csv = new StringBuilder("timestamp,value\n");
            for (int t = 0; t < 6 * 288; t++) {
                double wave = 300 * (1.2 + Math.sin(2 * Math.PI * t / 288));
                csv.append(Instant.parse("2024-01-01T00:00:00Z").plusSeconds(300L * t))
                        .append(',')
                        .append(Math.round(wave + t * 7919 % 50 + name.length()))
                        .append('\n');
            }
            Files.writeString(traces.resolve(name + ".csv"), csv);
        }
        return traces;
    }

    @Test
    void writesAModelThatTheServiceCanUseAndPrintsItsScores() throws IOException {
        Path file = folder.resolve("models/tiny.json");
        int exitCode = run(
                traces().toString(), "--quick", "--name", "tiny", "--out", file.toString(), "--seed", "3", "--json");
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(err.toString()).contains("cold start").doesNotContain("\tat ");
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("file").asText()).isEqualTo(file.toString());
        assertThat(json.get("series").toString()).isEqualTo("[\"chat\",\"shop\"]");
        assertThat(json.get("seed").asInt()).isEqualTo(3);
        assertThat(json.get("scores")).hasSize(6);
        assertThat(ModelFile.read(file)).isInstanceOf(ModelFile.Model.class);
        assertThat(ModelFile.cardOf(file)).exists();

        byte[] first = Files.readAllBytes(file);
        run(traces().toString(), "--quick", "--name", "tiny", "--out", file.toString(), "--seed", "3");
        assertThat(Files.readAllBytes(file)).as("the same on a second run").isEqualTo(first);
    }

    @Test
    void reportsEveryFaultyFileAndWritesNothing() throws IOException {
        Path traces = traces();
        Files.writeString(traces.resolve("bad.csv"), "timestamp,value\n2024-01-01T00:00:00Z,many\n");
        Files.writeString(traces.resolve("worse.csv"), "time,count\n");
        Path file = folder.resolve("model.json");
        assertThat(run(traces.toString(), "--quick", "--out", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("bad.csv:2: value must be a number, was 'many'")
                .contains("worse.csv:1: the header must be timestamp,value")
                .contains("prescale: 2 of 4 traces cannot be used; nothing was fitted");
        assertThat(out.toString()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithTheCommand() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("give either a folder of traces or --influx");
        assertThat(run(folder.resolve("absent").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no folder");
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("at least 2 series are needed");
        assertThat(run(traces().toString(), "--name", "../x")).isEqualTo(2);
        assertThat(err.toString()).contains("--name must be of letters");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAFailure() throws IOException {
        Path taken = Files.writeString(folder.resolve("taken"), "a file");
        assertThat(run(
                        traces().toString(),
                        "--quick",
                        "--out",
                        taken.resolve("m.json").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("cannot be written");
    }
}
