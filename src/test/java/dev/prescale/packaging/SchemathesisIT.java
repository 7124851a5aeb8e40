package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.testing.ConsoleService;
import dev.prescale.testing.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemathesis reads the OpenAPI document of a running demo, and asks for all of what it allows and much of what it forbids: no answer
 * fails, none has a status, type or form that is not described.
 */
@Tag("e2e")
class SchemathesisIT {
    private static final long LONGEST_RUN_MINUTES = 10;

    @Test
    void theServiceAnswersAsItsDocumentSays(@TempDir Path folder) throws Exception {
        Path schemathesis = Requirement.cached("schemathesis").orElseThrow(() -> Requirement.missing("schemathesis"));
        // A day takes an hour: what was asked for is still there when the answer is looked at.
        try (ConsoleService demo = ConsoleService.start(folder, Map.of(), "demo", "--day-seconds", "3600")) {
            demo.awaitForecasts();
            String home = demo.home().toString().replaceFirst("/$", "");

            Path told = folder.resolve("schemathesis");
            Process run = new ProcessBuilder(List.of(
                            schemathesis.toString(),
                            "--config-file=" + Path.of("e2e/schemathesis.toml").toAbsolutePath(),
                            "--no-color",
                            "run",
                            home + "/q/openapi?format=json",
                            "--url=" + home,
                            "--phases=examples,coverage,fuzzing"))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(told.toFile())
                    .start();
            assertThat(run.waitFor(LONGEST_RUN_MINUTES, TimeUnit.MINUTES)).isTrue();

            assertThat(run.exitValue()).as(Files.readString(told)).isZero();
            assertThat(demo.errors()).doesNotContain("Request failed, id");
        }
    }
}
