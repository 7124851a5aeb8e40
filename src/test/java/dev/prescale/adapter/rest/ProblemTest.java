package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Faults that no resource sees. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class ProblemTest {
    @Inject
    FakeFleetView fleet;

    @Test
    void anUnknownPathIsAProblem() {
        assertProblem(given().get("/api/v1/nothing").then(), 404).body("title", equalTo("Not Found"));
        assertProblem(given().get("/api/v1/endpoints/a/b/c/d").then(), 404);
        assertProblem(given().get("/nothing").then(), 404);
        assertProblem(given().get("/api/v2").then(), 404);
    }

    @Test
    void aWrongMethodIsAProblem() {
        assertProblem(given().delete("/api/v1/endpoints").then(), 405).header("Allow", containsString("GET"));
        assertProblem(given().get("/api/v1/samples").then(), 405).header("Allow", equalTo("POST"));
    }

    @Test
    void anAcceptHeaderThatCannotBeServedIsAProblem() {
        assertProblem(given().accept("image/png").get("/api/v1/endpoints").then(), 406);
    }

    @Test
    void aFaultOfOursShowsAnIdAndNothingElse() {
        fleet.fails(new IllegalStateException("token=secret"));

        String body = assertProblem(given().get("/api/v1/endpoints").then(), 500)
                .extract()
                .asString();

        assertThat(body).contains("under id ").doesNotContain("secret").doesNotContain("Exception");
        fleet.shows();
    }

    private static ValidatableResponse assertProblem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status));
    }
}
