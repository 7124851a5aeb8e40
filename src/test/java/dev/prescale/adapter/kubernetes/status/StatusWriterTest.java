package dev.prescale.adapter.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.Violation;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Leadership;
import dev.prescale.testing.Snapshots;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(https = false)
class StatusWriterTest {
    private static final String STATUS =
            "/apis/prescale.dev/v1alpha1/namespaces/test/predictiveautoscalers/chat/status?fieldManager=prescale&force=true";
    private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/test/events";
    private static final EndpointId CHAT = new EndpointId("test", "chat");

    private KubernetesMockServer server;
    private KubernetesClient client;

    @Test
    void aCycleIsFollowedByOneApplyOfTheStatusAndOneEvent() throws InterruptedException {
        server.expect().patch().withPath(STATUS).andReturn(200, resource()).once();
        server.expect().post().withPath(EVENTS).andReturn(201, "{}").once();
        try (StatusWriter writer = StatusWriter.begin(
                client, id -> Optional.of(resource()), Leadership.ALONE, "prescale-0", InstantSource.system())) {
            writer.cycleDone(Snapshots.NOON, List.of(Snapshots.aSnapshot("chat").build()));

            RecordedRequest apply = server.takeRequest(10, TimeUnit.SECONDS);
            assertThat(apply.getMethod()).isEqualTo("PATCH");
            assertThat(apply.getHeader("Content-Type")).startsWith("application/apply-patch+yaml");
            assertThat(apply.getUtf8Body())
                    .contains("\"uid\":\"uid-1\"", "\"mode\":\"Scale\"", "\"type\":\"Ready\"")
                    .doesNotContain("\"spec\"");
            RecordedRequest event = server.takeRequest(10, TimeUnit.SECONDS);
            assertThat(event.getMethod()).isEqualTo("POST");
            assertThat(event.getUtf8Body())
                    .contains(
                            "\"reason\":\"Scaled\"",
                            "\"note\":\"3 -> 5 replicas: 44.0 req/s need 5 replicas at 10.0 req/s each\"",
                            "\"reportingInstance\":\"prescale-0\"",
                            "\"type\":\"Normal\"");
        }
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aResourceThatWasNeverValidIsToldSo() throws InterruptedException {
        FakeStatusCalls calls = new FakeStatusCalls();
        StatusWriter writer = new StatusWriter(
                new StatusRound(id -> Optional.of(resource()), Leadership.ALONE, calls, new Random(1)),
                InstantSource.fixed(Snapshots.NOON));

        writer.notInForce(Map.of(CHAT, List.of(new Violation("spec.traffic", null, "is required"))));
        writer.conflicts(Map.of(CHAT, EndpointConflict.targetTaken(new EndpointId("test", "older"))));
        writer.lookAtAll();

        assertThat(calls.statuses.toString()).contains("Invalid", "spec.traffic is required", "TargetTaken");
        assertThat(calls.events).containsExactly("chat SpecificationInvalid", "chat TargetTaken");
    }

    @Test
    void anEndBreaksAWriteThatHangs() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        StatusWriter writer = StatusWriter.begin(
                client,
                id -> {
                    hanging.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ending) {
                        interrupted.countDown();
                        Thread.currentThread().interrupt();
                    }
                    return Optional.empty();
                },
                Leadership.ALONE,
                "prescale-0",
                InstantSource.system());
        writer.cycleDone(Snapshots.NOON, List.of(Snapshots.aSnapshot("chat").build()));
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();

        writer.close();

        assertThat(interrupted.getCount()).isZero();
    }

    private static GenericKubernetesResource resource() {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion("prescale.dev/v1alpha1");
        resource.setKind("PredictiveAutoscaler");
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace("test")
                .withName("chat")
                .withUid("uid-1")
                .withGeneration(7L)
                .build());
        return resource;
    }
}
