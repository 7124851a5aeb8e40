package dev.prescale.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.ReplicaStart;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodStartsTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");

    private final PodStarts starts = new PodStarts();

    @Test
    void tellsEachPartOfAStart() {
        ReplicaStart start =
                look(List.of(PodBuilders.ready("a", "chat", "v1", NOON, 90))).getFirst();

        assertThat(start.id()).isEqualTo("uid-a");
        assertThat(start.template()).isEqualTo("v1");
        assertThat(start.scheduling()).hasSeconds(2);
        assertThat(start.image()).hasSeconds(28);
        assertThat(start.start()).hasSeconds(60);
        assertThat(start.duration()).hasSeconds(90);
    }

    @Test
    void aReadinessThatCameAndWentBetweenTwoLooksIsTheStart() {
        starts.present(PodBuilders.pending("a", "chat", "v1", NOON));
        starts.present(readySince("a", 90, "True", 0));
        starts.present(readySince("a", 95, "False", 1));

        assertThat(look(List.of(readySince("a", 300, "True", 1))))
                .singleElement()
                .satisfies(start -> assertThat(start.duration()).hasSeconds(90));
    }

    @Test
    void aPodThatIsGoneIsForgotten() {
        Pod pod = readySince("a", 90, "True", 0);
        starts.present(pod);
        starts.gone(pod);

        assertThat(starts.of(List.of(pod))).isEmpty();
    }

    @Test
    void aPodThatIsNotReadyYetHasNoReady() {
        assertThat(look(List.of(PodBuilders.pending("a", "chat", "v1", NOON))))
                .containsExactly(new ReplicaStart("uid-a", "v1", NOON, null, null, null));
    }

    @Test
    void readinessThatWentAndCameBackIsNotAnotherStart() {
        List<ReplicaStart> first = look(List.of(PodBuilders.ready("a", "chat", "v1", NOON, 90)));

        assertThat(look(List.of(readySince("a", 900, "False", 0)))).isEqualTo(first);
        assertThat(look(List.of(readySince("a", 1_000, "True", 0)))).isEqualTo(first);
    }

    @Test
    void aPodThatWasLongReadyAtTheFirstLookTellsNothing() {
        // 30 min and a second after its container
        assertThat(look(List.of(readySince("a", 30 + 1_801, "True", 0)))).isEmpty();
        assertThat(look(List.of(readySince("b", 90, "True", 1)))).isEmpty();
    }

    @Test
    void howeverLongAStartThatWasWatchedCounts() {
        look(List.of(PodBuilders.pending("a", "chat", "v1", NOON)));

        assertThat(look(List.of(readySince("a", 7_200, "True", 3))))
                .singleElement()
                .satisfies(start -> assertThat(start.duration()).hasSeconds(7_200))
                .satisfies(start -> assertThat(start.image()).isNull()); // its first container's start is gone
    }

    @Test
    void aPodThatGoesWithoutHavingBeenReadyIsNoStart() {
        Pod going = new PodBuilder(PodBuilders.pending("a", "chat", "v1", NOON))
                .editMetadata()
                .withDeletionTimestamp(NOON.plusSeconds(9).toString())
                .endMetadata()
                .build();

        assertThat(look(List.of(going))).isEmpty();
    }

    @Test
    void clocksThatDisagreeGiveNoNegativeStart() {
        Pod pod = PodBuilders.withStatus(
                PodBuilders.pending("a", "chat", "v1", NOON),
                NOON.minusSeconds(40),
                PodBuilders.condition("Ready", "True", NOON.minusSeconds(1)),
                0);

        assertThat(look(List.of(pod)))
                .singleElement()
                .satisfies(start -> assertThat(start.duration()).isZero())
                .satisfies(start -> assertThat(start.scheduling()).isZero());
    }

    /** An event for each of the pods, then what is told of them. */
    private List<ReplicaStart> look(List<Pod> pods) {
        pods.forEach(starts::present);
        return starts.of(pods);
    }

    private static Pod readySince(String name, int seconds, String status, int restarts) {
        return PodBuilders.withStatus(
                PodBuilders.pending(name, "chat", "v1", NOON),
                NOON,
                PodBuilders.condition("Ready", status, NOON.plusSeconds(seconds)),
                restarts);
    }
}
