package dev.prescale.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** One visitor of the page. Notes what a visitor must never meet: errors in the console, requests to other hosts. */
public final class Visit implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final URI home;
    private final Browser.Screen screen;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Visit(URI home, Browser.Screen screen, BrowserContext context) {
        this.home = home;
        this.screen = screen;
        this.context = context;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.type() + " in the console: " + message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> complaints.add("exception in the page: " + error));
        page.onRequest(request -> {
            URI asked = URI.create(request.url());
            boolean isOfHome = Objects.equals(home.getScheme(), asked.getScheme())
                    && Objects.equals(home.getAuthority(), asked.getAuthority());
            if (!"data".equals(asked.getScheme()) && !isOfHome) {
                complaints.add("request to another host: " + asked);
            }
        });
    }

    /** Opens a view by its fragment: {@code #/} is the overview. */
    public Visit open(String fragment) {
        page.navigate(home + fragment);
        return this;
    }

    public Page page() {
        return page;
    }

    /** The first element that a CSS selector finds. */
    public Locator first(String selector) {
        return page.locator(selector).first();
    }

    /** How far the content is wider than the screen, in px. */
    public int horizontalOverflow() {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).intValue();
    }

    /** How high the content is, in px. */
    public int height() {
        return ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
    }

    /** Writes {@code target/screenshots/NAME-SCREEN.png} of the whole page. */
    public void screenshot(String name) {
        String file = name + "-" + screen.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png";
        // a header that stays at the top would else be in the middle of the picture
        page.evaluate("window.scrollTo(0, 0)");
        page.screenshot(
                new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)).setFullPage(true));
    }

    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The complaints so far, of which a test that provokes them says what they are; they are forgotten. */
    public List<String> takeComplaints() {
        List<String> taken = List.copyOf(complaints);
        complaints.removeAll(taken);
        return taken;
    }

    /** Takes back complaints that a test brought about: a browser reports every answer that is no success. */
    public void forgive(String pattern) {
        complaints.removeIf(complaint -> complaint.matches(pattern));
    }

    @Override
    public void close() {
        context.close();
    }
}
