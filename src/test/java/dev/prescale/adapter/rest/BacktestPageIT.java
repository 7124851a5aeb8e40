package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything else of the backtest page, which takes longer. Writes target/screenshots. */
@Tag("e2e")
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class BacktestPageIT extends VisitedBacktestPage {
    @Test
    void aColumnOfTheScoreSheetSortsIt() {
        Page page = openResult(Screen.DESKTOP);
        Locator names = page.locator("section[aria-labelledby=score-title] tbody th");
        Locator title = page.locator("section[aria-labelledby=score-title] th:has-text('Policy')");
        title.locator("button").click();
        assertThat(names).hasText(new String[] {"Fixed number", "Oracle", "Prescale", "Target tracking"});
        assertThat(title).hasAttribute("aria-sort", "ascending");
        title.locator("button").press("Enter");
        assertThat(names).hasText(new String[] {"Target tracking", "Prescale", "Oracle", "Fixed number"});
        assertThat(title).hasAttribute("aria-sort", "descending");
    }

    @Test
    void whatCameOfItCanBeTakenAway() throws Exception {
        Page page = openResult(Screen.DESKTOP);
        Download minutes = page.waitForDownload(() -> press("Minutes (CSV)"));
        assertThat(minutes.suggestedFilename()).isEqualTo("backtest-web.csv");
        assertThat(Files.readString(minutes.path())).startsWith("timestamp,policy,demand,desired,ready\n");
        Download report = page.waitForDownload(() -> press("Report"));
        assertThat(Files.readString(report.path())).isEqualTo(SlowBacktests.REPORT);
    }

    /** Whoever opens the address of a report runs its script in an origin that is nobody's. */
    @Test
    void aReportThatIsOpenedFromHereReachesNothing() {
        Page page = openResult(Screen.DESKTOP);
        String id = jobs.newestFirst().getFirst().id();
        page.route("**/report", route -> {
            var answer = route.fetch();
            var headers = new HashMap<>(answer.headers());
            headers.remove("content-disposition");
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setHeaders(headers)
                    .setBody("""
                    <title>quiet</title><script>try { sessionStorage.length; document.title = 'reached'; } catch { document.title = 'refused'; }</script>"""));
        });
        page.navigate(home + "api/v1/backtests/" + id + "/report");
        assertThat(page).hasTitle("refused");
    }

    @Test
    void faultsOfAFileAreNamedByTheirLine() {
        open(Screen.DESKTOP);
        takeFile("bad.csv", """
                timestamp,value
                2024-01-01T00:00:00Z,1
                2024-01-01T00:01:00,2
                2024-01-01T00:02:00Z,-2
                2024-01-01T00:03:00Z,
                2024-01-01T00:03:30Z
                2024-01-01T00:00:00Z,1
                """);
        assertThat(visit().page().locator("main .faults li")).hasText(new Pattern[] {
            Pattern.compile("Line 3: timestamp must be ISO-8601 with its offset.*'2024-01-01T00:01:00'\\."),
            Pattern.compile("Line 4: value must be a number from 0 to 1e15, was '-2'\\."),
            Pattern.compile("Line 5: value is missing.*"),
            Pattern.compile("Line 6: a row must be timestamp,value.*"),
            Pattern.compile("Line 7: timestamp 2024-01-01T00:00:00Z is the same as line 2.*")
        });
        start();
        assertThat(visit().page().locator("form > [role=alert] li"))
                .hasText("The file has faults: they are named beside it.");

        takeFile("header.csv", "time,requests\n1,2\n");
        assertThat(visit().page().locator("main .faults li").first())
                .hasText("Line 1: the header must be timestamp,value, was 'time,requests'.");
        takeFile("long.csv", csv(100_002));
        assertThat(visit().page().locator("main .faults li").first())
                .containsText("this page takes 100,000 steps and 400 days");
        takeFile("image.csv", "\u0000\u0001");
        assertThat(visit().page().locator("main .faults li").first()).containsText("Line 1: the header must be");
    }

    @Test
    void faultsThatTheServiceFindsAreShownAndBusyIsSaid() {
        Page page = open(Screen.DESKTOP);
        page.locator("summary").click();
        page.getByLabel("Specification as YAML").fill("spec: {minReplicas: 1}");
        takeFile("web.csv", csv(600));
        start();
        assertThat(page.locator("form > [role=alert] li").first()).containsText("specification line");

        page.getByLabel("Start time, median").fill("soon");
        start();
        assertThat(page.locator("form > [role=alert] li"))
                .hasText(Pattern.compile("Start time, median must be a length.*"));
        assertThat(page.getByLabel("Start time, median")).hasAttribute("aria-invalid", "true");

        page.route("**/api/v1/backtests", route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(429)
                        .setContentType("application/problem+json")
                        .setHeaders(Map.of("Retry-After", "10"))
                        .setBody("{\"detail\": \"A backtest runs and 8 wait; more are not taken.\"}"));
            } else {
                route.resume();
            }
        });
        page.getByLabel("Start time, median").fill("3m");
        page.getByLabel("Specification as YAML").fill("");
        start();
        assertThat(page.locator("form > [role=alert] li")).containsText("8 wait; more are not taken. Try again in");
        visit().forgive(".*(422|429).*");
    }

    @Test
    void anEndpointsHistoryIsReplayedAndTheListFollowsAndCancels() {
        Page page = open(Screen.DESKTOP);
        page.getByLabel("Endpoint", new Page.GetByLabelOptions().setExact(true))
                .first()
                .check();
        assertThat(page.locator("input[list=endpoint-names]")).hasValue("test/checkout");
        assertThat(page.locator(".choices input[name=policy]")).hasCount(ReplayPolicies.ALL.size());
        assertThat(page.locator(".choices input[name=policy]").evaluateAll("boxes => boxes.map(box => box.value)"))
                .isEqualTo(ReplayPolicies.ALL);
        start();
        SlowBacktests.Run run = nextRun();
        assertThat(run.request().setup().endpoints().getFirst().trace().name()).isEqualTo("test/checkout");

        // the answer to the start brings its own view first
        assertThat(page.locator("h1")).hasText("Backtest");
        page.navigate(home + PAGE);
        Locator row = page.locator(".backtest-list li");
        assertThat(row).hasCount(1);
        assertThat(row.locator(".status")).hasText("waits");
        run.reaches(0.25);
        assertThat(row.locator(".status")).hasText("25 %");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel the backtest of test/checkout"))
                .click();
        assertThat(page.locator("section[aria-labelledby=backtest-list-title]")).containsText("None yet");
        await().until(() -> run.watch().isStopped());
    }

    @Test
    void oneThatFailedAndOneThatIsGoneSaySo() {
        Page page = open(Screen.DESKTOP);
        takeFile("web.csv", csv(600));
        start();
        nextRun().fails();
        assertThat(page.locator("main")).containsText("The backtest failed");
        assertThat(page.locator("main")).containsText("the log of the service says why");

        page.navigate(home + "#/backtests?id=nobody");
        assertThat(page.locator("main")).containsText("This backtest is not there any more");
        assertThat(page.locator("main")).containsText("kept for an hour");
        visit().forgive(".*404.*");
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void nothingIsWiderThanTheScreen(Screen screen) {
        open(screen);
        assertThat(visit().page().locator(".choice-dataset")).hasCount(5);
        assertThat(visit().horizontalOverflow()).isZero();
        visit().screenshot("backtests");

        openResult(screen);
        assertThat(visit().page().locator(".plot-replay canvas")).isVisible();
        assertThat(visit().page()
                        .locator("section[aria-labelledby=moment-title] .trail li")
                        .first())
                .isVisible();
        assertThat(visit().horizontalOverflow()).isZero();
        visit().screenshot("backtest");
    }
}
