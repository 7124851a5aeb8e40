package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.testing.Axe;
import dev.prescale.testing.Browser;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.Visit;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * What tests of the page have in common: a fleet of two endpoints whose numbers are known, and a visitor who must meet no error and no
 * other host. Writes target/screenshots.
 */
abstract class PageVisits {
    static final String CHECKOUT = "#/test/checkout";

    /** One for all classes, because a browser takes a second to start; it ends with the JVM. */
    private static @Nullable Browser browser;

    @Inject
    FakeFleetView fleet;

    @Inject
    FleetEvents events;

    @Inject
    DecisionLog journal;

    @TestHTTPResource("/")
    URI home;

    Visit visit;

    @BeforeAll
    static void startBrowser() {
        if (browser == null) {
            Browser started = Browser.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            browser = started;
        }
    }

    @BeforeEach
    void showTwoEndpoints() {
        show(PageFixture.checkout(), PageFixture.chat());
    }

    @AfterEach
    void nothingBrokeAndNothingLeftTheOrigin() {
        if (visit != null) {
            List<String> complaints = visit.complaints();
            visit.close();
            visit = null;
            assertThat(complaints).isEmpty();
        }
    }

    final void show(EndpointSnapshot... snapshots) {
        fleet.shows(snapshots);
        events.cycleDone(NOON, fleet.snapshots());
    }

    final Visit on(Screen screen) {
        return on(screen, home);
    }

    final Visit on(Screen screen, URI address) {
        visit = browser.visit(address, screen);
        visit.page().route("**/api/v1/demo", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        return visit;
    }

    final void assertAccessible() {
        assertThat(Axe.violations(visit.page())).isEmpty();
    }

    /** Moves the pointer to a share of the rate chart's width. */
    final void pointAt(double share) {
        BoundingBox box = visit.first(".plot-rate .u-over").boundingBox();
        visit.page().mouse().move(box.x + share * box.width, box.y + box.height / 2);
    }

    /** Answers a call in place of the service. */
    final void answer(String call, int status, String body) {
        visit.page()
                .route(
                        "**/api/v1/" + call,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setStatus(status)
                                .setContentType(status < 400 ? "application/json" : "application/problem+json")
                                .setBody(body)));
    }

    /** The chart is there and what was read is in it. */
    final Page openCheckout() {
        Page page = on(Screen.DESKTOP).open(CHECKOUT).page();
        assertThat(visit.first(".reading-observed")).hasText("Observed 44.0 req/s");
        return page;
    }
}
