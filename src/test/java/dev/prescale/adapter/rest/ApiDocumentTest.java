package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class ApiDocumentTest {
    @Test
    void everyCallIsDescribed() {
        JsonPath document = given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");

        assertThat(document.getString("info.title")).isEqualTo("Prescale");
        assertThat(paths)
                .containsKeys(
                        "/api/v1/endpoints",
                        "/api/v1/endpoints/{namespace}/{name}",
                        "/api/v1/endpoints/{namespace}/{name}/accuracy",
                        "/api/v1/endpoints/{namespace}/{name}/forecast",
                        "/api/v1/endpoints/{namespace}/{name}/history",
                        "/api/v1/endpoints/{namespace}/{name}/decisions",
                        "/api/v1/endpoints/{namespace}/{name}/decisions/latest",
                        "/api/v1/endpoints/{namespace}/{name}/metric",
                        "/api/v1/endpoints/{namespace}/{name}/replicas",
                        "/api/v1/backtests",
                        "/api/v1/backtests/{id}",
                        "/api/v1/backtests/{id}/decisions",
                        "/api/v1/backtests/{id}/events",
                        "/api/v1/backtests/{id}/replay",
                        "/api/v1/backtests/{id}/report",
                        "/api/v1/datasets",
                        "/api/v1/endpoints/{namespace}/{name}/specification",
                        "/api/v1/specifications/validation",
                        "/api/v1/events",
                        "/api/v1/forecast",
                        "/api/v1/preview",
                        "/api/v1/recommendation",
                        "/api/v1/samples");
        paths.forEach((path, operations) -> operations.forEach((method, operation) ->
                assertThat(operation).as("%s %s", method, path).containsKeys("summary", "responses")));
    }

    /** Swagger UI and generated clients send the token then, where there is one. */
    @Test
    void everyCallMayCarryAToken() {
        JsonPath document =
                given().get("/q/openapi?format=json").then().extract().jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");

        assertThat(document.getMap("components.securitySchemes")).containsOnlyKeys("bearer");
        assertThat(document.getString("components.securitySchemes.bearer.scheme"))
                .isEqualTo("bearer");
        assertThat(paths.entrySet())
                .filteredOn(path -> path.getKey().startsWith("/api/"))
                .flatExtracting(path -> path.getValue().entrySet())
                .filteredOn(
                        operation -> operation.getValue() instanceof Map<?, ?> map && map.containsKey("operationId"))
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.getValue().get("security"))
                        .as(operation.getKey())
                        .isEqualTo(List.of(Map.of("bearer", List.of()), Map.of())));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonPath document =
                given().get("/q/openapi?format=json").then().extract().jsonPath();
        Map<String, Object> responses = document.getMap("components.responses");

        assertThat(document.prettify().lines().filter(line -> line.contains("#/components/responses/")))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(responses).containsKey(line.replaceAll(".*#/components/responses/(\\w+).*", "$1")));
    }

    @Test
    void everyAnswerHasAnExampleThatItsSchemaAllows() throws Exception {
        JsonNode document = new ObjectMapper()
                .readTree(given().get("/q/openapi?format=json").body().asByteArray());
        JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        List<String> faults = new ArrayList<>();

        contents(document).forEach((where, content) -> {
            JsonNode examples = content.path("examples");
            if (examples.isEmpty()) {
                faults.add(where + " has no example");
            }
            // YAML is described in words: it is an object to some readers and a text to others
            ObjectNode schema = content.path("schema").isObject()
                    ? content.path("schema").deepCopy()
                    : JsonNodeFactory.instance.objectNode();
            schema.set("components", document.path("components"));
            examples.forEach(example -> schemas.getSchema(schema)
                    .validate(example.path("value"))
                    .forEach(fault -> faults.add(where + ": " + fault)));
        });

        assertThat(faults).isEmpty();
    }

    /** What goes out and comes in as JSON or as text, each under its operation and status; streams of events are described in words. */
    private static Map<String, JsonNode> contents(JsonNode document) {
        Map<String, JsonNode> contents = new TreeMap<>();
        document.path("components")
                .path("responses")
                .properties()
                .forEach(response -> contents.put(
                        response.getKey(), response.getValue().path("content").path("application/problem+json")));
        document.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .flatMap(path -> path.getValue().properties().stream())
                .map(Map.Entry::getValue)
                .filter(operation -> operation.has("operationId"))
                .forEach(operation -> {
                    String name = operation.path("operationId").asText();
                    operation
                            .path("requestBody")
                            .path("content")
                            .properties()
                            .forEach(content -> contents.put(name + " body " + content.getKey(), content.getValue()));
                    operation
                            .path("responses")
                            .properties()
                            .forEach(response -> response.getValue().path("content").properties().stream()
                                    .filter(content -> !content.getKey().equals("text/event-stream"))
                                    .forEach(content -> contents.put(
                                            "%s %s %s".formatted(name, response.getKey(), content.getKey()),
                                            content.getValue())));
                });
        return contents;
    }

    @Test
    void theApiCanBeTriedInABrowser() {
        given().get("/q/swagger-ui/").then().statusCode(200);
    }
}
