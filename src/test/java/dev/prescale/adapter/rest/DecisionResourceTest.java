package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.aSnapshot;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointSpec;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class DecisionResourceTest {
    @Inject
    FakeFleetView fleet;

    @Inject
    DecisionLog journal;

    @Test
    void theLatestDecisionHasTheObjectOfThePreviewAndItsCircumstances() {
        fleet.shows(aSnapshot("chat").build());

        get("chat/decisions/latest")
                .statusCode(200)
                .body("at", equalTo("2024-01-01T12:00:00Z"))
                .body("endpoint", equalTo("test/chat"))
                .body("mode", equalTo("Scale"))
                .body("acted", equalTo(true))
                .body("notActedReason", nullValue())
                .body("requestRate", equalTo(44f))
                .body("replicas", equalTo(5))
                .body("currentReplicas", equalTo(3))
                .body("action", equalTo("ScaleTo"))
                .body("recommended", equalTo(5))
                .body("proposals.rule", contains("requestRate", "forecast"))
                .body("proposals[1].replicas", nullValue())
                .body("proposals[1].reason", equalTo("Unavailable"))
                .body("trail[0].code", equalTo("TargetTracking"))
                .body("trail[0].rule", equalTo("requestRate"))
                .body("trail[0].from", equalTo(3))
                .body("trail[0].to", equalTo(5))
                .body("trail[0].message", equalTo("44.0 req/s need 5 replicas at 10.0 req/s each"));
    }

    @Test
    void aProposalThatWasMadeHasNoReason() {
        fleet.shows(aSnapshot("chat").build());

        String json = get("chat/decisions/latest").extract().asString();

        assertThat(json).contains("{\"rule\":\"requestRate\",\"replicas\":5,\"message\":\"a sentence\"}");
    }

    @Test
    void beforeTheFirstDecisionThereIsAProblem() {
        fleet.shows(aSnapshot("chat").latest(null).build());

        get("chat/decisions/latest").statusCode(503).body("detail", containsString("test/chat"));
    }

    @Test
    void pagesNewestFirstUntilAllHaveBeenSeen() {
        EndpointSpec paged = Specs.anEndpoint("paged");
        fleet.shows(aSnapshot(paged).build());
        for (int minute = 0; minute < 5; minute++) {
            journal.append(Snapshots.aDecision(paged, Snapshots.NOON.plusSeconds(60 * minute), 3, minute));
        }

        List<Integer> seen = new ArrayList<>();
        String query = "?limit=2";
        int pages = 0;
        while (query != null) {
            JsonPath page =
                    get("paged/decisions" + query).statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("decisions.replicas", Integer.class));
            String next = page.getString("next");
            query = next == null ? null : "?limit=2&to=" + next;
            pages++;
        }

        assertThat(seen).containsExactly(4, 3, 2, 1, 0);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aPageIsBoundedInTime() {
        EndpointSpec bounded = Specs.anEndpoint("bounded");
        fleet.shows(aSnapshot(bounded).build());
        for (int minute = 0; minute < 5; minute++) {
            journal.append(Snapshots.aDecision(bounded, Snapshots.NOON.plusSeconds(60 * minute), 3, minute));
        }

        get("bounded/decisions?from=2024-01-01T12:01:00Z&to=2024-01-01T12:03:00Z")
                .body("decisions.replicas", contains(2, 1))
                .body("next", nullValue());
    }

    @Test
    void aPageOfCodesOrChangesHasOnlyThoseAndGoesOn() {
        EndpointSpec selected = Specs.anEndpoint("selected");
        fleet.shows(aSnapshot(selected).build());
        journal.append(IntStream.range(0, 6)
                .mapToObj(minute -> Snapshots.aDecision(selected, Snapshots.NOON.plusSeconds(60 * minute), 3, minute))
                .toList());

        get("selected/decisions?changed=true").statusCode(200).body("decisions.replicas", contains(5, 4, 2, 1, 0));
        get("selected/decisions?changed=false").body("decisions.replicas", contains(5, 4, 3, 2, 1, 0));
        get("selected/decisions?code=TargetTracking,AboveMaximum&limit=2&changed=true")
                .body("decisions.replicas", contains(5, 4))
                .body("next", equalTo("2024-01-01T12:04:00Z"));
        get("selected/decisions?code=TargetTracking&limit=2&changed=true&to=2024-01-01T12:04:00Z")
                .body("decisions.replicas", contains(2, 1));
        get("selected/decisions?code=AboveMaximum").body("decisions", hasSize(0));
    }

    @Test
    void noDecisionIsLostWhereAPageEndsBetweenTwoOfOneInstant() {
        EndpointSpec twice = Specs.anEndpoint("twice");
        fleet.shows(aSnapshot(twice).build());
        for (int second : new int[] {0, 0, 15, 15, 30}) {
            journal.append(Snapshots.aDecision(twice, Snapshots.NOON.plusSeconds(second), 3, second));
        }

        get("twice/decisions?limit=2")
                .body("decisions.replicas", contains(30))
                .body("next", equalTo("2024-01-01T12:00:30Z"));
        get("twice/decisions?limit=2&to=2024-01-01T12:00:30Z").body("decisions.replicas", contains(15, 15));
        get("twice/decisions?limit=2&to=2024-01-01T12:00:15Z")
                .body("decisions.replicas", contains(0, 0))
                .body("next", nullValue());
    }

    @Test
    void anEndpointWithoutDecisionsHasAnEmptyPage() {
        fleet.shows(aSnapshot("new").build());

        get("new/decisions").statusCode(200).body("decisions", hasSize(0)).body("next", nullValue());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    too many   | limit=1001                                        | limit | from 1 to 1000
                    none       | limit=0                                           | limit | from 1 to 1000
                    no number  | limit=all                                         | limit | from 1 to 1000
                    code       | code=ScaleUpLimited,AboveMaximun                  | code  | did you mean AboveMaximum?
                    no code    | code=why                                          | code  | known are TargetTracking, PresentLoad
                    changed    | changed=yes                                       | changed | must be true or false
                    backwards  | from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z | from  | must be before to
                    """)
    void aBadParameterIsNamedWithItsRange(String name, String query, String parameter, String range) {
        fleet.shows(aSnapshot("chat").build());

        get("chat/decisions?" + query)
                .statusCode(422)
                .body("violations[0].path", equalTo(parameter))
                .body("violations[0].message", containsString(range));
    }

    @Test
    void anUnknownEndpointIsAProblem() {
        get("nobody/decisions").statusCode(404).contentType("application/problem+json");
    }

    private static ValidatableResponse get(String path) {
        return given().get("/api/v1/endpoints/test/" + path).then();
    }
}
