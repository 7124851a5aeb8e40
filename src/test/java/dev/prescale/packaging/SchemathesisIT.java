package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prescale.testing.PackagedApplication;
import dev.prescale.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final long LONGEST_RUN_MINUTES = 10;

    @Test
    void theServiceAnswersAsItsDocumentSays(@TempDir Path folder) throws Exception {
        Path schemathesis = Requirement.cached("schemathesis").orElseThrow(() -> Requirement.missing("schemathesis"));
        int port = PackagedApplication.freePort();
        Path datasets = Path.of("datasets").toAbsolutePath();
        Files.createSymbolicLink(folder.resolve("datasets"), datasets);
        Map<String, String> environment = Map.of(
                "PRESCALE_HTTP_PORT",
                "" + port,
                "PRESCALE_DATA",
                folder.resolve("data").toString());
        String home = "http://127.0.0.1:" + port;
        // A day takes an hour: what was asked for is still there when the answer is looked at.
        try (PackagedApplication demo =
                PackagedApplication.start(folder, environment, "demo", "--day-seconds", "3600")) {
            await().atMost(LONGEST_START).until(() -> isForecast(home));

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
            assertThat(demo.err()).doesNotContain("Request failed, id");
        }
    }

    /** Whether every endpoint of the demo has its forecast, so that no answer is "not yet". */
    private static boolean isForecast(String home) throws Exception {
        try {
            String fleet = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(home + "/api/v1/endpoints"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return fleet.contains("\"nextPeak\":{") && !fleet.contains("\"nextPeak\":null");
        } catch (IOException notYet) {
            return false;
        }
    }
}
