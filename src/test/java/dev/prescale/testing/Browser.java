package dev.prescale.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, headless, driven by Playwright, which downloads nothing. Start one per test class. Its
 * path is that of the environment variable CHROMIUM, else that of the first of {@link #NAMES} on the PATH.
 */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    /** Without these Chromium looks for hosts of its maker at every start, which a closed network refuses. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Tasks of the main thread, and marks of the page to tell them apart by. */
    private static final List<String> TRACED =
            List.of("disabled-by-default-devtools.timeline", "devtools.timeline", "blink.user_timing", "__metadata");

    /** Generous: what is waited for shows within a second, but not on a machine with more to do than cores. */
    private static final double LONGEST_WAIT_MILLIS = 30_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
    }

    /** Starts the browser. Where there is none the test is aborted, or fails where PRESCALE_REQUIRE names chromium. */
    public static Browser start() {
        Optional<Path> executable = find();
        if (executable.isEmpty()) {
            String message = "No Chromium on the PATH and CHROMIUM is not set: the page is not tested.";
            if (isRequired()) {
                fail(message);
            }
            System.out.println(message);
            abort(message);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(LONGEST_WAIT_MILLIS);
        return new Browser(executable.orElseThrow());
    }

    private static Optional<Path> find() {
        String named = System.getenv("CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRequired() {
        String required = System.getenv().getOrDefault("PRESCALE_REQUIRE", "");
        return Arrays.asList(required.split("[,\\s]+")).contains("chromium");
    }

    /** An empty tab of a browser without cookies or cache; nothing is opened yet. */
    public Visit visit(URI home, Screen screen) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(screen.colours));
        return new Visit(home, screen, context);
    }

    /** What the browser does meanwhile, as its own trace: JSON in the Trace Event Format. */
    public byte[] traced(Page page, Runnable work) {
        chromium.startTracing(page, new com.microsoft.playwright.Browser.StartTracingOptions().setCategories(TRACED));
        work.run();
        return chromium.stopTracing();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    /** What a visitor looks at the page with. */
    public enum Screen {
        DESKTOP(1280, 900, ColorScheme.LIGHT),
        DESKTOP_DARK(1280, 900, ColorScheme.DARK),
        PHONE(390, 844, ColorScheme.LIGHT),
        PHONE_DARK(390, 844, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme colours;

        Screen(int width, int height, ColorScheme colours) {
            this.width = width;
            this.height = height;
            this.colours = colours;
        }
    }
}
