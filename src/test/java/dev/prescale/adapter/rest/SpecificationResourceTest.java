package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Specifications as text: every fault with its line, whatever the text is. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class SpecificationResourceTest {
    private static final String PATH = "/api/v1/specifications/validation";
    private static final RestAssuredConfig AS_IT_IS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs("application/yaml", ContentType.TEXT));

    @Inject
    FakeFleetView fleet;

    @Test
    void theSpecificationInForceIsShownAndValid() {
        fleet.shows(PageFixture.checkout());
        String text = given().get("/api/v1/endpoints/test/checkout/specification")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .body(containsString("# what test/checkout is scaled by"))
                .extract()
                .asString();

        validate(text).body("valid", equalTo(true)).body("faults", empty()).body("endpoint", equalTo("test/checkout"));
        given().get("/api/v1/endpoints/test/nobody/specification")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        fleet.shows();
    }

    @Test
    void everyFaultHasItsLinePathAndValue() {
        validate("""
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: chat, namespace: inference}
                spec:
                  scaleTargetRef: {name: chat}
                  minReplicas: -3
                  maxReplicaz: 5
                  maxReplicas: 40
                  traffic: {influx: {bucket: b, measurement: m, field: count, kind: Count}}
                  capacity: {perReplica: {requestRate: 12}}
                """)
                .body("valid", equalTo(false))
                .body("endpoint", equalTo("inference/chat"))
                .body("faults", hasSize(2))
                .body("faults.find { it.line == 6 }.path", equalTo("spec.minReplicas"))
                .body("faults.find { it.line == 6 }.value", equalTo(-3))
                .body("faults.find { it.line == 7 }.message", containsString("did you mean maxReplicas?"));
    }

    @Test
    void ofSeveralDocumentsNoneIsTheEndpoint() {
        fleet.shows(PageFixture.checkout());
        String one =
                given().get("/api/v1/endpoints/test/checkout/specification").asString();
        validate(one + "---\n" + one.replace("checkout", "chat"))
                .body("valid", equalTo(true))
                .body("endpoint", nullValue());
        fleet.shows();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("nothing", "", "must have a specification, is empty"),
                Arguments.of("comments", "# nothing\n---\n# again", "must have a specification, is empty"),
                Arguments.of("a tab", "spec:\n\tminReplicas: 1", "is not valid YAML at line 2"),
                Arguments.of("a control character", "spec: \u0001", "is not valid YAML from line 1 on"),
                Arguments.of("deep", "[".repeat(10_000), "Nesting Depth exceeded max"),
                Arguments.of(
                        "a type of the library", "!!javax.script.ScriptEngineManager []", "Global tag is not allowed"),
                Arguments.of("recursion", "a: &x [*x]", "contains itself"),
                Arguments.of("laughter", laughter(), "after its aliases are expanded"),
                Arguments.of("many documents", "---\n".repeat(60_000), "must have at most 1000 documents"),
                Arguments.of("one scalar", "x".repeat(200_000), "must be an object"),
                Arguments.of("a million-digit number", "spec: " + "9".repeat(200_000), "must be an object"));
    }

    private static String laughter() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        return laughs.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void aHostileTextIsAnsweredToo(String name, String text, String fault) {
        validate(text).body("valid", equalTo(false)).body("faults.message", hasItem(containsString(fault)));
    }

    @Test
    void thereAreNoMoreFaultsThanHelp() {
        StringBuilder keys = new StringBuilder("spec:\n");
        for (int key = 0; key < 20_000; key++) {
            keys.append("  k").append(key).append(": 1\n");
        }
        validate(keys.toString()).body("faults", hasSize(SpecificationValidation.MOST_FAULTS));
    }

    @Test
    void whatIsNoTextIsAProblem() {
        given().config(AS_IT_IS)
                .contentType("application/yaml")
                .body(new byte[] {(byte) 0xff, (byte) 0xfe, 0})
                .post(PATH)
                .then()
                .statusCode(400)
                .body("detail", equalTo("The body is not UTF-8."));
        given().config(AS_IT_IS)
                .contentType("application/yaml")
                .body("#".repeat(SpecificationResource.MOST_BYTES + 1))
                .post(PATH)
                .then()
                .statusCode(413);
        given().contentType(ContentType.JSON)
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(415)
                .body("detail", containsString("application/yaml or text/plain"));
        given().get(PATH).then().statusCode(405).header("Allow", equalTo("POST"));
    }

    private static ValidatableResponse validate(String text) {
        return given().config(AS_IT_IS)
                .contentType("application/yaml")
                .body(text.getBytes(StandardCharsets.UTF_8))
                .post(PATH)
                .then()
                .statusCode(200);
    }
}
