package dev.prescale.adapter.kubernetes.channel;

import static dev.prescale.adapter.kubernetes.channel.ChannelServer.NAMESPACE;
import static dev.prescale.adapter.kubernetes.channel.Channels.contest;
import static dev.prescale.adapter.kubernetes.channel.Channels.order;
import static dev.prescale.adapter.kubernetes.channel.Channels.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.Leadership;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale.Order;
import dev.prescale.control.WorkloadScale.Outcome;
import dev.prescale.control.WorkloadScale.Scaled;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Raises HPAs of every sort of owner on a real API server, with the verb {@code patch} on them and no other, and compares what is left
 * behind. What kubectl and GitOps tools do is done here by the same requests with their field managers' names.
 */
@Tag("e2e")
class HpaFloorIT {
    /** Driven by a metric that somebody else's API serves, which a floor does not need. */
    private static final String HPA = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: chat, namespace: inference}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
              %s
              maxReplicas: 20
              metrics:
                - {type: External, external: {metric: {name: queue}, target: {type: AverageValue, averageValue: "5"}}}
            """;

    private static final String WITH_TWO = HPA.formatted("minReplicas: 2");
    private static final String WITHOUT = HPA.formatted("");
    private static final EndpointSpec CHAT = ChannelServer.spec("chat", Mode.HPA_FLOOR, "apps/v1", "Deployment");

    private static ChannelServer cluster;
    private WorkloadChannels channels;
    private Instant now = Instant.parse("2024-01-01T12:00:00Z");

    @BeforeAll
    static void begin() {
        cluster = new ChannelServer();
        cluster.grant("autoscaling", "horizontalpodautoscalers");
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void connect() {
        channels = cluster.channels(Leadership.ALONE);
        cluster.view.autoscalers = () -> hpas().list().getItems();
    }

    @AfterEach
    void disconnect() {
        channels.close();
        hpas().delete();
    }

    @ParameterizedTest
    @CsvSource({"kubectl-create", "kubectl-client-side-apply", "helm"})
    void raisesWhatWasWrittenOnceAndGivesItBackAsItWas(String manager) {
        HorizontalPodAutoscaler before = create(manager, WITH_TWO);

        assertThat(carryOut(7)).isEqualTo(new Scaled());

        assertThat(min()).isEqualTo(7);
        assertThat(entries(read()))
                .contains(Map.of(
                        "manager",
                        "prescale",
                        "operation",
                        "Apply",
                        "apiVersion",
                        "autoscaling/v2",
                        "fields",
                        Map.of(
                                "f:metadata",
                                Map.of(
                                        "f:annotations",
                                        FloorLease.ANNOTATIONS.stream()
                                                .collect(Collectors.toMap(name -> "f:" + name, name -> Map.of()))),
                                "f:spec",
                                Map.of("f:minReplicas", Map.of()))));
        assertThat(reason(carryOut(7))).isEqualTo("the floor is at 7 already");
        assertThat(carryOut(9)).isEqualTo(new Scaled());
        assertThat(carryOut(2)).isEqualTo(new Scaled());
        assertSameAs(before);
        apply(manager, WITH_TWO, false);
        mergePatch(manager, "{\"spec\":{\"minReplicas\":2}}");
        assertThat(min()).isEqualTo(2);
    }

    @Test
    void givesItBackThroughTheVersionThatItsOwnerUses() {
        post("kubectl-autoscale", "v1", """
                apiVersion: autoscaling/v1
                kind: HorizontalPodAutoscaler
                metadata: {name: chat, namespace: inference}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
                  minReplicas: 2
                  maxReplicas: 20
                """);
        HorizontalPodAutoscaler before = read();

        carryOut(7);
        assertThat(carryOut(2)).isEqualTo(new Scaled());

        assertSameAs(before);
    }

    @Test
    void leavesAloneWhatGitOpsManages() {
        apply("gitops", WITH_TWO, false);
        HorizontalPodAutoscaler before = read();

        assertThat(contest(carryOut(7)))
                .startsWith("gitops (Apply) manages minReplicas of the HPA inference/chat, and would set it back.");
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void livesBesideGitOpsThatLeavesItOut() {
        apply("gitops", WITHOUT, false);
        HorizontalPodAutoscaler before = read();

        assertThat(carryOut(7)).isEqualTo(new Scaled());
        apply("gitops", WITHOUT, false);
        assertThat(min()).isEqualTo(7);
        assertThat(reason(carryOut(7))).isEqualTo("the floor is at 7 already");

        assertThat(sweep(paused(CHAT))).containsExactly(returned("the endpoint is paused"));
        assertSameAs(before);
        assertThat(min()).isEqualTo(1);
    }

    /** Conformance scenario 15. */
    @Test
    void doesNotFightGitOpsThatTakesItBack() {
        create("kubectl-create", WITH_TWO);
        carryOut(7);
        apply("gitops", HPA.formatted("minReplicas: 3"), true);

        for (int cycle = 0; cycle < 5; cycle++) {
            assertThat(contest(carryOut(7)))
                    .startsWith(
                            "gitops (Apply) has set minReplicas of the HPA inference/chat to 3 after Prescale had raised it: it stays so.");
            assertThat(sweep(CHAT)).isEmpty();
        }
        channels.restoreFloors(endpoint -> true, tick());
        channels.close();
        channels = cluster.channels(Leadership.ALONE);
        assertThat(contest(carryOut(7))).as("after a restart").startsWith("gitops (Apply) has set");
        assertThat(min()).isEqualTo(3);

        assertThat(sweep()).containsExactly(returned("there is no endpoint inference/chat any more"));
        assertThat(min()).isEqualTo(3);
        assertThat(annotations()).isEmpty();
        assertThat(managers()).doesNotContain("prescale");
        apply("gitops", WITH_TWO, false);
    }

    @Test
    void raisesAgainOnceGitOpsLeavesItOut() {
        apply("gitops", WITHOUT, false);
        carryOut(7);
        apply("gitops", WITH_TWO, true);
        assertThat(contest(carryOut(7))).startsWith("gitops (Apply) has set");
        apply("gitops", WITHOUT, true);

        assertThat(carryOut(7)).isEqualTo(new Scaled());
        assertThat(min()).isEqualTo(7);
        assertThat(annotations()).containsEntry(FloorLease.ORIGINAL, "1").doesNotContainKey(FloorLease.OWNER);
    }

    @Test
    void whatAPersonSetsStays() {
        create("kubectl-create", WITH_TWO);
        carryOut(7);
        mergePatch("kubectl-edit", "{\"spec\":{\"minReplicas\":5}}");

        assertThat(contest(carryOut(9))).startsWith("kubectl-edit (Update) has set minReplicas");
        tick(3_600);
        assertThat(sweep(CHAT)).isEmpty();
        assertThat(min()).isEqualTo(5);

        // paused and resumed
        assertThat(sweep(paused(CHAT))).hasSize(1);
        HorizontalPodAutoscaler before = read();
        assertThat(carryOut(9)).isEqualTo(new Scaled());
        assertThat(min()).isEqualTo(9);
        assertThat(carryOut(4)).isEqualTo(new Scaled());
        assertSameAs(before);
        assertThat(min()).isEqualTo(5);
    }

    /** An operator that writes the whole object from its own template each time. */
    @Test
    void doesNotFightWhoReplacesTheWholeHpa() {
        create("operator", WITH_TWO);
        carryOut(7);
        put("operator", WITH_TWO);
        assertThat(annotations()).isEmpty();

        for (int cycle = 0; cycle < 3; cycle++) {
            assertThat(contest(carryOut(7))).startsWith("operator (Update) has set minReplicas");
            assertThat(sweep(CHAT)).isEmpty();
        }
        assertThat(min()).isEqualTo(2);

        assertThat(sweep(paused(CHAT))).isEmpty();
        assertThat(carryOut(7)).as("resumed").isEqualTo(new Scaled());
    }

    @Test
    void anEditedSpecificationTriesOnceMore() {
        create("kubectl-create", WITH_TWO);
        carryOut(7);
        mergePatch("kubectl-edit", "{\"spec\":{\"minReplicas\":5}}");
        carryOut(7);
        EndpointSpec edited = new EndpointSpec(
                CHAT.id(),
                CHAT.mode(),
                CHAT.scaleTargetRef(),
                CHAT.policy(),
                CHAT.calendar(),
                CHAT.traffic(),
                CHAT.history().plusDays(1),
                Map.of(),
                Pausing.NONE);

        assertThat(contest(channels.carryOut(edited, null, order(4, 7), tick())))
                .startsWith("kubectl-edit");
        assertThat(channels.carryOut(edited, null, order(4, 7), tick())).isEqualTo(new Scaled());
        assertThat(min()).isEqualTo(7);
        mergePatch("kubectl-edit", "{\"spec\":{\"minReplicas\":5}}");
        assertThat(contest(channels.carryOut(edited, null, order(4, 7), tick())))
                .startsWith("kubectl-edit");
        assertThat(contest(channels.carryOut(edited, null, order(4, 7), tick())))
                .startsWith("kubectl-edit");
        assertThat(min()).isEqualTo(5);
    }

    @Test
    void takesOverOnlyWhatItHasSeen() {
        List<HorizontalPodAutoscaler> seen = List.of(create("kubectl-create", WITH_TWO));
        cluster.view.autoscalers = () -> seen;
        mergePatch("kubectl-edit", "{\"spec\":{\"minReplicas\":5}}");

        assertThat(reason(carryOut(7)))
                .isEqualTo("HPA inference/chat has changed meanwhile (409): the next cycle decides anew");
        assertThat(min()).isEqualTo(5);
    }

    @Test
    void givesBackOnlyWhatItHasSeen() {
        create("kubectl-create", WITH_TWO);
        carryOut(7);
        List<HorizontalPodAutoscaler> seen = hpas().list().getItems();
        cluster.view.autoscalers = () -> seen;
        mergePatch("kubectl-edit", "{\"spec\":{\"minReplicas\":5}}");

        assertThat(reason(carryOut(2)))
                .isEqualTo("HPA inference/chat has changed meanwhile (422): the next cycle decides anew");
        assertThat(min()).isEqualTo(5);
    }

    @Test
    void anHpaThatWasDeletedMeanwhileIsNotMadeAnew() {
        create("kubectl-create", WITH_TWO);
        carryOut(7);
        List<HorizontalPodAutoscaler> seen = hpas().list().getItems();
        hpas().delete();
        cluster.view.autoscalers = () -> seen;

        assertThat(reason(carryOut(9)))
                .isEqualTo("HPA inference/chat has changed meanwhile (409): the next cycle decides anew");
        assertThat(reason(carryOut(2))).isEqualTo("there is no HPA inference/chat in the cluster (404)");
        assertThat(hpas().list().getItems()).isEmpty();
        cluster.view.autoscalers = List::of;
        assertThat(reason(carryOut(7))).startsWith("no HPA scales Deployment inference/chat");
    }

    @Test
    void withoutARateItRunsOut() {
        HorizontalPodAutoscaler before = create("kubectl-create", WITH_TWO);
        carryOut(7);
        tick(600);
        assertThat(reason(carryOut(7))).isEqualTo("the floor is at 7 already, and was renewed");

        tick(840);
        assertThat(reason(channels.carryOut(CHAT, null, new Order(7, 7, false), tick())))
                .startsWith(
                        "without a request rate the floor of 7 of the HPA inference/chat is not renewed: it ends at ");
        assertThat(sweep(CHAT)).isEmpty();
        tick(60);
        assertThat(sweep(CHAT)).singleElement().satisfies(floor -> {
            assertThat(floor.why()).startsWith("it was not renewed until ");
            assertThat(floor.outcome()).isEqualTo(new Scaled());
        });
        assertSameAs(before);
        assertThat(sweep(CHAT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OBSERVE, its mode is Observe now", "SCALE, its mode is Scale now"})
    void anotherModeGivesItBack(Mode mode, String why) {
        HorizontalPodAutoscaler before = create("kubectl-create", WITH_TWO);
        carryOut(7);

        assertThat(sweep(CHAT.withMode(mode))).containsExactly(returned(why));
        assertSameAs(before);
    }

    @Test
    void aSpecificationThatIsNotValidKeepsItUntilItEnds() {
        create("kubectl-create", WITH_TWO);
        carryOut(7);

        assertThat(channels.sweepFloors(Map.of(), Set.of(CHAT.id()), tick())).isEmpty();
        tick(900);
        assertThat(channels.sweepFloors(Map.of(), Set.of(CHAT.id()), tick())).hasSize(1);
    }

    @Test
    void atTheEndEachReplicaGivesBackWhatItActsFor() {
        HorizontalPodAutoscaler before = create("kubectl-create", WITH_TWO);
        carryOut(7);
        try (WorkloadChannels standby = cluster.channels(endpoint -> false)) {
            assertThat(standby.restoreFloors(endpoint -> true, tick())).isEmpty();
            assertThat(standby.sweepFloors(Map.of(), Set.of(), tick())).isEmpty();
        }
        assertThat(channels.restoreFloors(endpoint -> false, tick())).isEmpty();
        assertThat(min()).isEqualTo(7);

        assertThat(channels.restoreFloors(endpoint -> true, tick())).containsExactly(returned("Prescale ends"));
        assertSameAs(before);
    }

    private void assertSameAs(HorizontalPodAutoscaler before) {
        HorizontalPodAutoscaler after = read();
        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getMetadata().getAnnotations())
                .isEqualTo(before.getMetadata().getAnnotations());
        assertThat(entries(after)).isEqualTo(entries(before));
    }

    /** Who owns which fields, without when. */
    private static Set<Map<String, Object>> entries(HorizontalPodAutoscaler hpa) {
        return hpa.getMetadata().getManagedFields().stream()
                .map(HpaFloorIT::entry)
                .collect(Collectors.toSet());
    }

    private static Map<String, Object> entry(ManagedFieldsEntry entry) {
        Map<String, Object> values = new HashMap<>();
        values.put("manager", entry.getManager());
        values.put("operation", entry.getOperation());
        values.put("apiVersion", entry.getApiVersion());
        values.put("fields", entry.getFieldsV1().getAdditionalProperties());
        return values;
    }

    private Set<String> managers() {
        return read().getMetadata().getManagedFields().stream()
                .map(ManagedFieldsEntry::getManager)
                .collect(Collectors.toSet());
    }

    private Map<String, String> annotations() {
        return read().getMetadata().getAnnotations();
    }

    private static ReturnedFloor returned(String why) {
        return new ReturnedFloor(CHAT.id(), "inference/chat", why, new Scaled());
    }

    private static EndpointSpec paused(EndpointSpec spec) {
        return Channels.spec(spec.id(), spec.mode(), spec.scaleTargetRef(), new Pausing(true, false));
    }

    private List<ReturnedFloor> sweep(EndpointSpec... inForce) {
        Map<EndpointId, EndpointSpec> specs = new HashMap<>();
        for (EndpointSpec spec : inForce) {
            specs.put(spec.id(), spec);
        }
        return channels.sweepFloors(specs, specs.keySet(), tick());
    }

    private Outcome carryOut(int replicas) {
        return channels.carryOut(CHAT, null, order(4, replicas), tick());
    }

    private Instant tick() {
        return tick(15);
    }

    private Instant tick(int seconds) {
        now = now.plusSeconds(seconds);
        return now;
    }

    private static NonNamespaceOperation<
                    HorizontalPodAutoscaler, HorizontalPodAutoscalerList, Resource<HorizontalPodAutoscaler>>
            hpas() {
        return cluster.admin.autoscaling().v2().horizontalPodAutoscalers().inNamespace(NAMESPACE);
    }

    private static HorizontalPodAutoscaler read() {
        return hpas().withName("chat").get();
    }

    private static int min() {
        return read().getSpec().getMinReplicas();
    }

    private static HorizontalPodAutoscaler create(String manager, String yaml) {
        post(manager, "v2", yaml);
        return read();
    }

    private static void post(String manager, String version, String yaml) {
        String uri = "/apis/autoscaling/%s/namespaces/%s/horizontalpodautoscalers?fieldManager=%s"
                .formatted(version, NAMESPACE, manager);
        cluster.admin.raw(uri, "POST", Serialization.unmarshal(yaml));
    }

    private static void put(String manager, String yaml) {
        String uri = "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers/chat?fieldManager=%s"
                .formatted(NAMESPACE, manager);
        cluster.admin.raw(uri, "PUT", Serialization.unmarshal(yaml));
    }

    private static void apply(String manager, String yaml, boolean isForced) {
        PatchContext context = PatchContext.of(PatchType.SERVER_SIDE_APPLY);
        context.setFieldManager(manager);
        context.setForce(isForced);
        hpas().load(stream(yaml)).patch(context, yaml);
    }

    private static void mergePatch(String manager, String json) {
        PatchContext context = PatchContext.of(PatchType.JSON_MERGE);
        context.setFieldManager(manager);
        hpas().withName("chat").patch(context, json);
    }

    private static InputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
