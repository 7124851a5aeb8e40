package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ExplainCommand;
import dev.prescale.adapter.cli.ServiceAccess;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.Terminal;
import dev.prescale.control.EndpointId;
import dev.prescale.testing.FakeService;
import dev.prescale.testing.PackagedApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code prescale explain} says, against a service that answers as the API does. */
class ExplainRunnerTest {
    private static final String JSON = "application/json;charset=UTF-8";
    private static final String PROBLEM = "application/problem+json";
    private static final String DECISIONS = "/api/v1/endpoints/shop/web/decisions";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String LIMITED = """
            {"at": "2026-11-25T14:02:15Z", "endpoint": "shop/web", "mode": "Observe", "acted": false,
             "notActedReason": "mode Observe decides and journals only", "requestRate": 44.0, "readyReplicas": 3,
             "replicas": 7, "currentReplicas": 3, "action": "ScaleTo",
             "proposals": [{"rule": "requestRate", "replicas": null, "reason": "ForecastTrusted"},
                           {"rule": "presentLoad", "replicas": 5},
                           {"rule": "cpu", "replicas": null, "reason": "NoData"},
                           {"rule": "forecast", "replicas": 9}],
             "recommended": 9,
             "trail": [{"code": "ForecastPreScale", "rule": "forecast", "from": 3, "to": 9,
                        "message": "up to 84.0 req/s need 9 replicas at 10.0 req/s each until what is ordered now serves, 3 min ahead (quantile 0.95)"},
                       {"code": "ScaleUpLimited", "rule": "scaleUp", "from": 9, "to": 7,
                        "message": "the scale-up policies allow at most 7 replicas now"}]}""";
    private static final String HELD = """
            {"at": "2026-11-25T14:02:30.250Z", "endpoint": "shop/web", "mode": "Scale", "acted": false,
             "notActedReason": "nothing to do", "requestRate": null, "readyReplicas": 1,
             "replicas": 1, "currentReplicas": 1, "action": "Hold", "news": "of a newer service",
             "proposals": [{"rule": "requestRate", "replicas": null, "reason": "StaleData"}],
             "recommended": 1,
             "trail": [{"code": "StaleData", "rule": "requestRate", "from": 1, "to": 1,
                        "message": "the newest data for requestRate are 6 min old: no replicas are taken away"}]}""";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        service.answers(DECISIONS, 200, JSON, page(LIMITED));
        service.answers(DECISIONS + "/latest", 200, JSON, HELD);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void tellsInWordsWhatWasAskedWhatWonAndWhatLimitedIt() {
        assertThat(run(present(3))).isZero();

        assertThat(out()).isEqualTo("""
                2026-11-25 14:02:15 UTC  shop/web  3 -> 7 replicas (not carried out: mode Observe decides and journals only)
                  seen: 44.0 req/s, 3 of 3 replicas ready
                  requestRate gives no number: a trusted forecast is the headroom
                  presentLoad asks for 5 replicas
                  cpu gives no number: there are no data
                  forecast asks for 9 replicas, which wins
                  the rules recommend 9 replicas, 7 after limits
                  1. 3 -> 9  forecast: up to 84.0 req/s need 9 replicas at 10.0 req/s each until what is ordered now serves, 3 min ahead (quantile 0.95) [ForecastPreScale]
                  2. 9 -> 7  scaleUp: the scale-up policies allow at most 7 replicas now [ScaleUpLimited]

                2026-11-25 14:02:30 UTC  shop/web  1 replica, no change
                  seen: request rate unknown, 1 of 1 replica ready
                  requestRate gives no number: the newest data are too old
                  1. stays 1  requestRate: the newest data for requestRate are 6 min old: no replicas are taken away [StaleData]
                """);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void theDecisionOfTheLastCycleIsShownOnce() {
        service.answers(DECISIONS + "/latest", 200, JSON, LIMITED);

        run(present(3));

        assertThat(out()).containsOnlyOnce("2026-11-25 14:02:15 UTC");
    }

    @Test
    void noMoreAreShownThanAskedFor() {
        run(present(1));

        assertThat(out()).startsWith("2026-11-25 14:02:30 UTC").doesNotContain("14:02:15");
    }

    @Test
    void ofARangeItSaysWhereOlderOnesAre() {
        service.answers(DECISIONS, 200, JSON, page(LIMITED).replace("null}", "\"2026-11-25T14:02:15Z\"}"));

        run(options(service.address(), Optional.empty(), false, List.of("ScaleUpLimited")));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("There are older ones: --to 2026-11-25T14:02:15Z%n".formatted());
    }

    @Test
    void aMomentAsksForTheDecisionInForce() {
        run(options(service.address(), Optional.of(Instant.parse("2026-11-25T14:02:20Z")), false, List.of()));

        assertThat(out())
                .startsWith("in force at 2026-11-25 14:02:20 UTC:\n\n2026-11-25 14:02:15 UTC  shop/web  3 -> 7");
        assertThat(service.asked()).containsExactly(DECISIONS + "?to=2026-11-25T14%3A02%3A20.000000001Z&limit=1");
    }

    @Test
    void codesAndChangesAreLeftToTheServiceAndEveryFaultItNamesIsShown() {
        service.answers(DECISIONS, 422, PROBLEM, """
                {"detail": "2 faults; the first: ...", "violations": [
                 {"path": "code", "value": "A", "message": "has a name that is not known; did you mean B?"},
                 {"path": "code", "value": "C", "message": "has a name that is not known"}]}""");

        assertFault(2, () -> run(options(service.address(), Optional.empty(), true, List.of("A", "C"))))
                .isEqualTo("""
                        code has a name that is not known; did you mean B?, was A
                          code has a name that is not known, was C""");
        assertThat(service.asked()).containsExactly(DECISIONS + "?limit=3&changed=true&code=A%2CC");
    }

    @Test
    void jsonIsWhatTheServiceAnswered() throws IOException {
        run(options(service.address(), Optional.empty(), true, List.of()));

        JsonNode printed = new ObjectMapper().readTree(out());
        assertThat(printed.get("endpoint").asText()).isEqualTo("shop/web");
        assertThat(printed.get("decisions").get(0)).isEqualTo(new ObjectMapper().readTree(LIMITED));
        assertThat(printed.get("next").isNull()).isTrue();
    }

    @Test
    void beforeTheFirstDecisionThatIsSaid() {
        service.answers(DECISIONS, 200, JSON, page());
        service.answers(
                DECISIONS + "/latest", 503, PROBLEM, "{\"detail\": \"Nothing has been decided for shop/web yet.\"}");

        assertThat(run(present(3))).isZero();
        assertThat(out()).isEqualTo("Nothing has been decided for shop/web yet.\n");
    }

    @Test
    void aTimeWithoutDecisionsSaysHowLongTheyAreKept() {
        service.answers(DECISIONS, 200, JSON, page());

        assertThat(run(options(
                        service.address(), Optional.of(Instant.parse("2020-01-01T00:00:00Z")), false, List.of())))
                .isZero();
        assertThat(out())
                .startsWith("The journal has no decision for shop/web until 2020-01-01 00:00:00 UTC.")
                .contains("PRESCALE_JOURNAL_RETENTION");
    }

    @Test
    void anUnknownEndpointComesWithTheNearestNames() {
        service.answers(DECISIONS, 404, PROBLEM, "{\"detail\": \"There is no endpoint shop/web\"}");
        service.answers("/api/v1/endpoints", 200, JSON, endpoints("shop/webs", "chat/llm", "shop/wep"));

        assertFault(2, () -> run(present(3)))
                .isEqualTo("there is no endpoint shop/web at %s; did you mean shop/webs or shop/wep?"
                        .formatted(service.address()));
    }

    @Test
    void whereNoneIsNearSomeAreNamed() {
        service.answers(DECISIONS, 404, PROBLEM, "{\"detail\": \"There is no endpoint shop/web\"}");
        service.answers("/api/v1/endpoints", 200, JSON, endpoints("n/a1", "n/a2", "n/a3", "n/a4", "n/a5", "n/a6"));

        assertFault(2, () -> run(present(3))).endsWith("; there are n/a1, n/a2, n/a3, n/a4, n/a5 and 1 more");
    }

    @Test
    void aServiceThatIsNotThereIsOneLine() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + PackagedApplication.freePort());

