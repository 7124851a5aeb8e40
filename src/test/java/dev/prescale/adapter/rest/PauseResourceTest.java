package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.prescale.config.ReadResult;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.PauseNote;
import dev.prescale.control.Pauses;
import dev.prescale.testing.Snapshots;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class PauseResourceTest {
    @Inject
    FakeFleetView fleet;

    private final FakePauses pauses = new FakePauses();

    @BeforeEach
    void showOne() {
        fleet.shows(Snapshots.aSnapshot("chat").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume"})
    void whereNobodyIsOperatorNobodyMay(String order) {
        given().contentType("application/json")
                .post("/api/v1/endpoints/test/chat/" + order)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("PRESCALE_OPERATOR_TOKEN"));
        given().get("/api/v1/endpoints/test/chat/" + order)
                .then()
                .statusCode(405)
                .header("Allow", equalTo("POST"));
    }

    @Test
    void anOperatorsPauseTellsWhoWhenAndWhy() {
        PauseNote note = new PauseNote("ada", Snapshots.NOON, "migration");
        pauses.answers(new Pauses.Done(true, new Pausing(true, false, note)));

        assertThat(pause("{\"reason\": \" migration \"}", caller("ada", true)))
                .isEqualTo(new PauseResource.Answer(
                        "test/chat", true, new PauseState("ada", Snapshots.NOON, "migration")));

        assertThat(pauses.note()).isEqualTo(note);
    }

    @Test
    void aPauseNeedsNoReason() {
        pauses.answers(new Pauses.Done(true, new Pausing(true, false)));

        pause("", caller("ada", true));
        assertThat(pauses.note()).isEqualTo(new PauseNote("ada", Snapshots.NOON, null));
        pause("{}", caller("ada", true));
        assertThat(pauses.note()).isEqualTo(new PauseNote("ada", Snapshots.NOON, null));
    }

    @Test
    void aNameIsOneShortLine() {
        pauses.answers(new Pauses.Done(true, new Pausing(true, false)));

        pause("", caller("ada\n2024 INFO forged\u202e" + "x".repeat(1_000), true));

        assertThat(pauses.note().by()).hasSize(250).startsWith("ada?2024 INFO forged?x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"reason": "two\\nlines"}     | 422
                    {"reason": "turned\\u202e"}   | 422
                    {"reason": 1}                 | 422
                    {"because": "x"}              | 422
                    []                            | 422
                    {"reason": "x"                | 400
                    """)
    void aBadBodyIsAProblem(String body, int status) {
        assertThatThrownBy(() -> pause(body, caller("ada", true)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        fault -> assertThat(fault.problem().status()).isEqualTo(status));
    }

    @Test
    void aBodyIsBounded() {
        assertThatThrownBy(() -> pause("{\"reason\": \"%s\"}".formatted("x".repeat(501)), caller("ada", true)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        fault -> assertThat(fault.problem().status()).isEqualTo(422));
        assertThatThrownBy(() -> pause(" ".repeat(8_193), caller("ada", true)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        fault -> assertThat(fault.problem().status()).isEqualTo(413));
    }

    @Test
    void aReaderMayNot() {
        assertThatThrownBy(() -> pause("", caller("ada", false))).hasMessage("This needs the role prescale-operator.");
        assertThatThrownBy(() -> pause("", caller(null, false))).hasMessage("This needs the role prescale-operator.");
    }

    @Test
    void whatBecameOfItIsTold() {
        SecurityContext ada = caller("ada", true);
        assertStatus(new Pauses.NotOurs("take it out of chat.yaml"), ada, 409);
        assertStatus(new Pauses.NotThere(), ada, 404);
        assertStatus(new Pauses.Unavailable("the API server is away"), ada, 503);
    }

    private void assertStatus(Pauses.Outcome outcome, SecurityContext caller, int status) {
        pauses.answers(outcome);
        assertThatThrownBy(() -> pause("", caller))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        fault -> assertThat(fault.problem().status()).isEqualTo(status));
    }

    private PauseResource.Answer pause(String body, SecurityContext caller) {
        var settings = (ReadResult.Valid<Settings>)
                Settings.read(Map.of("prescale.operator-token", "operator-0123456789")::get);
        return new PauseResource(
                        new EndpointLookup(fleet),
                        pauses,
                        () -> Snapshots.NOON,
                        new StateRevision(List::of),
                        settings.value())
                .pause(
                        "test",
                        "chat",
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                        empty(HttpHeaders.class),
                        empty(UriInfo.class),
                        caller);
    }

    /** Of a request without headers and parameters. */
    private static <T> T empty(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getReturnType().equals(MultivaluedMap.class) ? new MultivaluedHashMap<>() : null));
    }

    private static SecurityContext caller(String name, boolean isOperator) {
        return new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return name == null ? null : () -> name;
            }

            @Override
            public boolean isUserInRole(String role) {
                return isOperator && role.equals("prescale-operator");
            }

            @Override
            public boolean isSecure() {
                return false;
            }

            @Override
            public String getAuthenticationScheme() {
                return "Bearer";
            }
        };
    }
}
