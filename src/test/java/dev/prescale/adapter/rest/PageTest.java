package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.testing.Browser;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.Visit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser, on a fleet whose numbers are known. Writes target/screenshots. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class PageTest {
    private static final String CHECKOUT = "#/test/checkout";
    private static Browser browser;

    @Inject
    FakeFleetView fleet;

    @Inject
    FleetEvents events;

    @Inject
    DecisionLog journal;

    @TestHTTPResource("/")
    URI home;

    private Visit visit;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void showTwoEndpoints() {
        show(PageFixture.checkout(), PageFixture.chat());
    }

    @AfterEach
    void nothingBrokeAndNothingLeftTheOrigin() {
        if (visit != null) {
            List<String> complaints = visit.complaints();
            visit.close();
            assertThat(complaints).isEmpty();
        }
    }

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
    void bothChartsReadOutTheSameMoment() {
        Page page = on(Screen.DESKTOP).open(CHECKOUT).page();
        assertThat(visit.first(".reading-when")).hasText("now");
        assertThat(visit.first(".reading-observed")).hasText("Observed 44.0 req/s");

        // 24 hours back and 12 ahead are shown; 6 hours ahead of noon is at 30 of 36.
        pointAt(30.0 / 36);

        assertThat(visit.first(".reading-when")).hasText(Pattern.compile("Mon (17:5|18:0).*"));
        assertThat(visit.first(".reading-observed")).hasText("Observed –");
        assertThat(visit.first(".reading-forecast")).hasText("Forecast 200 req/s (150 to 260)");
        // 260 req/s at the sizing quantile, 10 per replica.
        assertThat(visit.first(".reading-required")).hasText("Forecast needs 26");
        assertThat(page.locator(".plot-replicas .u-cursor-x")).isVisible();
    }

    @Test
    void aGapIsReadAsNotKnown() {
        on(Screen.DESKTOP).open(CHECKOUT);
        assertThat(visit.first(".reading-observed")).hasText("Observed 44.0 req/s");

        // Half past three is 15.5 of 36 hours from the left end, which is noon of the day before.
        pointAt(15.5 / 36);

        assertThat(visit.first(".reading-when")).hasText(Pattern.compile("Mon 03:[23].*"));
        assertThat(visit.first(".reading-observed")).hasText("Observed –");
    }

    @Test
    void theArrowKeysReadTheCharts() {
        Page page = on(Screen.DESKTOP).open(CHECKOUT).page();
        assertThat(visit.first(".reading-observed")).hasText("Observed 44.0 req/s");

        page.locator(".chart-area").focus();
        page.keyboard().press("PageDown");

        // A tenth of 36 hours after noon.
        assertThat(visit.first(".reading-when")).hasText(Pattern.compile("Mon 15:3.*"));
        assertThat(page.locator("[aria-live=polite]")).containsText("Forecast 200 req/s (150 to 260)");

        page.keyboard().press("Escape");
        assertThat(visit.first(".reading-when")).hasText("now");
    }

    @Test
    void theTrailSaysWhyInSentencesAndIsNeverReadAsMarkup() {
        journal.append(PageFixture.decision(NOON.minus(Duration.ofHours(2)), 2, 3));
        on(Screen.DESKTOP).open(CHECKOUT);

        Locator trail = visit.first(".trail").locator("li");
        assertThat(visit.first(".outcome")).hasText("Scale from 3 to 5");
        assertThat(trail).hasCount(2);
        assertThat(trail.nth(1)).containsText("50.0 req/s are expected within the lead time: <b>5</b> replicas");
        assertThat(trail.nth(1)).containsText("ForecastPreScale 3 → 5");
        assertThat(visit.first(".earlier summary")).containsText("Mon 10:00");
        assertThat(visit.first(".earlier summary")).containsText("2 → 3");
        assertThat(visit.first(".earlier summary")).containsText("50.0 req/s are expected");
    }

    @Test
    void theFactsNameTheGateWithItsLossesAndTheMembers() {
        on(Screen.DESKTOP).open(CHECKOUT);

        Locator facts = visit.page().locator("section[aria-labelledby=facts-title]");
        // Loss 0.8 beside 1.0.
        assertThat(facts).containsText("its errors are 20 % smaller than those of weekNaive");
        assertThat(facts).containsText("0.80 req/s");
        assertThat(facts.locator(".members li").nth(0)).containsText("levelShape");
        assertThat(facts.locator(".members li").nth(0)).containsText("75 %");
    }

    @Test
    void theAccuracyIsShownPerHorizonBesideTheNaives() {
        on(Screen.DESKTOP).open(CHECKOUT);

        Locator rows = visit.page().locator("section[aria-labelledby=accuracy-title] tbody tr");
        assertThat(rows).hasCount(2);
        assertThat(rows.nth(0).locator("th")).hasText("up to 1 h");
        assertThat(rows.nth(0).locator("td"))
                .hasText(new String[] {"3.0 req/s", "50 %", "–", "25 %", "95.0 %", "40", "Trusted"});
        assertThat(rows.nth(1).locator("th")).hasText("1 d to 2 d");
        assertThat(rows.nth(1).locator("td").last()).hasText("–");
    }

    @Test
    void aCycleShowsWithoutAReload() {
        Page page = on(Screen.DESKTOP).open("#/").page();
        Locator rate = page.locator(".endpoints tr:has-text('checkout') .cell-rate");
        assertThat(rate).hasText("44.0 req/s");

        show(PageFixture.checkout(61), PageFixture.chat());

        assertThat(rate).hasText("61.0 req/s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6 h", "24 h", "7 d"})
    void everyRangeDraws(String range) {
        Page page = on(Screen.DESKTOP).open(CHECKOUT).page();
        assertThat(visit.first(".reading-observed")).hasText("Observed 44.0 req/s");

        page.getByLabel(range, new Page.GetByLabelOptions().setExact(true)).check();

        // A tenth of the width before its right end lies ahead of now in each range.
        pointAt(0.9);
        assertThat(visit.first(".reading-forecast")).hasText("Forecast 200 req/s (150 to 260)");
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void nothingIsWiderThanTheScreen(Screen screen) {
        on(screen).open("#/");
        assertThat(visit.page().locator(".spark-observed")).hasCount(2);
        assertThat(visit.horizontalOverflow()).isZero();
        visit.screenshot("overview");

        visit.open(CHECKOUT);
        assertThat(visit.page().locator(".plot canvas")).hasCount(2);
        assertThat(visit.first(".outcome")).isVisible();
        assertThat(visit.horizontalOverflow()).isZero();
        visit.screenshot("endpoint");
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
    void anUnknownEndpointSaysSo() {
        on(Screen.DESKTOP).open("#/test/nobody");

        assertThat(visit.page().locator("main")).containsText("This endpoint is not known");
    }

    @Test
    void anEndpointWithoutForecastStillDrawsItsRate() {
        Page page = on(Screen.DESKTOP).open("#/test/chat").page();

        assertThat(page.locator(".plot canvas")).hasCount(2);
        assertThat(page.locator(".warnings")).containsText("420 s old");
        assertThat(visit.first(".reading-forecast")).hasText("Forecast –");
        assertThat(page.locator("main")).containsText("No decision yet.");
    }

    @Test
    void aDemoShowsItsScoreSheet() {
        visit = browser.visit(home, Screen.DESKTOP);
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
    void worksBehindAPathPrefix() {
        visit = browser.visit(home.resolve("/behind/a/prefix/"), Screen.DESKTOP);
        visit.page().route("**/*", route -> {
            String asked = route.request().url();
            assertThat(asked).contains("/behind/a/prefix/");
            route.resume(new Route.ResumeOptions().setUrl(asked.replace("/behind/a/prefix/", "/")));
        });
        answerThatThisIsNoDemo();
        visit.open(CHECKOUT);

        assertThat(visit.page().locator(".plot canvas")).hasCount(2);
        assertThat(visit.page().locator("#connection")).hasText("live");
    }

    private void show(EndpointSnapshot... snapshots) {
        fleet.shows(snapshots);
        events.cycleDone(NOON, fleet.snapshots());
    }

    private Visit on(Screen screen) {
        visit = browser.visit(home, screen);
        answerThatThisIsNoDemo();
        return visit;
    }

    private void answerThatThisIsNoDemo() {
        visit.page().route("**/api/v1/demo", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
    }

    /** Moves the pointer to a share of the rate chart's width. */
    private void pointAt(double share) {
        BoundingBox box = visit.first(".plot-rate .u-over").boundingBox();
        visit.page().mouse().move(box.x + share * box.width, box.y + box.height / 2);
    }
}
