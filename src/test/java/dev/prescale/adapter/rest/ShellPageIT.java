package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The frame around all views in a real browser: widths, schemes, what axe-core says. */
@Tag("e2e")
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class ShellPageIT extends PageVisits {
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

    /** Each layout and each scheme once. */
    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE_DARK"})
    void allCanReadIt(Screen screen) {
        on(screen).open("#/");
        assertThat(visit.page().locator(".spark-observed")).hasCount(2);
        assertAccessible();

        visit.open(CHECKOUT);
        assertThat(visit.page().locator(".plot canvas")).hasCount(2);
        assertThat(visit.first(".outcome")).isVisible();
        assertAccessible();
    }

    @Test
    void aChosenSchemeAndTimeZoneOutliveTheVisit() {
        Page page = on(Screen.DESKTOP).open("#/").page();
        Locator root = page.locator("html");
        assertThat(root).hasAttribute("data-scheme", "light");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Settings"))
                .click();
        page.getByLabel("Dark").check();
        assertThat(root).hasAttribute("data-scheme", "dark");
        page.getByLabel(Pattern.compile("^Local")).check();
        assertAccessible();

        page.reload();

        assertThat(root).hasAttribute("data-scheme", "dark");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Settings"))
                .click();
        assertThat(page.getByLabel(Pattern.compile("^Local"))).isChecked();
        page.getByLabel("System").check();
        assertThat(root).hasAttribute("data-scheme", "light");
    }

    @Test
    void figuresThatGrowOldAreCalledStale() {
        Page page = on(Screen.DESKTOP).page();
        page.clock().install();
        visit.open("#/");
        assertThat(page.locator("#connection")).hasText("live");

        page.clock().fastForward(70_000);

        assertThat(page.locator("#connection")).hasText("stale since 12:00:00");
        assertThat(page.locator("#stale")).containsText("Nothing has been heard of the service for a while");
        assertAccessible();
    }
}
