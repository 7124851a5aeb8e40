package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.StatusCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.Terminal;
import dev.prescale.testing.CapturedStreams;
import dev.prescale.testing.FakeService;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code prescale status} says, against a service that answers as the API does. */
class StatusRunnerTest {
    private static final String JSON = "application/json;charset=UTF-8";
    private static final String ENDPOINTS = "/api/v1/endpoints";
    private static final String WELL = """
            {"namespace": "shop", "name": "web", "mode": "Scale", "at": "2026-11-25T14:00:00Z", "requestRate": 41.7,
             "history": {"state": "Samples", "message": null, "observedUntil": "2026-11-25T14:00:00Z"},
             "currentReplicas": 18, "readyReplicas": 17, "recommendedReplicas": 19, "minReplicas": 2, "maxReplicas": 40,
             "gate": {"state": "Trusted", "since": "2026-11-20T00:00:00Z", "loss": 0.81, "bestBaseline": "weekNaive", "baselineLoss": 1.2},
             "leadTime": "PT3M", "measuredLeadTime": {}, "loadUnit": "req/s", "requestCosts": null,
             "leadTimeDemand": {"window": "PT3M15S", "quantile": 0.95, "rate": 50.5, "source": "direct"},
             "nextPeak": {"at": "2026-11-25T20:10:00Z", "rate": 83.2},
             "lastDecision": {"at": "2026-11-25T14:00:00Z", "action": "ScaleTo", "replicas": 19, "acted": true,
                              "message": "up to 50.5 req/s need 19 replicas"},
             "warnings": [], "news": "of a newer service"}""";
    private static final String ILL = """
            {"namespace": "infer", "name": "chat", "mode": "Observe", "at": "2026-11-25T14:00:00Z", "requestRate": null,
             "history": {"state": "Stale", "message": "The newest sample is PT6M old.", "observedUntil": null},
             "currentReplicas": null, "readyReplicas": null, "recommendedReplicas": null, "minReplicas": 1, "maxReplicas": 3,
             "gate": {"state": "Distrusted", "since": "2026-11-25T00:00:00Z", "loss": null, "bestBaseline": null, "baselineLoss": null},
             "leadTime": "PT2M", "measuredLeadTime": {}, "loadUnit": "req/s", "requestCosts": null, "leadTimeDemand": null,
             "nextPeak": null, "lastDecision": null, "warnings": ["The journal cannot be written.\\u001b[2J"]}""";

    @TempDir
    private Path folder;

    private final CapturedStreams captured = new CapturedStreams();
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        service.answers(
                ENDPOINTS, 200, JSON, "{\"endpoints\": [%s, %s], \"specificationFaults\": []}".formatted(ILL, WELL));
        service.answers(ENDPOINTS + "/shop/web", 200, JSON, WELL);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void everyEndpointIsALineAndWhatIsOddIsSaidBelowIt() {
        assertThat(run()).isZero();
        assertThat(captured.out()).isEqualTo("""
                endpoint    mode     data           rate  now  ready  asked  next peak                gate        last decision
                infer/chat  Observe  Stale       unknown    ?      ?      ?  -                        Distrusted  -
                  ! The newest sample is PT6M old.
                  ! The journal cannot be written.\uFFFD[2J
                shop/web    Scale    Samples  41.7 req/s   18     17     19  11-25 20:10  83.2 req/s  Trusted     up to 50.5 req/s need 19 replicas
                """);
    }

