package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of an endpoint in a real browser: what takes longer. */
@Tag("e2e")
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class EndpointPageIT extends PageVisits {
    private static final EndpointSpec PAGED = Specs.anEndpoint("paged-by-the-page");

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

    @Test
    void anUnknownEndpointSaysSo() {
        on(Screen.DESKTOP).open("#/test/nobody");

        assertThat(visit.page().locator("main")).containsText("This endpoint is not known");
    }

    @Test
    void theWheelZoomsWithControlAndADragMoves() {
        Page page = openCheckout();

        pointAt(0.5);
        page.keyboard().down("Control");
        page.mouse().wheel(0, -693.147);
        page.keyboard().up("Control");
        // exp(-0.693) is a half.
        assertThat(page).hasURL(Pattern.compile("from=2023-12-31T2[01]%3A.*&to=2024-01-01T1[45]%3A"));
        page.mouse().down();
        pointAt(0.75);
        page.mouse().up();
        assertThat(page).hasURL(Pattern.compile("from=2023-12-31T1[67]%3A.*&to=2024-01-01T1[01]%3A"));
        page.locator(".plot-rate .u-over").dblclick();
        assertThat(page).hasURL(Pattern.compile("#/test/checkout$"));
    }

    @Test
    void ownTimesAreCheckedBeforeTheyAreShown() {
        Page page = openCheckout();
        page.getByText("From, to").click();
        Locator from = page.locator("#from");
        assertThat(from).isFocused();
        assertThat(from).hasValue("2023-12-31T12:00");
        from.fill("2024-01-02T12:00");
        page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#range-fault")).hasText("The end must be at least 10 minutes after the beginning.");
        assertThat(from).hasAttribute("aria-invalid", "true");

        from.fill("2023-12-31T00:00");
        page.locator("#to").fill("2023-12-31T06:00");
        page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(from).isHidden();
        // Three of these six hours: a quarter of the way from 20 up to 120 req/s.
        pointAt(0.5);
        assertThat(visit.first(".reading-when")).hasText(Pattern.compile("Sun 0[23]:.*"));
        assertThat(visit.first(".reading-observed")).hasText(Pattern.compile("Observed 4[45]\\.. req/s"));
    }

    @Test
    void earlierDecisionsArePagedAndFilteredByReason() {
        for (int k = 70; k > 0; k--) {
            journal.append(Snapshots.aDecision(PAGED, NOON.minus(Duration.ofMinutes(k)), k, k + 1));
        }
        show(Snapshots.aSnapshot(PAGED).forecast(null).leadTimeDemand(null).build());
        Page page = on(Screen.DESKTOP).open("#/test/paged-by-the-page").page();

        Locator earlier = page.locator(".earlier > li");
        assertThat(earlier).hasCount(12);
        assertThat(earlier.first()).containsText("1 → 2");
        page.getByText("Show earlier").click();
        assertThat(earlier).hasCount(62);
        page.getByText("Show earlier").click();
        assertThat(earlier).hasCount(70);
        assertThat(page.getByText("Show earlier")).isHidden();
        page.getByLabel("With reason").selectOption("AboveMaximum");
        assertThat(earlier).hasCount(0);
        assertThat(page.locator("main")).containsText("No decision like that is journalled");
    }

    @Test
    void anEndpointWithoutAnySampleSaysSo() {
        show(Snapshots.aSnapshot("empty")
                .history(RateSeries.empty(NOON, Specs.MINUTE))
                .requestRate(new RateReading.NoData())
                .forecast(null)
                .leadTimeDemand(null)
                .latest(null)
                .build());
        Page page = on(Screen.DESKTOP).open("#/test/empty").page();

        assertThat(page.locator(".plot-note")).hasText("No sample of the request rate is held of this time.");
        assertThat(page.locator(".notices")).containsText("Nothing has been decided yet.");
        assertAccessible();
    }
}
