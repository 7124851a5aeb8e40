package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.Map;
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
                        "/api/v1/backtests/{id}/events",
                        "/api/v1/events",
                        "/api/v1/forecast",
                        "/api/v1/preview",
                        "/api/v1/recommendation",
                        "/api/v1/samples");
        paths.forEach((path, operations) -> operations.forEach((method, operation) ->
                assertThat(operation).as("%s %s", method, path).containsKeys("summary", "responses")));
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
    void theApiCanBeTriedInABrowser() {
        given().get("/q/swagger-ui/").then().statusCode(200);
    }
}
