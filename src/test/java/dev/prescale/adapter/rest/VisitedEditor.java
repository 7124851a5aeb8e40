package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.testing.Browser.Screen;

/** What a visitor of the specification editor does. */
abstract class VisitedEditor extends VisitedBacktests {
    static final String CHECKOUT = "#/specification?endpoint=test/checkout";

    Page openEditor(Screen screen, String fragment) {
        Page page = open(screen, fragment);
        assertThat(verdict()).not().hasText("Checking…");
        if (fragment.equals(CHECKOUT)) {
            assertThat(page.locator(".editor-card")).containsText("As it is in force for test/checkout");
        }
        return page;
    }

    Locator text() {
        return visit().page().getByLabel("Specification as YAML");
    }

    Locator verdict() {
        return visit().page().locator(".verdict");
    }

    Locator preview() {
        return visit().page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview the last week"));
    }

    static int minReplicas(SlowBacktests.Run run) {
        ReplaySetup setup = run.request().setup();
        return setup.endpoints().getFirst().spec().policy().bounds().minReplicas();
    }
}
