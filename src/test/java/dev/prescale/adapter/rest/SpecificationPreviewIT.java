package dev.prescale.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The preview of the specification editor in a real browser. Writes target/screenshots. */
@Tag("e2e")
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class SpecificationPreviewIT extends VisitedEditor {
    @Test
    void theLastWeekIsReplayedUnderBothAndComparedSideBySide() {
        Page page = openEditor(Screen.DESKTOP, CHECKOUT);
        assertThat(verdict()).hasText("Valid: test/checkout.");
        text().fill(text().inputValue().replace("minReplicas: 1", "minReplicas: 20"));
        assertThat(verdict()).hasText("Valid: test/checkout.");
        assertThat(page.locator(".preview .form-end .note")).hasText("");
        preview().click();

        SlowBacktests.Run inForce = nextRun();
        assertThat(minReplicas(inForce)).isEqualTo(1);
        inForce.ends();
        SlowBacktests.Run edited = nextRun();
        assertThat(minReplicas(edited)).isEqualTo(20);
        assertThat(edited.request().setup().from())
                .isEqualTo(inForce.request().setup().from());
        assertThat(edited.request().setup().endpoints().getFirst().trace())
                .isEqualTo(inForce.request().setup().endpoints().getFirst().trace());
        edited.ends();

        assertThat(page.locator(".preview .scores tbody tr")).hasCount(5);
        assertThat(page.locator(".preview h2").nth(1))
                .hasText(Pattern.compile("[\\d,.]+ % more replica-hours .*in force.*"));
        assertThat(page.locator(".preview .plot-replay canvas")).isVisible();
        assertThat(page.locator(".preview .readout")).containsText("edited");
        visit().screenshot("specification-preview");
    }
}
