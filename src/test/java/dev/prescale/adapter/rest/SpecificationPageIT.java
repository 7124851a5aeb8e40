package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything else of the specification editor, which takes longer. Writes target/screenshots. */
@Tag("e2e")
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class SpecificationPageIT extends VisitedEditor {
    @Test
    void theOneInForceIsLoadedWithItsCommentsAndChecked() {
        openEditor(Screen.DESKTOP, CHECKOUT);
        assertThat(text()).hasValue(Pattern.compile("# what test/checkout is scaled by\napiVersion[\\s\\S]*"));
        assertThat(verdict()).hasText("Valid: test/checkout.");
        assertThat(visit().page().locator("main")).containsText("This page changes nothing");
    }

    /** Else an edit would be lost, or be one of another text. */
    @Test
    void nothingIsEditedWhileTheOneInForceIsOnItsWay() {
        Page page = open(Screen.DESKTOP, "#/specification");
        List<Route> held = new ArrayList<>();
        page.route("**/checkout/specification", held::add);
        visit().open(CHECKOUT);
        assertThat(page.locator(".editor-card")).containsText("Loading the specification of test/checkout");
        assertThat(text()).not().isEditable();
        assertThat(text()).hasValue("");
        assertThat(verdict()).hasText("Once the text is here.");
        page.waitForCondition(() -> !held.isEmpty());
        held.removeFirst().resume();
        assertThat(verdict()).hasText("Valid: test/checkout.");
        assertThat(text()).isEditable();

        press("Load");
        assertThat(text()).not().isEditable();
        press("Use");
        assertThat(text()).isEditable();
        page.waitForCondition(() -> !held.isEmpty());
        held.removeFirst().resume();
        assertThat(verdict()).hasText("Valid: inference/chat.");
        assertThat(page.locator(".editor-card")).containsText("An example");
        visit().forgive(".*ERR_ABORTED.*");
    }

    @Test
    void faultsLeadToTheirLinesAndAreMarkedBesideThem() {
        openEditor(Screen.DESKTOP, CHECKOUT);
        assertThat(verdict()).hasText("Valid: test/checkout.");
        text().fill(text().inputValue().replace("minReplicas: 1", "minReplicas: -1"));

        assertThat(verdict()).hasText("1 fault.");
        Locator fault = visit().first(".fault-link");
        assertThat(fault).hasText("Line 7spec.minReplicas must be a whole number from 0 to 100000, was -1");
        assertThat(visit().page().locator(".gutter [data-fault]")).hasText("● 7");
        assertThat(text()).hasAttribute("aria-invalid", "true");
        fault.click();
        assertThat(text()).isFocused();
        assertThat((String) text().evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)"))
                .isEqualTo("  minReplicas: -1");
        assertThat(preview()).isDisabled();

        visit().page().keyboard().type("  minReplicas: 2");
        assertThat(verdict()).hasText("Valid: test/checkout.");
        assertThat(visit().page().locator(".gutter [data-fault]")).hasCount(0);
        assertThat(preview()).isEnabled();
    }

    @Test
    void tabIndentsAndEscapeThenTabLeaves() {
        Page page = openEditor(Screen.DESKTOP, "#/specification");
        text().fill("spec:");
        text().press("End");
        text().press("Enter");
        page.keyboard().type("a: 1");
        assertThat(text()).hasValue("spec:\n  a: 1");
        text().press("Tab");
        text().press("Shift+Tab");
        assertThat(text()).hasValue("spec:\na: 1  ");
        text().press("Escape");
        text().press("Tab");
        assertThat(text()).not().isFocused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Starter", "By latency", "Careful", "With a schedule"})
    void everyExampleIsValid(String example) {
        Page page = openEditor(Screen.DESKTOP, "#/specification");
        text().fill("");
        assertThat(verdict()).hasText("1 fault.");
        page.getByLabel("Example").selectOption(example);
        press("Use");
        assertThat(verdict()).hasText("Valid: inference/chat.");
        assertThat(visit().page().locator(".preview")).containsText("inference/chat does not");
    }

    @Test
    void theTextCanBeTakenAwayAndIsThereAfterALookElsewhere() throws Exception {
        Page page = openEditor(Screen.DESKTOP, CHECKOUT);
        assertThat(verdict()).hasText("Valid: test/checkout.");
        text().fill(text().inputValue().replace("maxReplicas: 100", "maxReplicas: 33"));
        assertThat(verdict()).hasText("Valid: test/checkout.");
        Download file = page.waitForDownload(() -> press("Download"));
        assertThat(file.suggestedFilename()).isEqualTo("test-checkout.yaml");
        assertThat(Files.readString(file.path())).contains("maxReplicas: 33");

        page.locator("#sections >> text=Backtests").click();
        assertThat(page.locator("h1")).hasText("Backtests");
        page.locator("#sections >> text=Specification").click();
        assertThat(text()).hasValue(Pattern.compile("[\\s\\S]*maxReplicas: 33[\\s\\S]*"));
    }

    @Test
    void aPreviewCanBeCanceledAndLeavesNothing() {
        openEditor(Screen.DESKTOP, CHECKOUT);
        assertThat(verdict()).hasText("Valid: test/checkout.");
        preview().click();
        SlowBacktests.Run run = nextRun();
        press("Cancel");
        assertThat(preview()).isEnabled();
        await().until(() -> jobs.newestFirst().isEmpty());
        await().until(() -> run.watch().isStopped());
    }

    @Test
    void aServiceThatIsAwayIsSaidAndAskedAgain() {
        Page page = openEditor(Screen.DESKTOP, CHECKOUT);
        assertThat(verdict()).hasText("Valid: test/checkout.");
        page.route("**/validation", Route::abort);
        text().press("End");
        page.keyboard().type(" ");
        assertThat(verdict()).hasText("It cannot be checked at present: The service cannot be reached.");
        page.unroute("**/validation");
        assertThat(verdict()).hasText("Valid: test/checkout.");
        visit().forgive(".*ERR_FAILED.*");
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void nothingIsWiderThanTheScreen(Screen screen) {
        openEditor(screen, CHECKOUT);
        text().fill(text().inputValue().replace("minReplicas: 1", "minReplicas: -1"));
        assertThat(verdict()).hasText("1 fault.");
        assertThat(visit().horizontalOverflow()).isZero();
        visit().screenshot("specification");
    }
}
