package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The backtest page in a real browser; backtests run when the test says so. Writes target/screenshots. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class BacktestPageTest extends VisitedBacktests {
    static final String PAGE = "#/backtests";

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

    Page open(Screen screen) {
        return open(screen, PAGE);
    }

    Page openResult(Screen screen) {
        Page page = open(screen);
        takeFile("web.csv", csv(600));
        start();
        nextRun().ends();
        assertThat(page.locator(".plot-replay canvas")).isVisible();
        return page;
    }

    void takeFile(String name, String content) {
        visit().page()
                .getByLabel("CSV file", new Page.GetByLabelOptions().setExact(true))
                .check();
        visit().page()
                .locator("#csv-file")
                .setInputFiles(new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8)));
        assertThat(visit().first(".drop [role=status]")).not().containsText("Reading");
    }

    /** Counts of up to 150 a minute, with a hole of ten minutes. */
    static String csv(int rows) {
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

    void start() {
        press("Start the backtest");
    }
}
