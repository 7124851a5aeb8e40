package dev.prescale.adapter.kubernetes;

import static dev.prescale.adapter.kubernetes.PodBuilders.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodsByLabelTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");

    private final PodStarts starts = new PodStarts();
    private final ObjectStore<Pod> pods = new ObjectStore<>(Trim::pod, PodsByLabel::keys, starts);
    private final ItemStore<Pod> writer = pods.newWriter();

    @BeforeEach
    void fill() {
        put(PodBuilders.ready("b", "chat", "v1", NOON, 60));
        put(PodBuilders.ready("a", "chat", "v2", NOON, 60));
        put(PodBuilders.ready("x", "shop", "v1", NOON, 60));
        Pod elsewhere = PodBuilders.ready("z", "chat", "v1", NOON, 60);
        elsewhere.getMetadata().setNamespace("elsewhere");
        put(elsewhere);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "app=chat; a b",
                "app=chat,pod-template-hash=v1; b",
                "app in (chat,shop); a b x",
                "app; a b x",
                "app,app!=chat; x",
                "'app=chat,!app'; ''",
                "app=nobody; ''",
                "''; ''",
            })
    void findsThePodsOfItsNamespaceThatASelectorSelectsOrderedByName(String selector, String names) {
        assertThat(PodsByLabel.select(pods, NAMESPACE, Labels.parse(selector)))
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactly(names.isEmpty() ? new String[0] : names.split(" "));
    }

    @Test
    void aPodWhoseLabelsChangeIsFoundUnderTheNewOnesOnly() {
        Pod taken = new PodBuilder(PodBuilders.ready("b", "chat", "v1", NOON, 60))
                .editMetadata()
                .addToLabels("app", "debug")
                .endMetadata()
                .build();
        put(taken);

        assertThat(pods.countUnder("inference/app=chat")).isEqualTo(1);
        assertThat(PodsByLabel.select(pods, NAMESPACE, Labels.parse("app=debug")))
                .hasSize(1);
    }

    @Test
    void aPodThatIsGoneIsNotFoundAndItsStartForgotten() {
        Pod gone = pods.get(NAMESPACE, "b");
        writer.remove("inference/b");

        assertThat(PodsByLabel.select(pods, NAMESPACE, Labels.parse("app=chat")))
                .hasSize(1);
        assertThat(starts.of(List.of(gone))).isEmpty();
    }

    @Test
    void aPodOfTheSameNameIsAnotherPod() {
        Pod before = pods.get(NAMESPACE, "b");
        Pod after = PodBuilders.pending("b", "chat", "v1", NOON.plusSeconds(500));
        after.getMetadata().setUid("another");
        put(after);

        assertThat(starts.of(List.of(before))).isEmpty();
        assertThat(starts.of(List.of(after))).hasSize(1);
    }

    @Test
    void keepsWhatIsReadAndNothingElse() {
        Pod whole = new PodBuilder(PodBuilders.ready("c", "chat", "v1", NOON, 60))
                .editMetadata()
                .addToAnnotations("a", "long")
                .addNewManagedField()
                .withManager("kubelet")
                .endManagedField()
                .endMetadata()
                .editSpec()
                .addNewVolume()
                .withName("v")
                .endVolume()
                .editFirstContainer()
                .addNewEnv()
                .withName("E")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        var read = PodReadings.DEFAULT.read(whole, null, NOON.plusSeconds(900));
        put(whole);

        Pod kept = pods.get(NAMESPACE, "c");
        assertThat(kept).isNotNull();
        assertThat(kept.getMetadata().getAnnotations()).isEmpty();
        assertThat(kept.getMetadata().getManagedFields()).isEmpty();
        assertThat(kept.getSpec().getVolumes()).isEmpty();
        assertThat(kept.getSpec().getContainers().getFirst().getEnv()).isEmpty();
        assertThat(PodReadings.DEFAULT.read(kept, null, NOON.plusSeconds(900))).isEqualTo(read);
    }

    @Test
    void whoWroteBeforeChangesNothingAnyMore() {
        pods.newWriter();

        writer.remove("inference/b");
        put(PodBuilders.pending("late", "chat", "v1", NOON));

        assertThat(pods.all()).hasSize(4);
        assertThat(pods.get(NAMESPACE, "b")).isNotNull();
    }

    private void put(Pod pod) {
        writer.put(writer.getKey(pod), pod);
    }
}
