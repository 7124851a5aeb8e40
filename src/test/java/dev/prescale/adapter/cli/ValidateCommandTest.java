package dev.prescale.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTest {
    private static final Path GOOD = Path.of("k8s/examples/chat.yaml");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private byte[] stdin = {};

    @Test
    void filesFoldersAndTheStandardInputAreRead() throws IOException {
        stdin = ("\uFEFF"
                        + Files.readString(GOOD)
                                .replace("name: chat", "name: talk")
                                .replace("\n", "\r\n"))
                .getBytes(StandardCharsets.UTF_8);
        Files.copy(GOOD, folder.resolve("chat.yml"));
        Files.writeString(folder.resolve("notes.txt"), "no specification");

        assertThat(run(folder.toString(), "-")).as(err.toString()).isZero();
        assertThat(out.toString().strip()).isEqualTo("2 files, no faults");
    }

    @Test
    void aFaultIsFileLinePathAndWhatIsAllowed() throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"),
                Files.readString(GOOD).replaceFirst("(?m)^  minReplicas:.*$", "  minReplicas: -3"));
        int line = Files.readAllLines(bad).indexOf("  minReplicas: -3") + 1;

        assertThat(run(bad.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .contains("%s:%d: spec.minReplicas: must be a whole number from 0 to 100000, was -3"
                        .formatted(bad, line));
        assertThat(out.toString()).isEmpty();
    }

    /** An editor must have a line to jump to, whatever is wrong. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    empty file        | ''                                            | 1
                    no YAML           | 'a: b\\nc: [d\\ne: f'                         | 3
                    no specification  | 'a: b'                                        | 1
                    a list            | '- a'                                         | 1
                    a key twice       | 'kind: x\\nkind: y'                           | 1
                    no text as key    | 'kind: x\\n? [a]\\n: b'                       | 1
                    unknown alias     | 'kind: x\\nspec: *nowhere'                    | 2
                    second document   | 'kind: x\\n---\\nkind: [y'                    | 4
                    a tag             | 'kind: x\\nspec: !!java.net.URL [x]'          | 2
                    missing key       | 'apiVersion: prescale.dev/v1alpha1\\nkind: PredictiveAutoscaler\\nmetadata: {name: a, namespace: b}\\nspec:\\n  minReplicas: 1' | 4
                    """)
    void everyKindOfFaultHasALine(String name, String text, int line) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), text.replace("\\n", "\n"));

        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .allMatch(fault -> fault.matches("\\Q" + file + "\\E:\\d+: .+"))
                .anyMatch(fault -> fault.startsWith(file + ":" + line + ": "));
    }

    @Test
    void whatCannotBeReadIsAFaultBesideThoseOfOtherFiles() throws IOException {
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, 0, 1});
        Path absent = folder.resolve("absent.yaml");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(run(binary.toString(), absent.toString(), empty.toString(), GOOD.toString()))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        binary + ":1: must be text in UTF-8",
                        absent + ":1: there is no such file",
                        empty + ": has no *.yaml and no *.yml");
    }

    @Test
    void twoSpecificationsOfOneEndpointAreAFault() throws IOException {
        Path copy = Files.copy(GOOD, folder.resolve("copy.yaml"));

        assertThat(run(GOOD.toString(), copy.toString())).isEqualTo(2);
        assertThat(err.toString().strip())
                .matches(
                        "\\Q%s\\E:\\d+: metadata.name: is also the name of an endpoint in \\Q%s\\E:\\d+, was inference/chat"
                                .formatted(copy, GOOD));
    }

    @Test
    void jsonHasEverythingAndTheExitCodeStays() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "kind: [");

        assertThat(run("--json", GOOD.toString(), bad.toString())).isEqualTo(2);
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.get("valid").booleanValue()).isFalse();
        assertThat(result.at("/endpoints/0").asText()).isEqualTo("inference/chat");
        assertThat(result.at("/faults/0/file").asText()).isEqualTo(bad.toString());
        assertThat(result.at("/faults/0/line").intValue()).isPositive();
        assertThat(err.toString()).isEmpty();
    }

    private int run(String... arguments) {
        return PrescaleCommand.commandLine(
                        List.of(new ValidateCommand(new ByteArrayInputStream(stdin))),
                        "validate",
                        new PrintWriter(out),
                        new PrintWriter(err))
                .execute(Stream.concat(Stream.of("validate"), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