    @ParameterizedTest(name = "{0} columns")
    @CsvSource({"70", "90", "110", "200"})
    void noLineIsWiderThanTheTerminal(int columns) {
        run(new Terminal(true, true, columns, true, Terminal.Color.NEVER));

        assertThat(captured.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
        assertThat(captured.out()).contains("shop/web", "41.7 req/s", "Trusted");
    }

    @Test
    void warningsAloneAreAnExitCodeForScripts() {
        assertThat(run("--warnings", "--json")).isEqualTo(1);
        assertThat(captured.out()).contains("infer").doesNotContain("shop");
        captured.clear();
        service.answers(ENDPOINTS, 200, JSON, "{\"endpoints\": [%s], \"specificationFaults\": []}".formatted(WELL));
        assertThat(run("--warnings", "--namespace", "shop")).isZero();
        assertThat(service.asked().getLast()).contains("namespace=shop");
        assertThat(captured.out().strip()).isEqualTo("No endpoint to show.");
    }

    @Test
    void pagesBecomeOneTable() throws IOException {
        try (FakeService paged = new FakeService()) {
            paged.answersInTurn(
                    ENDPOINTS,
                    JSON,
                    "{\"endpoints\": [%s], \"next\": \"infer/chat\"}".formatted(ILL),
                    "{\"endpoints\": [%s]}".formatted(WELL));
            assertThat(run("--url", paged.address().toString(), "--json")).isZero();
            assertThat(paged.asked()).hasSize(2);
            assertThat(paged.asked().getLast()).contains("after=infer%2Fchat");
            var answer = new ObjectMapper().readTree(captured.out());
            assertThat(answer.path("endpoints").findValuesAsText("namespace")).containsExactly("infer", "shop");
            assertThat(answer.path("next").isNull()).isTrue();
        }
    }

    @Test
    void oneIsToldInDetail() throws IOException {
        assertThat(run("shop/web")).isZero();
        assertThat(captured.out())
                .contains(
                        "shop/web, mode Scale, at 2026-11-25 14:00:00 UTC",
                        "replicas     18 now, 17 ready, 19 recommended, 2 to 40 allowed",
                        "sized for    50.5 req/s within 195s (quantile 0.95, direct)",
                        "next peak    83.2 req/s at 2026-11-25 20:10:00 UTC, in 6 h 10 min",
                        "gate         Trusted since 2026-11-20 00:00:00 UTC, loss 0.810, best baseline weekNaive 1.20",
                        "19 replicas: up to 50.5 req/s need 19 replicas (carried out)");
        captured.clear();
        assertThat(run("shop/web", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(captured.out())).isEqualTo(new ObjectMapper().readTree(WELL));
    }

    @Test
    void anUnknownOneIsToldWithThoseThatAreMeant() {
        service.answers(ENDPOINTS + "/shop/wep", 404, "application/problem+json", "{\"detail\": \"unknown\"}");

        assertThat(run("shop/wep")).isEqualTo(2);
        assertThat(captured.err())
                .contains("there is no endpoint shop/wep at " + service.address() + "; did you mean shop/web?");
    }

    @Test
    void theTokenIsSentAndShownNowhere() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "s3cret\n");

        assertThat(run("--token-file", file.toString())).isZero();
        assertThat(service.authorizations()).containsExactly("Bearer s3cret");
        service.answers(ENDPOINTS, 401, "text/html", "<html>");
        assertThat(run("--token-file", file.toString())).isEqualTo(1);
        assertThat(captured.err())
                .contains("the service at " + service.address() + " does not accept the token")
                .doesNotContain("s3cret", "PRESCALE_URL");
    }

    @Test
    void withoutATokenOrARoleOneSentenceSaysWhatIsMissing() {
        service.answers(ENDPOINTS, 401, "application/problem+json", "{}");
        assertThat(run()).isEqualTo(1);
        assertThat(captured.err().strip())
                .isEqualTo("prescale: the service at %s answers nobody without a token: give --token-file, or"
                                .formatted(service.address())
                        + " PRESCALE_TOKEN_FILE or PRESCALE_TOKEN");
        captured.clear();
        service.answers(ENDPOINTS, 403, "text/html", "no");
        assertThat(run()).isEqualTo(1);
        assertThat(captured.err()).contains("it needs a role that the token or certificate does not have");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    --cert c.pem                                | --cert and --key must be given together
                    --ca ca.pem                                 | --ca, --cert and --key are for https://
                    --url http://me:pw@h                        | --url (PRESCALE_URL) must be http:// or https:// with a host
                    --token s3cret                              | Unknown option
                    shop/web --warnings                         | give them without a name
                    --watch 1ms                                 | --watch must be a duration from 1s to 1h
                    --url https://h --ca no.pem                 | --ca: no.pem does not exist
                    --token-file no.txt                         | no.txt: there is no such file
                    """)
    void badUsageIsTwo(String arguments, String sentence) {
        assertThat(run(arguments.strip().split("\\s+"))).isEqualTo(2);
        assertThat(captured.err()).contains(sentence);
    }

    private int run(String... arguments) {
        return run(Terminal.NONE, arguments);
    }

    private int run(Terminal terminal, String... arguments) {
        Streams streams = captured.streams(terminal, new byte[0]);
        var connection = new ServiceConnection(name -> null, streams.err(), ServiceConnection.PATIENCE);
        boolean isElsewhere = List.of(arguments).contains("--url");
        return PrescaleCommand.commandLine(
                        List.of(new StatusCommand(new StatusRunner(streams, connection))),
                        "status",
                        new PrintWriter(streams.out(), true),
                        new PrintWriter(streams.err(), true),
                        terminal)
                .execute(Stream.of(
                                Stream.of("status"),
                                isElsewhere
                                        ? Stream.<String>empty()
                                        : Stream.of("--url", service.address().toString()),
                                Stream.of(arguments))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }
}
