package dev.prescale.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.config.PauseAnnotations;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.PauseNote;
import dev.prescale.control.Pauses;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnableKubernetesMockClient(crud = true, https = false)
class ResourcePausesTest {
    private static final EndpointId CHAT = new EndpointId("inference", "chat");
    private static final PauseNote NOTE = new PauseNote("ada", Instant.parse("2024-01-29T08:00:00Z"), "a \"reason\"");
    private static final String PATH = "/apis/prescale.dev/v1alpha1/namespaces/inference/predictiveautoscalers/chat";

    private KubernetesMockServer server;
    private KubernetesClient client;

    @Test
    void aPauseIsAnAnnotationThatTellsOfItself() {
        create();
        remove("prescale.dev/paused");

        assertThat(pauses().pause(CHAT, NOTE)).isEqualTo(new Pauses.Done(true, new Pausing(true, false, NOTE)));

        assertThat(annotations())
                .containsEntry("prescale.dev/paused", "true")
                .containsEntry("prescale.dev/paused-by", "ada")
                .containsEntry("prescale.dev/paused-at", "2024-01-29T08:00:00Z")
                .containsEntry("prescale.dev/paused-reason", "a \"reason\"")
                .containsEntry("kubectl.kubernetes.io/last-applied-configuration", "{}");
    }

    @Test
    void whatIsPausedAlreadyKeepsItsNote() {
        create();
        PauseNote later = new PauseNote("grace", Instant.parse("2024-01-30T08:00:00Z"), null);

        assertThat(pauses().pause(CHAT, later)).isEqualTo(new Pauses.Done(false, new Pausing(true, false)));

        assertThat(annotations()).doesNotContainKey("prescale.dev/paused-by");
    }

    /** The mock server does not know that null takes a key away; a real one is asked in ClusterIT. */
    @Test
    void aResumedOneHasNothingLeftOfThePause() throws Exception {
        create();

        assertThat(pauses().resume(CHAT)).isEqualTo(new Pauses.Done(true, Pausing.NONE));

        String patch = ResourcePauses.patch(SpecResourcesTest.chat(20), PauseAnnotations.resuming());
        assertThat(new ObjectMapper().readTree(patch).at("/metadata/annotations"))
                .hasSize(4)
                .allMatch(JsonNode::isNull);
    }

    @Test
    void whatIsNotPausedNeedsNoResume() {
        create();
        remove("prescale.dev/paused");

        assertThat(pauses().resume(CHAT)).isEqualTo(new Pauses.Done(false, Pausing.NONE));
    }

    @Test
    void whatIsNotThereIsSaidToBe() {
        assertThat(pauses().pause(CHAT, NOTE)).isEqualTo(new Pauses.NotThere());
        assertThat(pauses().resume(CHAT)).isEqualTo(new Pauses.NotThere());
    }

    @ParameterizedTest
    @CsvSource({"403, Unavailable", "404, NotThere", "409, NotOurs"})
    void whatTheServerRefusesIsTold(int code, String outcome) {
        create();
        GenericKubernetesResource seen = resource().get();
        KubernetesClient patient = WatchedCluster.client(client.getConfiguration());
        server.expect()
                .patch()
                .withPath(PATH + "?fieldManager=prescale")
                .andReturn(code, "{}")
                .always();

        assertThat(new ResourcePauses(client, any -> Optional.of(seen))
                        .resume(CHAT)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(outcome);
    }

    private void create() {
        resource().create();
    }

    private void remove(String annotation) {
        resource().edit(present -> {
            present.getMetadata().getAnnotations().remove(annotation);
            return present;
        });
    }

    private ResourcePauses pauses() {
        return new ResourcePauses(client, any -> Optional.ofNullable(resource().get()));
    }

    private Map<String, String> annotations() {
        return resource().get().getMetadata().getAnnotations();
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(
                        WatchedKind.SPECIFICATIONS.api().context())
                .inNamespace("inference")
                .resource(SpecResourcesTest.chat(20));
    }
}
