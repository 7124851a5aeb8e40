package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link PauseLog} keeps to. */
public interface PauseLogContract {
    EndpointId CHAT = new EndpointId("inference", "chat");
    EndpointId SHOP = new EndpointId("web", "shop");
    PauseNote NOTE =
            new PauseNote("ada", Instant.parse("2024-01-29T08:00:00.123456789Z"), "migration; \u00fcber \"Nacht\"");

    /** The log, empty. */
    PauseLog log();

    @Test
    default void whatIsKeptComesBackAsItWas() {
        assertThat(log().read()).isEmpty();

        log().put(CHAT, NOTE);
        log().put(SHOP, PauseNote.NONE);

        assertThat(log().read()).isEqualTo(Map.of(CHAT, NOTE, SHOP, PauseNote.NONE));
    }

    @Test
    default void aPauseReplacesTheOneBefore() {
        PauseNote later = new PauseNote("grace", Instant.parse("2024-01-30T08:00:00Z"), null);
        log().put(CHAT, NOTE);
        log().put(CHAT, later);

        assertThat(log().read()).isEqualTo(Map.of(CHAT, later));
    }

    @Test
    default void whatIsRemovedIsGone() {
        log().put(CHAT, NOTE);
        log().put(SHOP, NOTE);
        log().remove(CHAT);
        log().remove(new EndpointId("nobody", "knows"));

        assertThat(log().read()).isEqualTo(Map.of(SHOP, NOTE));
    }
}
