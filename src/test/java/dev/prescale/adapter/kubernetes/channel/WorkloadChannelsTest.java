package dev.prescale.adapter.kubernetes.channel;

import static dev.prescale.adapter.kubernetes.channel.Channels.chat;
import static dev.prescale.adapter.kubernetes.channel.Channels.contest;
import static dev.prescale.adapter.kubernetes.channel.Channels.order;
import static dev.prescale.adapter.kubernetes.channel.Channels.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.Leadership;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale;
import dev.prescale.control.WorkloadScale.LeftToAnother;
import dev.prescale.control.WorkloadScale.NotScaled;
import dev.prescale.control.WorkloadScale.Outcome;
import dev.prescale.control.WorkloadScale.Scaled;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which things are asked, and what an API server's answers become. */
@EnableKubernetesMockClient(https = false)
class WorkloadChannelsTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");
    private static final String SCALE =
            "/apis/apps/v1/namespaces/inference/deployments/chat/scale?fieldManager=prescale";

    private KubernetesMockServer server;
    private KubernetesClient client;
    private final FixedView view = new FixedView();
    private WorkloadChannels channels;

    @BeforeEach
    void connect() {
        channels = channels(Leadership.ALONE);
        server.expect()
                .get()
                .withPath("/apis/apps/v1")
                .andReturn(
                        200,
                        new APIResourceListBuilder()
                                .withGroupVersion("apps/v1")
                                .withResources(
                                        new APIResourceBuilder()
                                                .withName("deployments")
                                                .withKind("Deployment")
                                                .withNamespaced(true)
                                                .build(),
                                        new APIResourceBuilder()
                                                .withName("deployments/scale")
                                                .withKind("Scale")
                                                .build())
                                .build())
                .always();
    }

    private WorkloadChannels channels(Leadership leadership) {
        return new WorkloadChannels(client, view, leadership, Duration.ofMinutes(15));
    }

    @AfterEach
    void disconnect() {
        channels.close();
    }

    @Test
    void leavesToKedaWhatAScaledObjectAsksFor() {
        assertThat(reason(chatOutcome(Mode.KEDA, NOON)))
                .isEqualTo("no KEDA ScaledObject scales Deployment inference/chat: nobody carries it out");

        view.blindness = Optional.of("scaledobjects.keda.sh are being read for the first time");
        assertThat(reason(chatOutcome(Mode.KEDA, NOON)))
                .isEqualTo("it is not known who scales there: scaledobjects.keda.sh are being read for the first time");

        view.scaledObjects = List.of("chat-so");
        assertThat(chatOutcome(Mode.KEDA, NOON)).isEqualTo(new WorkloadScale.LeftToKeda());
    }

    @Test
    void observeDecidesOnly() {
        assertThat(reason(chatOutcome(Mode.OBSERVE, NOON))).isEqualTo("mode Observe decides and journals only");
    }

    @Test
    void theOlderSpecificationOfATargetActs() {
        Outcome outcome = channels.carryOut(chat(Mode.SCALE), new EndpointId("inference", "older"), order(3, 5), NOON);

        assertThat(reason(outcome)).isEqualTo("inference/older has the same target and is older: it acts");
    }

    @Test
    void aReplicaThatDoesNotActLeavesIt() {
        channels.close();
        channels = channels(endpoint -> false);

        assertThat(chatOutcome(Mode.SCALE, NOON)).isEqualTo(new LeftToAnother());
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aReplicaThatLosesItInTheMiddleDoesNotWrite() {
        AtomicInteger asked = new AtomicInteger();
        channels.close();
        channels = channels(endpoint -> asked.getAndIncrement() == 0);

        assertThat(chatOutcome(Mode.SCALE, NOON)).isEqualTo(new LeftToAnother());
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void whoCannotSeeWhoElseScalesDoesNotWrite() {
        view.blindness = Optional.of("HPAs are being read");

        assertThat(reason(chatOutcome(Mode.SCALE, NOON)))
                .isEqualTo("it is not known who else scales there: HPAs are being read");
    }

    @Test
    void carriesOutWhatIsInForceOnWhatIsSeen() throws InterruptedException {
        answerScale(200, new ScaleBuilder().withNewSpec(5).build());
        WorkloadScale seen = new WorkloadScale() {
            @Override
            public State state(EndpointId endpoint, Instant now) {
                return new Replicas(3, 3, false);
            }

            @Override
            public Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
                throw new AssertionError("whoever sees does not scale");
            }
        };
        ActingWorkloads workloads = new ActingWorkloads(seen, channels);

        assertThat(workloads.state(Channels.CHAT, NOON)).isEqualTo(seen.state(Channels.CHAT, NOON));
        assertThat(reason(workloads.carryOut(Channels.CHAT, order(3, 5), NOON)))
                .isEqualTo("no specification of inference/chat is in force");
        workloads.replaceSpecs(Map.of(Channels.CHAT, chat(Mode.SCALE)), Map.of());
        assertThat(workloads.scaleTo(Channels.CHAT, 5, NOON)).isEqualTo(new Scaled());
        assertThat(lastRequest().getBody().readUtf8()).contains("\"value\":3", "\"value\":5");
        workloads.replaceSpecs(
                Map.of(Channels.CHAT, chat(Mode.SCALE)), Map.of(Channels.CHAT, new EndpointId("inference", "older")));
        assertThat(reason(workloads.carryOut(Channels.CHAT, order(5, 7), NOON)))
                .startsWith("inference/older has the same target");
    }

    @Test
    void scalesNothingThatAnHpaScales() {
        view.sees(Hpas.named("web").build());

        assertThat(contest(chatOutcome(Mode.SCALE, NOON)))
                .isEqualTo(
                        "the HPA inference/web scales Deployment inference/chat: with mode HpaFloor its minReplicas is raised instead");
    }

    @ParameterizedTest
    @CsvSource({"SCALE", "HPA_FLOOR"})
    void scalesNothingThatKedaScales(Mode mode) {
        view.scaledObjects = List.of("chat-so");
        view.sees(Hpas.named("keda-hpa-chat").build());

        assertThat(contest(chatOutcome(mode, NOON)))
                .isEqualTo(
                        "the KEDA ScaledObject inference/chat-so scales Deployment inference/chat: with mode Keda it asks for decisions");
    }

    @Test
    void patchesTheScaleSubresourceAndNothingElse() throws InterruptedException {
        answerScale(200, new ScaleBuilder().withNewSpec(5).build());

        assertThat(chatOutcome(Mode.SCALE, NOON)).isEqualTo(new Scaled());
        RecordedRequest patch = lastRequest();
        assertThat(patch.method()).hasToString("PATCH");
        assertThat(patch.getHeader("Content-Type")).startsWith("application/json-patch+json");
        assertThat(patch.getBody().readUtf8())
                .isEqualTo(
                        "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":3},{\"op\":\"add\",\"path\":\"/spec/replicas\",\"value\":5}]");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void noReplicasAreNotInTheJsonOfAScale() {
        assertThat(ScaleChannel.patch(order(0, 2)).text())
                .isEqualTo(
                        "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":null},{\"op\":\"add\",\"path\":\"/spec/replicas\",\"value\":2}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "409 | Operation cannot be fulfilled | the replicas of Deployment inference/chat have changed meanwhile (409): the next cycle decides anew",
                "422 | the server rejected our request | the replicas of Deployment inference/chat have changed meanwhile (422): the next cycle decides anew",
                "403 | User \"p\" cannot patch resource \"deployments/scale\" | Deployment inference/chat may not be changed (403): the role of Prescale lacks the verb patch on deployments/scale in the API group apps",
                "403 | admission webhook denied the request | the Kubernetes API server forbids it (403): admission webhook denied the request",
                "404 | deployments.apps \"chat\" not found | there is no Deployment inference/chat in the cluster (404)",
                "401 | Unauthorized | the Kubernetes API server does not accept our credentials (401)",
                "429 | too many | the Kubernetes API server is overloaded (429): nothing is written for 1 s",
                "500 | etcdserver: request timed out | the Kubernetes API server answers 500: etcdserver: request timed out",
                "503 | apiserver not ready | the Kubernetes API server answers 503: apiserver not ready"
            })
    void everyRefusalHasItsSentence(int code, String message, String sentence) {
        answerScale(code, status(code, message));

        assertThat(reason(chatOutcome(Mode.SCALE, NOON))).isEqualTo(sentence);
    }

    @Test
    void whatIsInvalidIsNamed() {
        answerScale(
                422,
                new StatusBuilder(status(422, "Deployment.apps \"chat\" is invalid: spec.replicas: must be less"))
                        .withNewDetails()
                        .addNewCause("spec.replicas", "must be less", "FieldValueInvalid")
                        .endDetails()
                        .build());

        assertThat(reason(chatOutcome(Mode.SCALE, NOON)))
                .isEqualTo(
                        "the Kubernetes API server answers 422: Deployment.apps \"chat\" is invalid: spec.replicas: must be less");
    }

    @Test
    void aServerThatAsksForTimeGetsItFromEveryEndpoint() {
        server.expect()
                .patch()
                .withPath(SCALE)
                .andReturn(429, "Too many requests, please try again later.")
                .withHeader("Retry-After: 20")
                .once();
        answerScale(200, new ScaleBuilder().withNewSpec(5).build());
        chatOutcome(Mode.SCALE, NOON);
        int asked = server.getRequestCount();

        assertThat(reason(chatOutcome(Mode.SCALE, NOON.plusSeconds(15))))
                .isEqualTo("the Kubernetes API server is overloaded (429): nothing is written for 20 s");
        assertThat(server.getRequestCount()).isEqualTo(asked);
        assertThat(chatOutcome(Mode.SCALE, NOON.plusSeconds(30))).isEqualTo(new Scaled());
    }

    @Test
    void aServerThatIsSilentIsSilentToNobodyElseInTheSameCycle() {
        channels.close();
        try (KubernetesClient impatient = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withRequestTimeout(300)
                        .build())
                .build()) {
            channels = new WorkloadChannels(impatient, view, Leadership.ALONE, Duration.ofMinutes(15));
        }
        server.expect()
                .patch()
                .delay(1, TimeUnit.SECONDS)
                .withPath(SCALE)
                .andReturn(200, new ScaleBuilder().withNewSpec(5).build())
                .once();
        answerScale(200, new ScaleBuilder().withNewSpec(5).build());

        String reason = reason(chatOutcome(Mode.SCALE, NOON));
        assertThat(reason).startsWith("the Kubernetes API server does not answer: ");
        int asked = server.getRequestCount();
        assertThat(reason(chatOutcome(Mode.SCALE, NOON))).isEqualTo(reason);
        assertThat(server.getRequestCount()).isEqualTo(asked);
        assertThat(chatOutcome(Mode.SCALE, NOON.plusSeconds(15))).isEqualTo(new Scaled());
    }

    @Test
    void aRefusalIsNotAskedForEachCycle() {
        answerScale(403, status(403, "User \"p\" cannot patch resource \"deployments/scale\""));
        for (int cycle = 0; cycle < 10; cycle++) {
            chatOutcome(Mode.SCALE, NOON.plusSeconds(15 * cycle));
        }

        // at 0, 15, 75 and 135 s, and once for the kind
        assertThat(server.getRequestCount()).isEqualTo(5);
    }

    @Test
    void withoutAnHpaThereIsNoFloor() {
        assertThat(reason(chatOutcome(Mode.HPA_FLOOR, NOON)))
                .isEqualTo("no HPA scales Deployment inference/chat: mode HpaFloor raises the minReplicas of one");
    }

    @Test
    void ofTwoHpasNoneIsRaised() {
        view.sees(Hpas.named("web").build(), Hpas.named("api").build());

        assertThat(contest(chatOutcome(Mode.HPA_FLOOR, NOON)))
                .isEqualTo("the HPAs inference/api and inference/web scale Deployment inference/chat: only one may");
    }

    @Test
    void aFloorThatIsThereCostsNoRequest() {
        view.sees(Hpas.named("web")
                .raised("inference/chat", 5, "2024-01-01T12:15:00Z", 2)
                .build());

        assertThat(reason(chatOutcome(Mode.HPA_FLOOR, NOON))).isEqualTo("the floor is at 5 already");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aFloorIsNotWrittenTwiceWhileTheWatchIsBehind() throws InterruptedException {
        view.sees(Hpas.named("web").build());
        answerFloor(Hpas.named("web")
                .raised("inference/chat", 5, "2024-01-01T12:15:00Z", 2)
                .at("12"));

        assertThat(chatOutcome(Mode.HPA_FLOOR, NOON)).isEqualTo(new Scaled());
        assertThat(lastRequest().getBody().readUtf8())
                .contains("\"resourceVersion\":\"10\"", "\"uid\":\"uid-web\"", "\"spec\":{\"minReplicas\":5}")
                .contains("\"prescale.dev/floor\":\"inference/chat\"")
                .contains("\"prescale.dev/floor-original-manager\":\"kubectl-create autoscaling/v2\"");
        view.sees(Hpas.named("web").at("11").build());
        assertThat(reason(chatOutcome(Mode.HPA_FLOOR, NOON.plusSeconds(15)))).isEqualTo("the floor is at 5 already");
        assertThat(server.getRequestCount()).isEqualTo(1);

        // somebody sets it to 3, and this is seen
        view.sees(Hpas.named("web")
                .raised("inference/chat", 3, "2024-01-01T12:15:00Z", 2)
                .ownedBy(Hpas.owner("kubectl-edit", "Update"))
                .at("13")
                .build());
        assertThat(contest(chatOutcome(Mode.HPA_FLOOR, NOON.plusSeconds(30))))
                .startsWith("kubectl-edit (Update) has set minReplicas of the HPA inference/web to 3");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRenewalIsNoChange() {
        view.sees(Hpas.named("web")
                .raised("inference/chat", 5, "2024-01-01T12:01:00Z", 2)
                .build());
        answerFloor(Hpas.named("web")
                .raised("inference/chat", 5, "2024-01-01T12:15:00Z", 2)
                .at("12"));

        assertThat(reason(chatOutcome(Mode.HPA_FLOOR, NOON))).isEqualTo("the floor is at 5 already, and was renewed");
    }

    @Test
    void aFloorThatSomebodyOwnsIsNamed() {
        view.sees(Hpas.named("web").min(1).ownedByNobody().build());
        server.expect()
                .patch()
                .withPath(
                        "/apis/autoscaling/v2/namespaces/inference/horizontalpodautoscalers/web?fieldManager=prescale&force=false")
                .andReturn(
                        409,
                        new StatusBuilder(status(409, "Apply failed with 1 conflict"))
                                .withNewDetails()
                                .addNewCause(".spec.minReplicas", "conflict with \"gitops\"", "FieldManagerConflict")
                                .endDetails()
                                .build())
                .always();

        assertThat(reason(chatOutcome(Mode.HPA_FLOOR, NOON)))
                .isEqualTo("HPA inference/web is not changed: conflict with \"gitops\" (409)");
    }

    /** Each costs a request, and the cycle waits for them. */
    @Test
    void givesBackAFewFloorsPerCycleAndNeverOnlyTheSame() {
        HorizontalPodAutoscaler[] hpas = IntStream.range(0, FloorSweeper.MOST_PER_CYCLE + 10)
                .mapToObj(k -> Hpas.named("web-" + k)
                        .raised("inference/gone-" + k, 5, "2024-01-01T12:15:00Z", 2)
                        .build())
                .toArray(HorizontalPodAutoscaler[]::new);
        view.sees(hpas);

        List<ReturnedFloor> first = channels.sweepFloors(Map.of(), Set.of(), NOON);
        List<ReturnedFloor> second = channels.sweepFloors(Map.of(), Set.of(), NOON.plusSeconds(15));

        assertThat(first)
                .hasSize(FloorSweeper.MOST_PER_CYCLE)
                .allSatisfy(floor -> assertThat(floor.outcome()).isInstanceOf(NotScaled.class));
        assertThat(Stream.concat(first.stream(), second.stream())
                        .map(ReturnedFloor::autoscaler)
                        .distinct())
                .hasSize(hpas.length);
    }

    private void answerFloor(Hpas answer) {
        for (boolean isForced : new boolean[] {true, false}) {
            server.expect()
                    .patch()
                    .withPath(
                            "/apis/autoscaling/v2/namespaces/inference/horizontalpodautoscalers/web?fieldManager=prescale&force="
                                    + isForced)
                    .andReturn(200, answer.build())
                    .always();
        }
    }

    private void answerScale(int code, Object body) {
        server.expect().patch().withPath(SCALE).andReturn(code, body).always();
    }

    private static Status status(int code, String message) {
        return new StatusBuilder().withCode(code).withMessage(message).build();
    }

    /** From 3 to 5 replicas. */
    private Outcome chatOutcome(Mode mode, Instant now) {
        return channels.carryOut(chat(mode), null, order(3, 5), now);
    }

    private RecordedRequest lastRequest() throws InterruptedException {
        return server.getLastRequest();
    }
}
