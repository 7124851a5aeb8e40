package dev.prescale.adapter.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.WorkloadScale;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusRoundTest {
    private static final Instant NOON = Snapshots.NOON;
    private static final EndpointSpec SPEC = Specs.anEndpoint("chat");
    private static final EndpointId CHAT = SPEC.id();

    private final Map<EndpointId, GenericKubernetesResource> resources = new HashMap<>();
    private final FakeStatusCalls calls = new FakeStatusCalls();
    private boolean acts = true;
    private final StatusRound round =
            new StatusRound(id -> Optional.ofNullable(resources.get(id)), id -> acts, calls, new Random(1));

    @Test
    void aStatusIsWrittenOnceAndAnnounced() {
        seen(CHAT);

        look(NOON, Snapshots.aSnapshot(SPEC));
        look(NOON.plusSeconds(15), Snapshots.aSnapshot(SPEC));

        assertThat(calls.applied).containsExactly("chat");
        assertThat(calls.statuses.getFirst()).containsEntry("mode", "Scale").containsEntry("currentReplicas", 3);
        assertThat(calls.events).containsExactly("chat Scaled");
    }

    @Test
    void afterARestartWhatTheResourceHasIsNotWrittenAgain() {
        seen(CHAT)
                .setAdditionalProperty(
                        "status",
                        StatusJson.write(StatusMapping.of(new EndpointFacts(
                                NOON.minusSeconds(7_200),
                                7,
                                Snapshots.aSnapshot(SPEC).build(),
                                List.of(),
                                null))));

        look(NOON, Snapshots.aSnapshot(SPEC));

        assertThat(calls.asked).isZero();
        assertThat(calls.events).isEmpty();
    }

    @Test
    void aConditionOfSomebodyElseIsNoChange() {
        seen(CHAT);
        look(NOON, Snapshots.aSnapshot(SPEC));
        Map<String, Object> status = new HashMap<>(calls.statuses.getFirst());
        List<Object> conditions = new ArrayList<>((List<?>) status.get("conditions"));
        conditions.add(Map.of("type", "Reviewed", "status", "True"));
        status.put("conditions", conditions);
        resources.get(CHAT).setAdditionalProperty("status", status);

        look(NOON.plusSeconds(60), Snapshots.aSnapshot(SPEC));

        assertThat(calls.asked).isEqualTo(1);
    }

    @Test
    void whoDoesNotActWritesNothing() {
        seen(CHAT);
        acts = false;

        look(NOON, Snapshots.aSnapshot(SPEC));

        assertThat(calls.asked).isZero();
    }

    @Test
    void anEndpointOfAFileOrOneThatIsBeingDeletedHasNoStatus() {
        look(NOON, Snapshots.aSnapshot(SPEC));
        seen(CHAT).getMetadata().setDeletionTimestamp("2024-01-01T12:00:00Z");
        look(NOON, Snapshots.aSnapshot(SPEC));

        assertThat(calls.asked).isZero();
    }

    @Test
    void aResourceThatWasMadeAnewGetsItsOwnStatus() {
        seen(CHAT);
        look(NOON, Snapshots.aSnapshot(SPEC));
        seen(CHAT).getMetadata().setUid("another");

        look(NOON.plusSeconds(1), Snapshots.aSnapshot(SPEC));

        assertThat(calls.applied).hasSize(2);
    }

    @Test
    void whatSettlesIsWrittenAMinuteAfterTheLastWrite() {
        seen(CHAT);
        look(NOON, Snapshots.aSnapshot(SPEC));
        resources.get(CHAT).setAdditionalProperty("status", calls.statuses.getFirst());
        Snapshots ready = Snapshots.aSnapshot(SPEC).workload(new WorkloadScale.Replicas(3, 3, false));

        look(NOON.plusSeconds(59), ready);
        assertThat(calls.asked).isEqualTo(1);
        look(NOON.plusSeconds(60), ready);
        assertThat(calls.asked).isEqualTo(2);
    }

    @Test
    void aStatusThatSomebodyWipedIsWrittenAgain() {
        seen(CHAT);
        look(NOON, Snapshots.aSnapshot(SPEC));

        look(NOON.plusSeconds(31), Snapshots.aSnapshot(SPEC));

        assertThat(calls.applied).hasSize(2);
    }

    @Test
    void aSilentServerRestsAndIsNotFloodedWhenItIsBack() {
        for (int i = 0; i < 200; i++) {
            seen(new EndpointId("test", "e" + i));
        }
        calls.fault = new KubernetesClientException("connection refused");
        for (int second = 0; second < 600; second += 15) {
            lookAtAll(NOON.plusSeconds(second));
        }
        assertThat(calls.asked).as("one try per rest").isLessThan(30);

        calls.fault = null;
        Instant back = NOON.plusSeconds(900);
        lookAtAll(back);
        assertThat(calls.applied).hasSize(50);
        lookAtAll(back.plusSeconds(1));
        assertThat(calls.applied).hasSize(60);
        assertThat(calls.events).as("few of all").hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void aRefusalHoldsBackItsEndpointAlone() {
        EndpointId shop = new EndpointId("test", "shop");
        seen(CHAT);
        calls.fault = new KubernetesClientException("no", 403, null);
        look(NOON, Snapshots.aSnapshot(SPEC));
        look(NOON.plusSeconds(15), Snapshots.aSnapshot(SPEC));
        assertThat(calls.asked).isEqualTo(1);

        calls.fault = null;
        seen(shop);
        look(shop, NOON.plusSeconds(15));
        assertThat(calls.applied).containsExactly("shop");
        look(NOON.plusSeconds(450), Snapshots.aSnapshot(SPEC));
        assertThat(calls.applied).containsExactly("shop", "chat");
    }

    @Test
    void whatIsForgottenStartsAnew() {
        seen(CHAT);
        look(NOON, Snapshots.aSnapshot(SPEC));
        round.retain(Set.of());

        look(NOON.plusSeconds(1), Snapshots.aSnapshot(SPEC));

        assertThat(calls.applied).hasSize(2);
    }

    @Test
    void eventsOfOneEndpointAreFew() {
        EventBudget budget = new EventBudget();
        long taken =
                IntStream.range(0, 100).filter(i -> budget.take(CHAT, NOON)).count();

        assertThat(taken).isEqualTo(10);
        assertThat(budget.take(new EndpointId("test", "other"), NOON)).isTrue();
        assertThat(budget.take(CHAT, NOON.plusSeconds(60))).isTrue();
    }

    @Test
    void aTokenComesBackAfterItsTime() {
        TokenBucket bucket = new TokenBucket(2, Duration.ofMillis(100));

        assertThat(bucket.take(NOON)).isTrue();
        assertThat(bucket.take(NOON)).isTrue();
        assertThat(bucket.take(NOON)).isFalse();
        assertThat(bucket.wait(NOON.plusMillis(30))).isEqualTo(Duration.ofMillis(70));
        assertThat(bucket.take(NOON.plusMillis(100))).isTrue();
        assertThat(bucket.take(NOON.plusMillis(100))).isFalse();
    }

    private GenericKubernetesResource seen(EndpointId id) {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(id.namespace())
                .withName(id.name())
                .withUid("uid-" + id.name())
                .withGeneration(7L)
                .build());
        resources.put(id, resource);
        return resource;
    }

    private void lookAtAll(Instant now) {
        resources.keySet().stream().sorted().forEach(id -> look(id, now));
    }

    private void look(EndpointId id, Instant now) {
        round.look(
                id,
                (generation, at) -> new EndpointFacts(
                        at,
                        generation,
                        Snapshots.aSnapshot(Specs.anEndpoint(id.name())).build(),
                        List.of(),
                        null),
                now);
    }

    private void look(Instant now, Snapshots snapshot) {
        round.look(CHAT, (generation, at) -> new EndpointFacts(at, generation, snapshot.build(), List.of(), null), now);
    }
}
