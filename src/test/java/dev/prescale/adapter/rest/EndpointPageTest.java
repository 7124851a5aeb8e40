package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import dev.prescale.accuracy.GateStatus;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.Snapshots;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of an endpoint in a real browser. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class EndpointPageTest extends PageVisits {
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
    void anEndpointWithoutForecastStillDrawsItsRate() {
        Page page = on(Screen.DESKTOP).open("#/test/chat").page();

        assertThat(page.locator(".plot canvas")).hasCount(2);
        assertThat(page.locator(".warnings")).containsText("420 s old");
        assertThat(visit.first(".reading-forecast")).hasText("Forecast –");
        assertThat(page.locator("main")).containsText("No decision yet.");
    }

    @Test
    void targetTrackingAloneIsDrawnAndReadBesideWhatWasDecided() {
        on(Screen.DESKTOP).open(CHECKOUT);

        // The last minute before noon has 119.9 req/s; ten per replica.
        assertThat(visit.first(".reading-tracking")).hasText("Target tracking alone 12");
    }

    @Test
    void theTimeIsMovedAndZoomedByKeyboardAndKeptInTheAddress() {
        Page page = openCheckout();
        page.locator(".chart-area").focus();

        page.keyboard().press("+");
        // Half of 36 hours around their middle, which is 06:00.
        assertThat(page).hasURL(Pattern.compile("from=2023-12-31T21%3A00%3A00Z&to=2024-01-01T15%3A00%3A00Z$"));
        page.keyboard().press("Shift+ArrowRight");
        assertThat(page).hasURL(Pattern.compile("from=2024-01-01T00%3A36%3A00Z&to=2024-01-01T18%3A36%3A00Z$"));
        assertThat(page.getByLabel("24 h", new Page.GetByLabelOptions().setExact(true)))
                .not()
                .isChecked();
        page.getByText("Back to now").click();
        assertThat(page).hasURL(Pattern.compile("#/test/checkout$"));
        assertThat(page.getByLabel("24 h", new Page.GetByLabelOptions().setExact(true)))
                .isChecked();
    }

    @Test
    void pausingSaysWhatWillHappenBeforeItDoes() {
        Page page = openCheckout();
        answer(
                "endpoints/test/checkout/pause",
                409,
                "{\"detail\": \"The specification is a file that is read only.\"}");

        page.getByText("Pause…").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("It keeps the 3 replicas it has.");
        assertThat(page.locator("#pausing-reason")).isFocused();
        assertAccessible();
        page.keyboard().type("maintenance");
        Request asked = page.waitForRequest("**/pause", () -> page.keyboard().press("Enter"));
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.postData()).isEqualTo("{\"reason\":\"maintenance\"}");
        assertThat(dialog).containsText("The specification is a file that is read only.");
        assertThat(visit.takeComplaints()).singleElement().asString().contains("409");

        answer("endpoints/test/checkout/pause", 204, "");
        page.keyboard().press("Enter");
        assertThat(dialog).isHidden();
        assertThat(page.locator(".pausing [role=status]")).containsText("Paused");
    }

    @Test
    void aPausedEndpointWithADistrustedForecastSaysSo() {
        EndpointSnapshot checkout = PageFixture.checkout();
        show(Snapshots.aSnapshot(PageFixture.paused(checkout.spec()))
                .history(checkout.history())
                .forecast(checkout.forecast())
                .gate(new GateStatus(GateStatus.State.DISTRUSTED, NOON, 1.5, "weekNaive", 1.0))
                .build());
        Page page = on(Screen.PHONE_DARK).open(CHECKOUT).page();

        assertThat(page.locator(".notices li")).hasText(new Pattern[] {
            Pattern.compile("Paused: .*"), Pattern.compile("The forecast is set aside: its errors are 50 % larger .*")
        });
        assertThat(page.getByText("Resume…")).isVisible();
        assertThat(page.locator(".plot canvas")).hasCount(2);
        assertAccessible();
        visit.screenshot("paused");
    }
}
