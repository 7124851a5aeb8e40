package dev.prescale.packaging;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.prescale.testing.Axe;
import dev.prescale.testing.Browser;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.ConsoleService;
import dev.prescale.testing.Visit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The console of the packaged program, with its demo running, in a real browser: no error in the browser's console, no request to another
 * host, no serious violation by axe-core. Writes {@code target/screenshots/console-*.png}; {@code make screenshots} puts those of the
 * documentation into {@code docs/images}.
 */
@Tag("e2e")
class ConsoleIT {
    /** A replay of four weeks with its searches for equal service. */
    private static final LocatorAssertions.IsVisibleOptions LONG =
            new LocatorAssertions.IsVisibleOptions().setTimeout(180_000);

    private static final String ENDPOINT = "#/shop/shop-web";

    @TempDir
    static Path folder;

    private static Browser browser;
    private static ConsoleService demo;

    private Visit visit;

    @BeforeAll
    static void startTheDemo() throws Exception {
        browser = Browser.start();
        demo = ConsoleService.start(folder, Map.of(), "demo", "--day-seconds", "60");
        demo.awaitDay(1);
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingBrokeAndNothingLeftTheOrigin() {
        if (visit != null) {
            List<String> complaints = visit.complaints();
            visit.close();
            assertThat(complaints).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void theOverview(Screen screen) {
        Page page = on(screen).open("#/").page();
        assertThat(page.locator("#summary")).containsText("5 endpoints");
        // a phone has those in sight only
        assertThat(visit.first(".spark-observed")).isVisible();
        assertThat(page.locator("#connection")).hasText("live");
        lookAt("overview");
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void anEndpoint(Screen screen) {
        Page page = on(screen).open(ENDPOINT).page();
        assertThat(page.locator(".plot canvas")).hasCount(2);
        assertThat(visit.first(".reading-observed")).hasText(Pattern.compile("Observed \\d.*"));
        assertThat(visit.first(".trail li")).isVisible();
        assertThat(page.locator(".charts")).containsText(Pattern.compile("Target tracking alone \\d+"));
        assertThat(page.locator("section[aria-labelledby=accuracy-title] tbody tr")
                        .first())
                .isVisible();
        lookAt("endpoint");
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void aBacktestOfABundledDataset(Screen screen) throws Exception {
        Page page = on(screen).open("#/backtests").page();
        assertThat(page.locator(".choice-dataset")).hasCount(5);
        lookAt("backtests");

        page.getByLabel(Pattern.compile("^shop-web")).check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the backtest"))
                .click();
        assertThat(page.locator(".plot-replay canvas")).isVisible(LONG);
        assertThat(page.locator("section[aria-labelledby=score-title] tbody tr"))
                .hasCount(4);
        assertThat(page.locator(".frontier circle").first()).isVisible();
        page.locator(".chart-area").focus();
        page.keyboard().press("Shift+ArrowRight");
        assertThat(page.locator("section[aria-labelledby=moment-title] .trail li")
                        .first())
                .isVisible();
        lookAt("backtest");

        Download report = page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Report"))
                        .click());
        assertThat(Files.readString(report.path())).contains("<title>");
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void theSpecificationOfAnEndpoint(Screen screen) {
        Page page = on(screen).open("#/specification?endpoint=shop/shop-web").page();
        Locator text = page.getByLabel("Specification as YAML");
        assertThat(text).hasValue(Pattern.compile("[\\s\\S]*kind: PredictiveAutoscaler[\\s\\S]*"));
        text.fill(text.inputValue().replaceFirst("maxReplicas: \\d+", "maxReplicas: -3"));
        assertThat(visit.first(".fault-link")).containsText("maxReplicas");
        lookAt("specification-fault");

        text.fill(text.inputValue().replace("maxReplicas: -3", "maxReplicas: 12"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview the last week"))
                .click();
        assertThat(page.locator(".preview canvas")).isVisible(LONG);
        lookAt("specification");
    }

    @Test
    void anUnknownEndpointAndAnUnknownBacktestSaySo() {
        Page page = on(Screen.DESKTOP).open("#/shop/nobody").page();
        assertThat(page.locator("main")).containsText("This endpoint is not known");
        lookAt("unknown-endpoint");

        visit.open("#/backtests?id=nobody");
        assertThat(page.locator("main")).containsText("This backtest is not there any more");
        lookAt("unknown-backtest");
        assertThat(visit.takeComplaints())
                .allSatisfy(complaint -> assertThat(complaint).contains("404"));
    }

    /** A token that may read, then one that may act, on an endpoint without a single sample. */
    @Test
    void whoReadsSignsInAndWhoPausesIsAnOperator(@TempDir Path own) throws Exception {
        String reader = "reader-0123456789abcdef";
        String operator = "operator-0123456789abcdef";
        Path specs = Files.createDirectory(own.resolve("specs"));
        Files.copy(Path.of("k8s/examples/chat.yaml"), specs.resolve("chat.yaml"));
        Map<String, String> settings = Map.of(
                "PRESCALE_READ_TOKEN",
                reader,
                "PRESCALE_OPERATOR_TOKEN",
                operator,
                "PRESCALE_ENDPOINTS",
                specs.toString(),
                "PRESCALE_CYCLE_INTERVAL",
                "1s");
        try (ConsoleService service = ConsoleService.start(own, settings, "serve")) {
            service.awaitReady();
            visit = browser.visit(service.home(), Screen.DESKTOP);
            Page page = visit.open("#/inference/chat").page();
            signIn(page, reader);
            assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
            assertThat(page.locator("main")).containsText("no fresh sample");
            lookAt("no-history");

            page.getByText("Pause…").click();
            page.keyboard().type("a migration");
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Access token")).isVisible();
            assertThat(page.getByText("prescale-operator")).isVisible();
            lookAt("pause-refused");
            signIn(page, operator);
            assertThat(page.getByText(
                            Pattern.compile("Paused by operator token since .* \\(a migration\\): decisions")))
                    .isVisible();
            lookAt("paused");
            assertThat(visit.takeComplaints())
                    .isNotEmpty()
                    .allSatisfy(complaint -> assertThat(complaint).containsAnyOf("401", "403"));
        }
    }

    @Test
    void aServiceThatGoesAwayIsSaidAndOneWithoutEndpointsSaysHowToBegin(@TempDir Path own) throws Exception {
        ConsoleService service = ConsoleService.start(own, Map.of(), "serve");
        try {
            service.awaitReady();
            visit = browser.visit(service.home(), Screen.DESKTOP);
            Page page = visit.open("#/").page();
            assertThat(page.locator("main")).containsText("No endpoint has been through a cycle yet");
            lookAt("empty");

            service.close();
            assertThat(page.locator("#connection")).hasAttribute("data-state", "reconnecting");
            lookAt("away");
            visit.takeComplaints();
        } finally {
            service.close();
        }
    }

    private static void signIn(Page page, String token) {
        Locator field = page.getByLabel("Access token");
        field.fill(token);
        field.press("Enter");
        assertThat(field).isHidden();
    }

    private Visit on(Screen screen) {
        visit = browser.visit(demo.home(), screen);
        return visit;
    }

    /** What everybody must find on every page, in every state. */
    private void lookAt(String name) {
        visit.screenshot("console-" + name);
        assertThat(visit.horizontalOverflow()).as("wider than the screen by").isZero();
        assertThat(Axe.violations(visit.page())).isEmpty();
    }
}
