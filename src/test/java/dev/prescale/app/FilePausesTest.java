package dev.prescale.app;

import static dev.prescale.testing.Specs.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.PauseNote;
import dev.prescale.testing.MemoryPauseLog;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilePausesTest {
    private static final EndpointSpec CHAT = anEndpoint("chat");
    private static final EndpointSpec SHOP = anEndpoint("shop");
    private static final PauseNote NOTE = new PauseNote("ada", Instant.parse("2024-01-29T08:00:00Z"), "migration");

    private final MemoryPauseLog log = new MemoryPauseLog();
    private final FilePauses pauses = new FilePauses(() -> log);

    @Test
    void aPauseIsLaidOverWhatTheFileSays() {
        EndpointSpec holdsScaleIn = CHAT.withPausing(new Pausing(false, true));
        pauses.put(CHAT.id(), NOTE);

        assertThat(pauses.laidOver(List.of(holdsScaleIn, SHOP)))
                .containsExactly(CHAT.withPausing(new Pausing(true, true, NOTE)), SHOP);

        pauses.remove(CHAT.id());
        assertThat(pauses.laidOver(List.of(holdsScaleIn, SHOP))).containsExactly(holdsScaleIn, SHOP);
        assertThat(log.read()).isEmpty();
    }

    @Test
    void aFileThatPausesItselfTellsOfIt() {
        EndpointSpec paused = CHAT.withPausing(new Pausing(true, false));
        pauses.put(CHAT.id(), NOTE);

        assertThat(pauses.laidOver(List.of(paused))).containsExactly(paused);
    }

    @Test
    void aPauseOutlivesTheProcess() {
        pauses.put(CHAT.id(), NOTE);

        assertThat(new FilePauses(() -> log).of(CHAT.id())).contains(NOTE);
    }

    @Test
    void whatCannotBeKeptIsNotInForce() {
        FilePauses broken = new FilePauses(() -> {
            throw new IllegalStateException("no disk");
        });

        assertThat(broken.laidOver(List.of())).isEmpty();
        assertThatThrownBy(() -> broken.put(CHAT.id(), NOTE)).hasMessage("no disk");
    }
}
