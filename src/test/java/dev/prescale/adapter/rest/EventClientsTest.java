package dev.prescale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventClientsTest {
    private final EventClients clients = new EventClients();

    @Test
    void streamsEndWhenTheServiceEnds() {
        var seen = clients.looking(() -> {
            clients.end();
            return Optional.of("state");
        });

        assertThat(seen.collect().asList().await().atMost(Duration.ofSeconds(30)))
                .containsExactly("state");
        assertThat(clients.count()).isZero();
    }
}
