package dev.prescale.adapter.report;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import dev.prescale.testing.Browser;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.Visit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The report of a backtest, opened as a file in a real browser. Writes target/screenshots. */
@Tag("e2e")
class ReportPageIT {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path report;
    private Visit visit;

    @BeforeAll
    static void writeReport() throws IOException {
        browser = Browser.start();
        report = folder.resolve("report.html");
        try (OutputStream out = Files.newOutputStream(report)) {
            ReplayedDay.named(ReplayedDay.HOSTILE).page().write(out);
        }
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingBrokeAndNothingWasAskedForElsewhere() {
        List<String> complaints = visit.complaints();
        visit.close();
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void isWholeOnEveryScreen(Screen screen) {
        open(screen);

        assertThat(visit.first("h1")).hasText(ReplayedDay.HOSTILE);
        assertThat(visit.page().locator("table.scores").first().locator("tbody tr"))
                .hasCount(3);
        assertThat(visit.first(".frontier circle")).isVisible();
        assertThat(visit.first(".plot-replay canvas")).isVisible();
        assertThat(visit.horizontalOverflow()).isZero();
        visit.screenshot("report");
    }

    @Test
    void whatAUserNamedIsNeverMarkup() {
        open(Screen.DESKTOP);

        assertThat(visit.page().locator("b, i, main script")).hasCount(0);
        assertThat(visit.page()).hasTitle("Backtest of " + ReplayedDay.HOSTILE);
        assertThat(visit.page().locator("pre.wrapped")).hasText("prescale backtest '" + ReplayedDay.HOSTILE + ".csv'");
        assertThat(visit.page().locator(".spec-faults li")).hasText("<i>an hour</i> is missing");
    }

    @Test
    void beginsWhereCapacityWasShortAndSaysWhy() {
        open(Screen.DESKTOP);

        // three times the demand from noon on, which no past tells
        assertThat(visit.first(".reading-when")).containsText("12:00:00 UTC");
        assertThat(visit.first(".reading-demand")).containsText("330 req/s");
        assertThat(visit.first(".outcome")).hasText("Hold 10");
        assertThat(visit.first(".trail")).containsText("WithinTolerance");
    }

    @Test
    void theKeyboardMovesZoomsAndResets() {
        open(Screen.DESKTOP);
        Locator area = visit.first(".chart-area");
        area.focus();

        area.press("ArrowRight");
        assertThat(visit.first(".reading-when")).containsText("12:01:00 UTC");

        for (int k = 0; k < 5; k++) {
            area.press("+");
        }
        assertThat(visit.first(".reading-when")).containsText("12:01:00 UTC");
        // 45 min wide now: ten of a hundred parts of it are four minutes
        area.press("Shift+ArrowRight");
        assertThat(visit.first(".reading-when")).containsText(Pattern.compile("12:0[4-6]:00 UTC"));

        area.press("0");
        area.press("Shift+ArrowRight");
        assertThat(visit.first(".reading-when")).containsText(Pattern.compile("1[45]:\\d\\d:00 UTC"));
    }

    @Test
    void draggingZoomsAndTheButtonShowsAllAgain() {
        open(Screen.DESKTOP);
        BoundingBox plot = plot();
        double y = plot.y + plot.height / 2;

        visit.page().mouse().move(plot.x + plot.width * 0.25, y);
        visit.page().mouse().down();
        visit.page().mouse().move(plot.x + plot.width * 0.30, y);
        visit.page().mouse().up();
        visit.page().mouse().move(plot.x + plot.width * 0.99, y);
        assertThat(visit.first(".reading-when")).containsText(Pattern.compile("07:1\\d:00 UTC"));

        visit.page().locator("button[aria-label='The whole replay']").click();
        visit.page().mouse().move(plot.x + plot.width * 0.99, y);
        assertThat(visit.first(".reading-when")).containsText(Pattern.compile("23:4\\d:00 UTC"));
    }

    @Test
    void policiesAreSwitchedOffAndTheTrailIsOfTheOneChosen() {
        open(Screen.DESKTOP);

        assertThat(visit.first(".readout [data-policy=oracle]")).isVisible();
        visit.first(".toolbar label[data-policy=oracle] input").uncheck();
        visit.first(".chart-area").press("ArrowRight");
        assertThat(visit.page().locator(".readout [data-policy=oracle]")).hasCount(0);

        visit.page().locator("select").selectOption("target tracking alone");
        assertThat(visit.first(".trail")).containsText("TargetTracking");
    }

    @Test
    void aMinuteWithoutASampleSaysSo() {
        open(Screen.DESKTOP);
        BoundingBox plot = plot();
        visit.page().mouse().move(plot.x + plot.width * 930 / 1440, plot.y + plot.height / 2);

        assertThat(visit.first(".reading-demand")).containsText("no sample");
    }

    private BoundingBox plot() {
        visit.first(".u-over").scrollIntoViewIfNeeded();
        return visit.first(".u-over").boundingBox();
    }

    private void open(Screen screen) {
        visit = browser.visit(report.toUri(), screen).open("");
    }
}
