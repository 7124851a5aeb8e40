package dev.prescale.bench;

import com.microsoft.playwright.Page;
import dev.prescale.testing.Browser;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What a large fleet costs the overview in a real browser: until something is painted and until rows are there, and the main thread's
 * time per live update, out of Chromium's own trace.
 *
 * <pre>
 * make bench-page                        # 1,000 endpoints
 * make bench-page ENDPOINTS=10000
 * </pre>
 */
public final class PageBenchmark {
    private static final int STARTS = 7;
    private static final int UPDATES = 20;
    private static final int MILLIS_BETWEEN_UPDATES = 1_000;

    /** By then the first sparklines have been read and drawn: they are part of the start. */
    private static final int RESTS_AFTER_START = 4;

    private static final String MARK = "prescale-update";
    private static final String SHOWN =
            "document.querySelectorAll('.endpoints tbody tr').length > 0 && performance.now()";
    private static final String PAINTED =
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()";

    private PageBenchmark() {}

    /** @param arguments number of endpoints; none for 1,000 */
    public static void main(String[] arguments) throws IOException {
        int endpoints = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        String report;
        try (PageService service = new PageService(endpoints);
                Browser browser = Browser.start()) {
            report =
                    "%s%n%n%,d endpoints, a screen of 1280 x 900; medians of %d starts without cache, %d updates.%n%n%s"
                            .formatted(Machine.line(), endpoints, STARTS, UPDATES, table(service, browser));
        }
        System.out.print(report);
        String store = System.getProperty("prescale.bench.store", "");
        if (!store.isEmpty()) {
            Benchmarks.StoredText.replace(Path.of(store), "page", report);
        }
    }

    private static String table(PageService service, Browser browser) throws IOException {
        double[] painted = new double[STARTS];
        double[] shown = new double[STARTS];
        for (int k = 0; k < STARTS; k++) {
            try (Visit visit = browser.visit(service.home(), Screen.DESKTOP)) {
                Page page = visit.open("#/").page();
                shown[k] = millis(page.waitForFunction(SHOWN).jsonValue());
                painted[k] = millis(page.evaluate(PAINTED));
            }
        }
        try (Visit visit = browser.visit(service.home(), Screen.DESKTOP)) {
            Page page = visit.open("#/").page();
            page.waitForFunction(SHOWN);
            for (int k = 0; k < RESTS_AFTER_START; k++) {
                rest();
            }
            service.takeSparklineReads();
            PageTrace trace = PageTrace.of(browser.traced(page, () -> update(service, page)), MARK);
            double[] cpu = figures(trace, PageTrace.Busy::cpuMillis);
            double[] wall = figures(trace, PageTrace.Busy::wallMillis);
            double[] longest = figures(trace, PageTrace.Busy::longestMillis);
            List<String> cells = new ArrayList<>();
            for (double figure : new double[] {
                median(painted),
                most(painted),
                median(shown),
                most(shown),
                median(cpu),
                most(cpu),
                median(wall),
                most(longest)
            }) {
                cells.add(BenchmarkTable.number(figure));
            }
            cells.add("" + page.locator(".endpoints tbody tr").count());
            cells.add("" + service.takeSparklineReads());
            return """
                    | first paint ms | most | rows there ms | most | main thread CPU ms per update | most | on the wall | longest task | rows in the document | reads for sparklines meanwhile |
                    |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
                    | %s |
                    """.formatted(String.join(" | ", cells));
        }
    }

    private static void update(PageService service, Page page) {
        for (int k = 0; k <= UPDATES; k++) {
            page.evaluate("performance.mark('" + MARK + "')");
            if (k < UPDATES) {
                try {
                    service.publishCycle();
                } catch (IOException fault) {
                    throw new UncheckedIOException(fault);
                }
                rest();
            }
        }
    }

    /** Until an update has been drawn, and as in the service the next one comes later. */
    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_UPDATES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static double[] figures(PageTrace trace, ToDoubleFunction<PageTrace.Busy> figure) {
        return trace.updates().stream().mapToDouble(figure).toArray();
    }

    private static double millis(Object evaluated) {
        return ((Number) evaluated).doubleValue();
    }

    private static double median(double[] figures) {
        return Arrays.stream(figures)
                .sorted()
                .skip(figures.length / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double most(double[] figures) {
        return Arrays.stream(figures).max().orElseThrow();
    }
}
