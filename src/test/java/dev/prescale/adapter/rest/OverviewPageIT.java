package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.Snapshots;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The overview in a real browser. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
@Tag("e2e")
class OverviewPageIT extends PageVisits {
    @Test
    void theOverviewHasARowPerEndpoint() {
        Page page = on(Screen.DESKTOP).open("#/").page();

        Locator rows = page.locator(".endpoints tbody tr");
        assertThat(rows).hasCount(2);
        assertThat(rows.nth(0)).containsText("chat");
        assertThat(rows.nth(0)).containsText("The newest sample is 420 s old.");
        assertThat(rows.nth(0).locator(".cell-rate strong")).hasText("–");
        assertThat(rows.nth(0).locator(".cell-rate .unit")).isHidden();
        assertThat(rows.nth(1).locator(".cell-name")).containsText("checkout");
        assertThat(rows.nth(1).locator(".cell-rate")).hasText("44.0 req/s");
        assertThat(rows.nth(1).locator(".cell-replicas")).containsText("3 → 5");
        assertThat(rows.nth(1).locator(".cell-replicas")).containsText("2 ready");
        assertThat(rows.nth(1).locator(".cell-peak")).containsText("200 req/s");
        assertThat(rows.nth(1).locator(".cell-gate")).hasText("Trusted");
        assertThat(page.locator("#connection")).hasText("live");
        assertThat(page.locator("#server-time")).hasText("Mon 1 Jan, 12:00:00 UTC");
    }

    @Test
    void aSparklineLiftsThePenAtAGap() {
        on(Screen.DESKTOP).open("#/");

        Locator line = visit.page().locator(".endpoints tr:has-text('checkout') .spark-observed");
        // Two strokes: midnight to 03:00 and 04:00 to noon.
        assertThat(line).hasAttribute("d", Pattern.compile("M[^M]+M[^M]+"));
    }

