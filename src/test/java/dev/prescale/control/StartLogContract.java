package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link StartLog} keeps to. */
public interface StartLogContract {
    EndpointId SHOP = new EndpointId("web", "shop");
    Instant START = Instant.parse("2024-01-01T00:00:00.123456789Z");

    /** The log, empty; what was appended is where it stays. */
    StartLog log();

    private static ReplicaStart ready(String id, int second) {
        Instant created = START.plusSeconds(second);
        return new ReplicaStart(
                id, "v1", created, created.plusSeconds(2), created.plusSeconds(30), created.plusSeconds(90));
    }

    private static ReplicaStart waiting(String id, int second) {
        return new ReplicaStart(id, "v1", START.plusSeconds(second), null, null, null);
    }

    @Test
    default void startsComeBackAsTheyWereOldestFirst() {
        log().append(SHOP, List.of(ready("b", 20), waiting("c", 30)));
        log().append(SHOP, List.of(ready("a", 10)));

        assertThat(log().read(SHOP, START)).containsExactly(ready("a", 10), ready("b", 20), waiting("c", 30));
        assertThat(log().read(SHOP, START.plusSeconds(20))).containsExactly(ready("b", 20), waiting("c", 30));
        assertThat(log().read(new EndpointId("web", "chat"), START)).isEmpty();
    }

    @Test
    default void readinessIsKeptWhenItComesAndNeverAgain() {
        log().append(SHOP, List.of(waiting("a", 0)));
        log().append(SHOP, List.of(ready("a", 0)));
        Instant later = START.plusSeconds(9_000);
        log().append(SHOP, List.of(new ReplicaStart("a", "v1", START, null, null, later), waiting("a", 0)));

        assertThat(log().read(SHOP, START)).containsExactly(ready("a", 0));
    }

    @Test
    default void anIdIsOneOfItsEndpointOnly() {
        EndpointId chat = new EndpointId("web", "chat");
        log().append(SHOP, List.of(ready("a", 0)));
        log().append(chat, List.of(ready("a", 5)));

        assertThat(log().read(SHOP, START)).containsExactly(ready("a", 0));
        assertThat(log().read(chat, START)).containsExactly(ready("a", 5));
    }

    @Test
    default void theNewestThousandAreRead() {
        log().append(
                        SHOP,
                        IntStream.range(0, 1_200)
                                .mapToObj(k -> ready("pod-" + k, k))
                                .toList());

        assertThat(log().read(SHOP, START))
                .hasSize(StartLog.MOST_READ)
                .startsWith(ready("pod-200", 200))
                .endsWith(ready("pod-1199", 1_199));
    }
}
