package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.testing.Browser;
import dev.prescale.testing.Browser.Screen;
import dev.prescale.testing.Visit;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A visitor of the pages that start backtests: one endpoint runs, and backtests go on when the test says so. */
abstract class VisitedBacktests {
    private static Browser browser;

    @Inject
    FakeFleetView fleet;

    @Inject
    FleetEvents events;

    @Inject
    SlowBacktests engine;

    @Inject
    BacktestJobs jobs;

    @TestHTTPResource("/")
    URI home;

    private final List<SlowBacktests.Run> runs = new ArrayList<>();
    private Visit visit;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void showAnEndpoint() {
        EndpointSnapshot checkout = PageFixture.checkout();
        fleet.shows(checkout);
        events.cycleDone(NOON, List.of(checkout));
    }

    @AfterEach
    void nothingBrokeAndNothingIsLeft() {
        jobs.newestFirst().forEach(job -> jobs.remove(job.id()));
        runs.forEach(SlowBacktests.Run::endsWhereStopped);
        List<String> complaints = visit.complaints();
        visit.close();
        assertThat(complaints).isEmpty();
    }

    /** Opens a view in an empty tab; of later calls the screen counts for nothing. */
    Page open(Screen screen, String fragment) {
        if (visit == null) {
            visit = browser.visit(home, screen);
        }
        return visit.open(fragment).page();
    }

    Visit visit() {
        return visit;
    }

    Page page() {
        return visit.page();
    }

    void press(String name) {
        page().getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    /** The next backtest that begins. */
    SlowBacktests.Run nextRun() {
        SlowBacktests.Run run = engine.next();
        runs.add(run);
        return run;
    }
}
