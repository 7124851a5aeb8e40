package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The backtest page in a real browser; backtests run when the test says so. Writes target/screenshots. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class BacktestPageTest extends VisitedBacktestPage {
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
}