        assertFault(1, () -> run(options(nobody, Optional.empty(), false, List.of())))
                .startsWith("no service can be reached at %s (connection refused)".formatted(nobody))
                .contains("PRESCALE_URL")
                .hasLineCount(1);
    }

    @Test
    void aServiceThatDoesNotAnswerIsNotWaitedForLong() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            ExplainRunner impatient = runner(Duration.ofMillis(1));
            assertFault(1, () -> impatient.run(options(address, Optional.empty(), false, List.of())))
                    .contains("has not answered within");
        }
    }

    @Test
    void whatIsNoPrescaleIsSaidToBeNone() {
        service.answers(DECISIONS, 200, "text/html", "<html>");
        assertFault(1, () -> run(present(3)))
                .startsWith("what answers at %s is no Prescale service: status 200, text/html"
                        .formatted(service.address()));
        service.answers(DECISIONS, 200, JSON, "{");
        assertFault(1, () -> run(present(3))).contains("what is no JSON");
        service.answers(DECISIONS, 200, JSON, page("{\"at\": 1}"));
        assertFault(1, () -> run(present(3))).contains("in a way that this version does not know");
        service.answers(DECISIONS, 500, PROBLEM, "{\"detail\": \"disk full\"}");
        assertFault(1, () -> run(present(3)))
                .startsWith("the service at %s failed: disk full".formatted(service.address()));
    }

    private ExplainCommand.Options present(int most) {
        return new ExplainCommand.Options(
                new EndpointId("shop", "web"),
                ServiceAccess.of(service.address()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                most,
                false,
                List.of(),
                false);
    }

    /** Of decisions that changed the number, where {@code changedOnly}, as JSON where there are no codes. */
    private static ExplainCommand.Options options(
            URI address, Optional<Instant> at, boolean changedOnly, List<String> codes) {
        return new ExplainCommand.Options(
                new EndpointId("shop", "web"),
                ServiceAccess.of(address),
                at,
                Optional.empty(),
                Optional.empty(),
                3,
                changedOnly,
                codes,
                changedOnly && codes.isEmpty());
    }

    private int run(ExplainCommand.Options options) {
        return runner(PATIENCE).run(options);
    }

    private ExplainRunner runner(Duration patience) {
        Streams streams = new Streams(InputStream.nullInputStream(), stream(out), stream(err), Terminal.NONE);
        return new ExplainRunner(streams, new ServiceConnection(name -> null, streams.err(), patience));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static AbstractStringAssert<?> assertFault(int exitCode, ThrowingCallable run) {
        CommandFault[] thrown = new CommandFault[1];
        assertThatExceptionOfType(CommandFault.class).isThrownBy(run).satisfies(fault -> thrown[0] = fault);
        assertThat(thrown[0].exitCode()).isEqualTo(exitCode);
        return assertThat(thrown[0].getMessage());
    }

    private static String page(String... decisions) {
        return "{\"endpoint\": \"shop/web\", \"decisions\": [%s], \"next\": null}"
                .formatted(String.join(",", decisions));
    }

    private static String endpoints(String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            String[] parts = name.split("/");
            text.append(text.isEmpty() ? "" : ",")
                    .append("{\"namespace\": \"%s\", \"name\": \"%s\"}".formatted(parts[0], parts[1]));
        }
        return "{\"endpoints\": [%s], \"specificationFaults\": []}".formatted(text);
    }
}
