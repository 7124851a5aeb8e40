package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.testing.DailyCycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in a real shell: completion, pipes, exit codes, what a terminal sees. */
@Tag("e2e")
class ShellIT {
    private static final long LONGEST_SECONDS = 120;

    /** What bash completes; {@code compopt} is at home in a running completion only. */
    private static final String COMPLETE = """
            compopt() { :; }
            complete_words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _complete_prescale; echo "${COMPREPLY[@]}"; }
            """;

    @TempDir
    private Path folder;

    private record Ran(int exitCode, List<String> out, String err) {}

    @Test
    void bashCompletesCommandsOptionsAndTheirWords() throws Exception {
        Ran ran = bash("""
                source <(prescale completion bash)
                complete -p prescale
                %s
                complete_words prescale fore
                complete_words prescale backtest --repo
                complete_words prescale backtest --policies hol
                complete_words prescale explain --code AboveM
                complete_words prescale forecast --unit ''
                complete_words prescale completion ''
                complete_words prescale status --token
                """.formatted(COMPLETE));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsExactly(
                        "complete -o default -F _complete_prescale prescale",
                        "forecast",
                        "--report",
                        "holtWinters",
                        "AboveMaximum",
                        "count rate",
                        "bash zsh",
                        "--token-file");
    }

    @Test
    void pipesAndExitCodesAreThoseOfAnyProgram() throws Exception {
        DailyCycle.csv(folder, 3);
        Ran ran = bash("""
                gzip -c shop.csv | prescale forecast - --horizon 1h --json | cut -c 1-32
                echo "forecast ${PIPESTATUS[1]}"
                prescale forecast shop.csv --horizon 1h --out f.csv | head -1 > /dev/null
                head -2 f.csv | cut -d , -f 1
                prescale crd | head -1
                printf 'timestamp,value\\n2024-01-01T00:00:00Z,x\\n' | prescale forecast -
                echo "bad input $?"
                prescale status --url http://127.0.0.1:1
                echo "failed $?"
                prescale --color always nonsense 2> fault
                echo "usage $?"
                cat -v < fault | head -1 | cut -c 1-20
                """);

        assertThat(ran.out())
                .containsExactly(
                        "{\"origin\":\"2024-01-04T00:00:00Z\"",
                        "forecast 0",
                        "timestamp",
                        "2024-01-04T00:00:00Z",
                        "# Printed by prescale crd.",
                        "bad input 2",
                        "failed 1",
                        "usage 2",
                        "^[[31mprescale:^[[39");
        assertThat(ran.err().lines())
                .containsExactly(
                        "prescale: nothing was forecast:",
                        "  stdin:2: value must be a number, was 'x'",
                        "prescale: no service can be reached at http://127.0.0.1:1 (connection refused). Is it running there?"
                                + " --url or PRESCALE_URL say where the service is.");
    }

    private Ran bash(String script) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("prescale.artifact", "target/quarkus-app/quarkus-run.jar"))
                .toAbsolutePath();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        List<String> command = new ArrayList<>(List.of("bash", "-c"));
        command.add("prescale() { '%s' --enable-native-access=ALL-UNNAMED -jar '%s' \"$@\"; }%n%s"
                .formatted(java, jar, script));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PRESCALE_"));
        Process process = builder.start();
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    }
}
