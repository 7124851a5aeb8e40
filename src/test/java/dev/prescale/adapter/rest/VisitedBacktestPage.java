package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.prescale.testing.Browser.Screen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What a visitor of the backtest page does. */
abstract class VisitedBacktestPage extends VisitedBacktests {
    static final String PAGE = "#/backtests";

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
