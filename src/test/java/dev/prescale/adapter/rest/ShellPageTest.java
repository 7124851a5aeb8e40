package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The frame around all views in a real browser: widths, schemes, sign-in, connection. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class ShellPageTest extends PageVisits {
    @Test
    void worksBehindAPathPrefix() {
        on(Screen.DESKTOP, home.resolve("/behind/a/prefix/"));
        visit.page().route("**/*", route -> {
            String asked = route.request().url();
            assertThat(asked).contains("/behind/a/prefix/");
            if (asked.endsWith("/demo")) {
                route.fallback();
            } else {
                route.resume(new Route.ResumeOptions().setUrl(asked.replace("/behind/a/prefix/", "/")));
            }
        });
        visit.open(CHECKOUT);

        assertThat(visit.page().locator(".plot canvas")).hasCount(2);
        assertThat(visit.page().locator("#connection")).hasText("live");
    }

    @Test
    void aTokenIsAskedForOnceAndSentUntilSigningOut() {
        on(Screen.DESKTOP);
        visit.page().route("**/api/v1/e**", route -> {
            boolean isKnown = "Bearer right".equals(route.request().headers().get("authorization"));
            if (isKnown) {
                route.fallback();
            } else {
                route.fulfill(new Route.FulfillOptions().setStatus(401).setBody("{\"detail\": \"It has expired.\"}"));
            }
        });
        Page page = visit.open("#/").page();

        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator token = page.getByLabel("Access token");
        assertThat(token).isFocused();
        assertAccessible();
        visit.screenshot("sign-in");
        token.press("Enter");
        assertThat(dialog.getByRole(AriaRole.ALERT)).hasText("Enter a token.");
        token.fill("wrong");
        token.press("Enter");
        assertThat(dialog.getByRole(AriaRole.ALERT)).hasText("The service did not accept this token. It has expired.");
        token.fill("right");
        token.press("Enter");
        assertThat(dialog).isHidden();
        assertThat(page.locator(".endpoints tbody tr")).hasCount(2);
        assertThat(page.locator("#connection")).hasText("live");

        page.reload();
        assertThat(page.locator(".endpoints tbody tr")).hasCount(2);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Settings"))
                .click();
        page.getByText("Sign out").click();
        assertThat(token).isFocused();
        page.getByText("Not now").click();
        assertThat(page.locator("#connection")).hasText("signed out");
        assertThat(page.locator("main [role=alert]")).containsText("Sign in by the settings at the top right.");
        assertThat(visit.takeComplaints())
                .allSatisfy(complaint -> assertThat(complaint).contains("401"));
    }

    @Test
    void theSkipLinkLeadsToTheContentOfTheViewThatIsShown() {
        Page page = openCheckout();

        page.locator(".skip").focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("main")).isFocused();
        assertThat(page.locator("h1")).hasText("checkout");
    }
}
