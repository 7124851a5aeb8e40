package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one client sees, look by look. */
class FleetEventsTest {
    private final FleetEvents events =
            new FleetEvents(JsonMapper.builder().addModule(new JavaTimeModule()).build(), List::of);
    private final FleetEvents.Client client = events.new Client();

    @Test
    void theFirstLookShowsWhatThereIs() {
        assertThat(client.look())
                .contains(new FleetEvents.Fleet("{\"endpoints\":[],\"next\":null,\"specificationFaults\":[]}"));
    }

    @Test
    void nothingIsSentTwice() {
        client.look();

        assertThat(client.look()).isEmpty();
    }

    @Test
    void aClientThatIsBehindGetsOnlyTheNewestState() {
        client.look();
        events.cycleDone(NOON, List.of(aSnapshot("old").build()));
        events.cycleDone(NOON, List.of(aSnapshot("new").build()));

        assertThat(client.look())
                .hasValueSatisfying(event -> assertThat(((FleetEvents.Fleet) event).json())
                        .contains("\"new\"")
                        .doesNotContain("\"old\""));
        assertThat(client.look()).isEmpty();
    }

    @Test
    void silenceIsBrokenByAHeartbeat() {
        client.look();
        for (int look = 1; look < EventClients.Silence.LOOKS_PER_HEARTBEAT; look++) {
            assertThat(client.look()).isEmpty();
        }

        assertThat(client.look()).contains(new FleetEvents.Heartbeat());
        assertThat(client.look()).isEmpty();
    }
}
