package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The backtest page in a real browser; backtests run when the test says so. Writes target/screenshots. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class BacktestPageTest extends VisitedBacktests {
    private static final String PAGE = "#/backtests";

    @Test
    void aFileIsReadShownReplayedFollowedAndJudged() {
        Page page = open(Screen.DESKTOP);
        takeFile("web.csv", csv(600));
        assertThat(visit().first(".drop [role=status]"))
                .hasText(Pattern.compile(
                        "web.csv: 600 steps of 1 min \\(10 h\\) from Mon.*, up to 2.5 req/s, 10 steps without a row."));
        assertThat(page.locator(".preview-line path")).isVisible();
        start();

        assertThat(visit().first("main [role=status]")).hasText("It waits for its turn, or has just begun.");
        SlowBacktests.Run run = nextRun();
        assertThat(run.request().policies()).containsExactly("oracle", "fixed", "hpa", "prescale");
        run.reaches(0.43);
        assertThat(visit().first("main [role=status]")).hasText("40 % and more are done.");
        run.ends();

        assertThat(page.locator("h1")).hasText("web");
        assertThat(page.locator(".plot-replay canvas")).isVisible();
        assertThat(page.locator("section[aria-labelledby=score-title] tbody tr"))
                .hasCount(4);
        assertThat(page.locator("tr.ours th").first()).hasText("Prescale");
        assertThat(page.locator(".frontier circle").first()).isVisible();
        page.locator(".chart-area").focus();
        page.keyboard().press("Shift+ArrowRight");
        assertThat(page.locator("section[aria-labelledby=moment-title] .trail li")
                        .first())
                .isVisible();

        page.reload();
        assertThat(page.locator("h1")).hasText("web");
        assertThat(page.locator(".plot-replay canvas")).isVisible();
    }

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
        assertThat(visit().page().locator("form > [role=alert] li")).hasText("The file has faults: they are named beside it.");

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
        assertThat(page.locator("form > [role=alert] li")).hasText(Pattern.compile("Start time, median must be a length.*"));
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

    private Page open(Screen screen) {
        return open(screen, PAGE);
    }

    private Page openResult(Screen screen) {
        Page page = open(screen);
        takeFile("web.csv", csv(600));
        start();
        nextRun().ends();
        assertThat(page.locator(".plot-replay canvas")).isVisible();
        return page;
    }

    private void takeFile(String name, String content) {
        visit().page()
                .getByLabel("CSV file", new Page.GetByLabelOptions().setExact(true))
                .check();
        visit().page()
                .locator("#csv-file")
                .setInputFiles(new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8)));
        assertThat(visit().first(".drop [role=status]")).not().containsText("Reading");
    }

    /** Counts of up to 150 a minute, with a hole of ten minutes. */
    private static String csv(int rows) {
        StringBuilder csv = new StringBuilder("timestamp,value\n");
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        for (int minute = 0; minute < rows; minute++) {
            if (minute < 100 || minute >= 110) {
                csv.append(start.plusSeconds(60L * minute))
                        .append(',')
                        .append(50 + minute % 101)
                        .append('\n');
            }
        }
        return csv.toString();
    }

    private void start() {
        press("Start the backtest");
    }
}
