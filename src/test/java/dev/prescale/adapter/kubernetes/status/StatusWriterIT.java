package dev.prescale.adapter.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prescale.config.CustomResource;
import dev.prescale.config.CustomResourceSchema;
import dev.prescale.config.Violation;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.Leadership;
import dev.prescale.control.WorkloadScale;
import dev.prescale.testing.Kubectl;
import dev.prescale.testing.KubernetesApiServer;
import dev.prescale.testing.Snapshots;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Against a real API server, with the two rights that writing a status and events needs and no others. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatusWriterIT {
    private static final String NAMESPACE = "test";
    private static final EndpointId CHAT = new EndpointId(NAMESPACE, "chat");
    private static final EndpointSnapshot SNAPSHOT = Snapshots.aSnapshot("chat").build();

    private static KubernetesApiServer server;
    private static KubernetesClient admin;
    private static KubernetesClient prescale;
    private static final AtomicInteger LOOKS = new AtomicInteger();
    private static StatusWriter writer;

    @BeforeAll
    static void begin() {
        server = KubernetesApiServer.begin();
        admin = server.admin();
        prescale = server.client(KubernetesApiServer.PRESCALE);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        admin.load(new ByteArrayInputStream(CustomResourceSchema.yaml().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        giveRights();
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> resources().resource(specification()).create() != null);
        writer = begun();
    }

    private static StatusWriter begun() {
        return StatusWriter.begin(
                prescale,
                id -> {
                    Optional<GenericKubernetesResource> seen =
                            Optional.ofNullable(resources().withName(id.name()).get());
                    LOOKS.incrementAndGet();
                    return seen;
                },
                Leadership.ALONE,
                "prescale-0",
                InstantSource.system());
    }

    @AfterAll
    static void end() {
        if (server != null) {
            writer.close();
            prescale.close();
            admin.close();
            server.close();
        }
    }

    @Test
    @Order(1)
    void theStatusIsWrittenAndNothingOfItIsLost() {
        writer.cycleDone(Snapshots.NOON, List.of(SNAPSHOT));

        await().atMost(Duration.ofSeconds(20)).until(() -> status().observedGeneration() == 1);
        EndpointStatus wanted = StatusMapping.of(
                new EndpointFacts(status().condition("Ready").orElseThrow().since(), 1, SNAPSHOT, List.of(), null));
        assertThat(status()).isEqualTo(wanted);
        await().atMost(Duration.ofSeconds(20)).until(() -> !events().isEmpty());
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getReason()).isEqualTo("Scaled");
            assertThat(event.getRegarding().getName()).isEqualTo("chat");
            assertThat(event.getNote()).startsWith("3 -> 5 replicas: ");
        });
    }

    @Test
    @Order(2)
    void aStatusThatIsTheSameIsNotWrittenAgainNotEvenAfterARestart() {
        String version = version();

        try (StatusWriter another = begun()) {
            int asked = requests();
            int looks = LOOKS.get();
            another.cycleDone(Snapshots.NOON, List.of(SNAPSHOT));
            writer.cycleDone(Snapshots.NOON, List.of(SNAPSHOT));
            await().atMost(Duration.ofSeconds(20)).until(() -> LOOKS.get() >= looks + 2);
            // the change after it shows that the first look is over
            EndpointSnapshot changed = Snapshots.aSnapshot("chat")
                    .workload(new WorkloadScale.Replicas(5, 2, false))
                    .build();
            assertThat(version()).isEqualTo(version);
            another.cycleDone(Snapshots.NOON, List.of(changed));
            await().atMost(Duration.ofSeconds(20)).until(() -> status().currentReplicas() == 5);
            assertThat(requests() - asked).isEqualTo(1);
        }
    }

    @Test
    @Order(3)
    void kubectlShowsItInColumns() throws Exception {
        String[] lines = Kubectl.of(server).run("get", "pas", "-n", NAMESPACE).split("\n");

        assertThat(lines[0].split("\\s{2,}|(?<=[A-Z]) (?=NAME)"))
                .contains("NAME", "MODE", "CURRENT", "RECOMMENDED", "NEXT PEAK", "GATE", "AGE");
        assertThat(lines[1]).contains("chat", "Scale", "5", "2024-01-01T17:50:00Z", "Trusted");
        assertThat(Kubectl.of(server).run("get", "pas", "-n", NAMESPACE, "-o", "wide"))
                .contains("Valid", "Acting", "chat");
    }

    @Test
    @Order(4)
    void aFaultySpecificationIsToldWithItsFaults() {
        writer.notInForce(Map.of(CHAT, List.of(new Violation("spec.timeZone", "Mars", "must be a time zone id"))));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> status().condition("Ready").orElseThrow().reason().equals("Invalid"));
        assertThat(status().condition("Ready").orElseThrow().message())
                .isEqualTo("spec.timeZone must be a time zone id, was Mars");
        assertThat(status().lastDecision()).as("of the one in force").isNotNull();
    }

    @Test
    @Order(5)
    void nothingButPatchesOfTheStatusAndNewEventsIsAsked() {
        assertThat(server.auditLog().rightsUsed())
                .containsExactlyInAnyOrder(
                        "patch prescale.dev/predictiveautoscalers/status", "create events.k8s.io/events");
        assertThat(server.auditLog().requests())
                .allSatisfy(request -> assertThat(request.code()).isBetween(200, 201));
    }

    private static int requests() {
        return server.auditLog().requests().size();
    }

    private static List<Event> events() {
        return admin.events().v1().events().inNamespace(NAMESPACE).list().getItems();
    }

    private static String version() {
        return resources().withName("chat").get().getMetadata().getResourceVersion();
    }

    private static EndpointStatus status() {
        return StatusJson.read(
                resources().withName("chat").get().getAdditionalProperties().get("status"));
    }

    private static NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>>
            resources() {
        return admin.genericKubernetesResources(CustomResource.API_VERSION, CustomResource.KIND)
                .inNamespace(NAMESPACE);
    }

    private static GenericKubernetesResource specification() {
        return Serialization.unmarshal("""
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: chat, namespace: test}
                spec:
                  scaleTargetRef: {name: chat}
                  maxReplicas: 40
                  traffic:
                    influx: {bucket: traffic, measurement: http_requests, field: count, kind: Count}
                  capacity:
                    perReplica: {requestRate: 12}
                """, GenericKubernetesResource.class);
    }

    private static void giveRights() {
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("status")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .addToRules(
                                new PolicyRuleBuilder()
                                        .withApiGroups("prescale.dev")
                                        .withResources("predictiveautoscalers/status")
                                        .withVerbs("patch")
                                        .build(),
                                new PolicyRuleBuilder()
                                        .withApiGroups("events.k8s.io")
                                        .withResources("events")
                                        .withVerbs("create")
                                        .build())
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("status")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "status")
                        .addNewSubject("rbac.authorization.k8s.io", "User", KubernetesApiServer.PRESCALE, null)
                        .build())
                .create();
    }
}
