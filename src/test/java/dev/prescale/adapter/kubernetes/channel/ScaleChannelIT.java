package dev.prescale.adapter.kubernetes.channel;

import static dev.prescale.adapter.kubernetes.channel.ChannelServer.NAMESPACE;
import static dev.prescale.adapter.kubernetes.channel.Channels.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Leadership;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale.NotScaled;
import dev.prescale.control.WorkloadScale.Outcome;
import dev.prescale.control.WorkloadScale.Scaled;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scales kinds of every sort on a real API server, with the verb {@code patch} on their scale subresources and no other. */
@Tag("e2e")
class ScaleChannelIT {
    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: %s
            metadata: {name: %s, namespace: inference}
            spec:
              replicas: %d
              selector: {matchLabels: {app: chat}}
              template:
                metadata: {labels: {app: chat}}
                spec: {containers: [{name: main, image: none}]}
            """;
    private static final String CUSTOM = """
            apiVersion: example.dev/v1
            kind: %s
            metadata: {name: chat, namespace: inference}
            spec: {copies: 3, model: llama}
            """;
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %1$ss.example.dev}
            spec:
              group: example.dev
              scope: Namespaced
              names: {plural: %1$ss, singular: %1$s, kind: %2$s}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                  %3$s
            """;

    private static ChannelServer cluster;
    private static WorkloadChannels channels;
    private static Instant cycle = Instant.parse("2024-01-01T12:00:00Z");

    @BeforeAll
    static void begin() {
        cluster = new ChannelServer();
        cluster.grant("apps", "deployments/scale", "statefulsets/scale", "replicasets/scale");
        cluster.grantAlso("example.dev", "models/scale");
        create(DEFINITION.formatted(
                "model",
                "Model",
                "subresources: {scale: {specReplicasPath: .spec.copies, statusReplicasPath: .status.copies}}"));
        create(DEFINITION.formatted("plain", "Plain", ""));
        await().ignoreExceptions().until(() -> create(CUSTOM.formatted("Model")) != null);
        await().ignoreExceptions().until(() -> create(CUSTOM.formatted("Plain")) != null);
        channels = cluster.channels(Leadership.ALONE);
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            channels.close();
            cluster.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"Deployment", "StatefulSet", "ReplicaSet"})
    void scalesABuiltInKindAndOwnsNothingElse(String kind) {
        create(WORKLOAD.formatted(kind, "chat", 3));
        EndpointSpec spec = ChannelServer.spec("chat", Mode.SCALE, "apps/v1", kind);

        assertThat(carryOut(spec, 3, 5)).isEqualTo(new Scaled());

        GenericKubernetesResource scaled = read("apps/v1", kind, "chat");
        assertThat(scaled.<Integer>get("spec", "replicas")).isEqualTo(5);
        assertOwns(scaled, "replicas");
    }

    @Test
    void scalesACustomKindWhateverItsFieldIsCalled() {
        EndpointSpec spec = ChannelServer.spec("chat", Mode.SCALE, "example.dev/v1", "Model");

        assertThat(carryOut(spec, 3, 5)).isEqualTo(new Scaled());

        GenericKubernetesResource scaled = read("example.dev/v1", "Model", "chat");
        assertThat(scaled.<Object>get("spec")).isEqualTo(Map.of("copies", 5, "model", "llama"));
        assertOwns(scaled, "copies");
    }

    @Test
    void scalesFromZeroAndToZero() {
        create(WORKLOAD.formatted("Deployment", "asleep", 0));
        EndpointSpec spec = ChannelServer.spec("asleep", Mode.SCALE, "apps/v1", "Deployment");

        assertThat(carryOut(spec, 0, 2)).isEqualTo(new Scaled());
        assertThat(read("apps/v1", "Deployment", "asleep").<Integer>get("spec", "replicas"))
                .isEqualTo(2);
        assertThat(carryOut(spec, 2, 0)).isEqualTo(new Scaled());
        assertThat(read("apps/v1", "Deployment", "asleep").<Integer>get("spec", "replicas"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"4", "0"})
    void overwritesNothingThatHasChangedMeanwhile(int decidedOn) {
        String name = "moved-from-" + decidedOn;
        create(WORKLOAD.formatted("Deployment", name, 3));
        EndpointSpec spec = ChannelServer.spec(name, Mode.SCALE, "apps/v1", "Deployment");

        assertThat(carryOut(spec, decidedOn, 9))
                .isEqualTo(new NotScaled(
                        "the replicas of Deployment inference/%s have changed meanwhile (422): the next cycle decides anew"
                                .formatted(name)));
        assertThat(read("apps/v1", "Deployment", name).<Integer>get("spec", "replicas"))
                .isEqualTo(3);
    }

    @Test
    void tellsWhatIsNotThere() {
        assertThat(carryOut(ChannelServer.spec("nobody", Mode.SCALE, "apps/v1", "Deployment"), 3, 5))
                .isEqualTo(new NotScaled("there is no Deployment inference/nobody in the cluster (404)"));
        assertThat(carryOut(ChannelServer.spec("chat", Mode.SCALE, "example.dev/v1", "Plain"), 3, 5))
                .isEqualTo(new NotScaled("Plain in example.dev/v1 has no scale subresource: nobody can scale it"));
        assertThat(carryOut(ChannelServer.spec("chat", Mode.SCALE, "example.dev/v1", "Nothing"), 3, 5))
                .isEqualTo(new NotScaled("the cluster has no kind Nothing in example.dev/v1"));
        assertThat(carryOut(ChannelServer.spec("chat", Mode.SCALE, "nobody.dev/v1", "Model"), 3, 5))
                .isEqualTo(new NotScaled("the cluster has no API nobody.dev/v1"));
    }

    @Test
    void namesTheVerbThatIsMissing() {
        create("""
                apiVersion: v1
                kind: ReplicationController
                metadata: {name: chat, namespace: inference}
                spec:
                  replicas: 3
                  selector: {app: old}
                  template:
                    metadata: {labels: {app: old}}
                    spec: {containers: [{name: main, image: none}]}
                """);

        assertThat(carryOut(ChannelServer.spec("chat", Mode.SCALE, "v1", "ReplicationController"), 3, 5))
                .isEqualTo(
                        new NotScaled(
                                "ReplicationController inference/chat may not be changed (403): the role of Prescale lacks the verb patch on replicationcontrollers/scale"));
    }

    private static void assertOwns(GenericKubernetesResource object, String field) {
        assertThat(object.getMetadata().getManagedFields())
                .filteredOn(entry -> entry.getManager().equals(ApiWrites.FIELD_MANAGER))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getSubresource()).isEqualTo("scale");
                    assertThat(fields(entry)).isEqualTo(Map.of("f:spec", Map.of("f:" + field, Map.of())));
                });
    }

    private static Map<String, Object> fields(ManagedFieldsEntry entry) {
        return entry.getFieldsV1().getAdditionalProperties();
    }

    private static Outcome carryOut(EndpointSpec spec, int from, int to) {
        cycle = cycle.plusSeconds(15);
        return channels.carryOut(spec, null, order(from, to), cycle);
    }

    private static HasMetadata create(String yaml) {
        return cluster.admin.resource(yaml).create();
    }

    private static GenericKubernetesResource read(String apiVersion, String kind, String name) {
        return cluster.admin
                .genericKubernetesResources(apiVersion, kind)
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }
}