    @Test
    void anEndpointIsOpenedByKeyboard() {
        Page page = on(Screen.DESKTOP).open("#/").page();

        Locator link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("checkout"));
        link.focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("h1")).hasText("checkout");
        assertThat(page.locator(".plot canvas")).hasCount(2);
        assertThat(page.locator("main")).isFocused();
    }

    @Test
    void aCycleShowsWithoutAReload() {
        Page page = on(Screen.DESKTOP).open("#/").page();
        Locator rate = page.locator(".endpoints tr:has-text('checkout') .cell-rate");
        assertThat(rate).hasText("44.0 req/s");

        show(PageFixture.checkout(61), PageFixture.chat());

        assertThat(rate).hasText("61.0 req/s");
    }

    @Test
    void anEmptyFleetSaysHowToFillIt() {
        show();
        on(Screen.DESKTOP).open("#/");

        assertThat(visit.page().locator("main")).containsText("No endpoint has been through a cycle yet");
        assertThat(visit.page().locator("main")).containsText("PRESCALE_ENDPOINTS");
        visit.screenshot("empty");
    }

    @Test
    void aDemoShowsItsScoreSheet() {
        on(Screen.DESKTOP);
        visit.page()
                .route(
                        "**/api/v1/demo",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody("""
                        {"at": "2024-01-17T00:00:00Z", "day": 2, "days": 7, "traces": [{"trace": "web", "seed": 1,
                         "from": "2024-01-15T00:00:00Z", "to": "2024-01-17T00:00:00Z", "leadTime": "PT2M15S",
                         "scorecard": [
                           {"policy": "prescale", "replicaHours": 110.0, "violationMinutes": 4.0, "unservedShare": 0.0002,
                            "waitP95": 0.1, "scaleActions": 40, "peakReplicas": 9, "cost": 120.0, "regret": 0.1},
                           {"policy": "hpa@0.5", "replicaHours": 140.0, "violationMinutes": 0.0, "unservedShare": 0.0,
                            "waitP95": null, "scaleActions": 50, "peakReplicas": 12, "cost": 140.0, "regret": 0.3},
                           {"policy": "hpa", "replicaHours": 100.0, "violationMinutes": 61.0, "unservedShare": 0.0041,
                            "waitP95": 0.4, "scaleActions": 50, "peakReplicas": 9, "cost": 150.0, "regret": 0.4}]}]}
                        """)));
        visit.open("#/");

        assertThat(visit.page().locator("#demo")).hasText("Demo · 2 of 7 days done");
        assertThat(visit.page().locator(".sheet-sentence"))
                .hasText("Prescale was short of capacity for 4 minutes, target tracking alone for 61 minutes,"
                        + " with 10 % more replica-hours.");
        assertThat(visit.page().locator(".scores .ours td"))
                .hasText(new String[] {"110.0", "4", "0.02 %", "120.0", "10 %"});
        assertThat(visit.page().locator(".scores tbody th"))
                .hasText(new String[] {"Prescale", "Target tracking at 50 %", "Target tracking"});
        visit.screenshot("scores");
    }

    @Test
    void aSearchIsKeptInTheAddressAndBackUndoesAFilter() {
        Page page = on(Screen.DESKTOP).open("#/").page();
        Locator rows = page.locator(".endpoints tbody tr");
        assertThat(rows).hasCount(2);

        page.getByLabel("With warnings").check();
        assertThat(rows).hasCount(1);
        page.keyboard().press("/");
        assertThat(page.locator("#search")).isFocused();
        page.keyboard().type("420 test");
        assertThat(rows).hasCount(1);
        assertThat(page.locator(".found")).hasText("1 of 2");
        assertThat(page).hasURL(Pattern.compile("#/\\?q=420\\+test&warnings=true$"));
        page.keyboard().type(" nothing");
        assertThat(page.locator("main")).containsText("No endpoint is like that");
        assertAccessible();

        page.goBack();
        assertThat(rows).hasCount(2);
        assertThat(page.locator("#search")).hasValue("");
    }

    @Test
    void aLinkShowsTheSameSelectionInTheSameOrder() {
        Page page = on(Screen.DESKTOP).open("#/?sort=rate&mode=Scale").page();

        Locator rate = page.locator("th:has-text('Request rate')");
        assertThat(rate).hasAttribute("aria-sort", "descending");
        // chat has no fresh rate, and what is not known comes last whichever way
        assertThat(page.locator(".row-link")).hasText(new String[] {"checkout", "chat"});
        rate.getByRole(AriaRole.BUTTON).press("Enter");
        assertThat(rate).hasAttribute("aria-sort", "ascending");
        assertThat(page.locator(".row-link")).hasText(new String[] {"checkout", "chat"});
        page.locator("th:has-text('Endpoint') button").press("Enter");
        assertThat(page.locator(".row-link")).hasText(new String[] {"chat", "checkout"});
    }

    @Test
    void ofAThousandRowsOnlyThoseInSightAreThereAndReadTheirHistory() {
        AtomicInteger reads = new AtomicInteger();
        show(IntStream.range(0, 1_000)
                .mapToObj("endpoint-%03d"::formatted)
                .map(name -> Snapshots.aSnapshot(name).build())
                .toArray(EndpointSnapshot[]::new));
        on(Screen.DESKTOP)
                .page()
                .onRequest(request -> reads.addAndGet(request.url().contains("/history") ? 1 : 0));
        Page page = visit.open("#/").page();
        assertThat(page.locator(".spark-observed").first()).isVisible();

        Locator rows = page.locator(".endpoints tbody tr");
        assertThat(page.locator("#summary")).containsText("1,000 endpoints");
        assertThat(rows.count()).isLessThan(40);
        assertThat(reads.get()).isLessThan(30);
        int height = visit.height();
        page.keyboard().press("End");
        Locator last = page.locator("tr[aria-rowindex='1001']");
        assertThat(last).containsText("endpoint-999");
        assertThat(last).isInViewport();
        assertThat(rows.count()).isLessThan(40);
        assertThat(visit.height()).isEqualTo(height);
        page.keyboard().press("Home");
        assertThat(page.locator("tr[aria-rowindex='2']")).containsText("endpoint-000");
    }

    @Test
    void aServiceThatCannotBeReadIsNamedWithWhatToDo() {
        on(Screen.DESKTOP);
        visit.page().route("**/api/v1/e*", Route::abort);
        visit.open("#/");

        assertThat(visit.page().locator("main [role=alert]")).containsText("The service cannot be reached.");
        assertThat(visit.page().locator("#connection")).hasText("reconnecting");
        assertThat(visit.takeComplaints())
                .isNotEmpty()
                .allSatisfy(complaint -> assertThat(complaint).contains("ERR_FAILED"));
    }
}
