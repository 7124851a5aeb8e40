package dev.prescale.adapter.keda;

import static dev.prescale.adapter.keda.ScalerFixture.trigger;
import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static dev.prescale.testing.Specs.aPolicy;
import static dev.prescale.testing.Specs.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.adapter.keda.KedaCalls.Reading;
import dev.prescale.adapter.keda.wire.ExternalScalerGrpc;
import dev.prescale.adapter.keda.wire.GetMetricSpecResponse;
import dev.prescale.adapter.keda.wire.GetMetricsRequest;
import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.testing.Specs;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of KEDA's own tests of external scalers ({@code pkg/scalers/external_scaler_test.go},
 * {@code tests/scalers/external_scaler_so}, {@code external_push_scaler}, {@code external_push_scaler_old_proto} of v2.21.0), asked over a
 * connection by a client that behaves as KEDA does. By default: 10 req/s per replica, a lead-time demand of 60, a decision for 5.
 */
class KedaConformanceTest {
    private final ScalerFixture scaler = new ScalerFixture();

    @AfterEach
    void close() {
        scaler.close();
    }

    @ParameterizedTest
    @CsvSource({"demand, 10, 60", "replicas, 1, 5"})
    void anHpaIsMadeFromTheSpecAndFedWithValueAndActivity(String metric, double target, double value) {
        scaler.cycle(aSnapshot("chat").build());
        KedaCalls keda = new KedaCalls(scaler.channel(), trigger("chat", "metric", metric));

        GetMetricSpecResponse spec = keda.spec();

        assertThat(spec.getMetricSpecsList()).singleElement().satisfies(only -> {
            assertThat(only.getMetricName()).isEqualTo(metric);
            assertThat(KedaCalls.target(only)).isEqualTo(target);
        });
        assertThat(keda.read(metric)).isEqualTo(new Reading(value, true));
    }

    @Test
    void emptyMetadataMeansTheDemandOfTheEndpointOfTheSameName() {
        scaler.cycle(aSnapshot("chat").build());

        assertThat(new KedaCalls(scaler.channel(), trigger("chat")).read("demand"))
                .isEqualTo(new Reading(60, true));
    }

    @Test
    void aSpecIsThereBeforeTheFirstCycle() {
        scaler.specify(anEndpoint("chat"));

        assertThat(new KedaCalls(scaler.channel(), trigger("chat"))
                        .spec()
                        .getMetricSpecs(0)
                        .getTargetSizeFloat())
                .isEqualTo(10);
    }

    /** Fractions travel in the floating-point fields; whoever knows only whole numbers never gets too little or a target of 0. */
    @Test
    void fractionsAreKeptAndWholeNumbersAreSafe() {
        EndpointSpec slow = anEndpoint("slow", aPolicy(new RatePerReplica(0.25, 1.0)));
        scaler.cycle(aSnapshot(slow).requestRate(new RateReading.Known(60.25)).build());
        var old = dev.prescale.adapter.keda.fourcalls.ExternalScalerGrpc.newBlockingStub(scaler.channel());
        var oldTrigger = dev.prescale.adapter.keda.fourcalls.ScaledObjectRef.newBuilder()
                .setNamespace("test")
                .setName("slow")
                .build();
        KedaCalls keda = new KedaCalls(scaler.channel(), trigger("slow"));

        assertThat(keda.spec().getMetricSpecs(0).getTargetSizeFloat()).isEqualTo(0.25);
        assertThat(keda.read("demand").value()).isEqualTo(60.25);
        assertThat(old.getMetricSpec(oldTrigger).getMetricSpecs(0).getTargetSize())
                .isEqualTo(1);
        assertThat(old.getMetrics(dev.prescale.adapter.keda.fourcalls.GetMetricsRequest.newBuilder()
                                .setScaledObjectRef(oldTrigger)
                                .setMetricName("demand")
                                .build())
                        .getMetricValues(0)
                        .getMetricValue())
                .isEqualTo(61);
    }

    @Test
    void aClientOfTheFourOldCallsWorks() {
        scaler.cycle(aSnapshot("chat").build());
        var old = dev.prescale.adapter.keda.fourcalls.ExternalScalerGrpc.newBlockingStub(scaler.channel());
        var oldTrigger = dev.prescale.adapter.keda.fourcalls.ScaledObjectRef.newBuilder()
                .setNamespace("test")
                .setName("chat")
                .putScalerMetadata("scalerAddress", "prescale:8080")
                .build();

        assertThat(old.getMetricSpec(oldTrigger).getMetricSpecs(0).getTargetSize())
                .isEqualTo(10);
        assertThat(old.isActive(oldTrigger).getResult()).isTrue();
        assertThat(old.streamIsActive(oldTrigger).next().getResult()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"demand", "s0-demand", "s12-demand"})
    void aPrefixThatNobodyHasStrippedIsAccepted(String metric) {
        scaler.cycle(aSnapshot("chat").build());

        assertThat(new KedaCalls(scaler.channel(), trigger("chat")).read(metric).value())
                .isEqualTo(60);
    }

    @Test
    void theEndpointIsThatOfTheScaledObjectsTarget() {
        ScaleTargetRef target = new ScaleTargetRef("apps/v1", "Deployment", "chat");
        scaler.targets.put("test/scaled", new ScaleTargetRef("apps/v1beta1", "Deployment", "chat"));
        scaler.targets.put("test/chat", new ScaleTargetRef("apps/v1", "StatefulSet", "chat"));
        scaler.specify(anEndpoint(new EndpointId("test", "a"), Mode.OBSERVE, target));
        scaler.specify(anEndpoint(new EndpointId("test", "b"), Mode.KEDA, target));
        scaler.cycle(aSnapshot(anEndpoint(new EndpointId("test", "b"), Mode.KEDA, target))
                .requestRate(new RateReading.Known(77))
                .build());

        assertThat(new KedaCalls(scaler.channel(), trigger("scaled"))
                        .read("demand")
                        .value())
                .isEqualTo(77);
        assertThat(refusal(trigger("chat")))
                .isEqualTo(
                        "NOT_FOUND: No endpoint in test has the target of ScaledObject chat, StatefulSet chat; name one by the key endpoint.");
        assertThat(refusal(trigger("other")))
                .isEqualTo(
                        "NOT_FOUND: The target of ScaledObject test/other is not seen, and there is no endpoint of that name; name one by the key endpoint.");
    }

    record Refused(String name, ScaledObjectRef trigger, String metric, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused(
                        "wrong namespace",
                        trigger("chat", "endpoint", "other/chat"),
                        "demand",
                        "INVALID_ARGUMENT: endpoint must be the name of an endpoint in the ScaledObject's namespace, or test/NAME, was other/chat"),
                new Refused(
                        "unknown endpoint",
                        trigger("chat", "endpoint", "caht"),
                        "demand",
                        "NOT_FOUND: There is no endpoint test/caht with a valid specification."),
                new Refused(
                        "unknown key",
                        trigger("chat", "metrik", "demand"),
                        "demand",
                        "INVALID_ARGUMENT: metrik is not a known key; did you mean metric?"),
                new Refused(
                        "unknown metric name",
                        trigger("chat"),
                        "s0-cpu",
                        "INVALID_ARGUMENT: metricName must be demand, as GetMetricSpec says for this trigger, was s0-cpu"),
                new Refused(
                        "metric of another trigger",
                        trigger("chat", "metric", "replicas"),
                        "demand",
                        "INVALID_ARGUMENT: metricName must be replicas, as GetMetricSpec says for this trigger, was demand"),
                new Refused(
                        "no cycle yet",
                        trigger("new"),
                        "demand",
                        "UNAVAILABLE: Endpoint test/new has not been through a control cycle yet."),
                new Refused(
                        "history lost",
                        trigger("blind"),
                        "demand",
                        "UNAVAILABLE: The history cannot be read: connection refused"),
                new Refused(
                        "distrusted",
                        trigger("distrusted"),
                        "demand",
                        "FAILED_PRECONDITION: The forecast is distrusted since 2024-01-01T12:00:00Z: it was worse than weekNaive."),
                new Refused(
                        "no forecast wanted",
                        trigger("reactive"),
                        "demand",
                        "FAILED_PRECONDITION: The forecast is switched off (predictive.enabled); the metric replicas goes on without."),
                new Refused(
                        "no target per replica",
                        trigger("queueing"),
                        "demand",
                        "FAILED_PRECONDITION: What one replica of test/queueing serves is not the same for each with its capacity model, so that demand has no target; use metric: replicas."),
                new Refused(
                        "no name",
                        ScaledObjectRef.getDefaultInstance(),
                        "demand",
                        "INVALID_ARGUMENT: scaledObjectRef.namespace must be a name of lower case letters, digits, - and ., up to 253 characters, was ; scaledObjectRef.name must be a name of lower case letters, digits, - and ., up to 253 characters, was "));
    }

    /** Never 0: KEDA counts an error as a failure of the trigger, and its fallback applies. */
    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeVouchedForIsAnErrorWithAReason(Refused refused) {
        GateStatus distrust = new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2, "weekNaive", 1);
        scaler.cycle(
                aSnapshot("chat").build(),
                aSnapshot("blind")
                        .requestRate(new RateReading.Failed("connection refused"))
                        .build(),
                aSnapshot("distrusted").gate(distrust).build(),
                aSnapshot(anEndpoint("reactive", reactive())).build(),
                aSnapshot(anEndpoint("queueing", aPolicy(queueing()))).build());
        scaler.specify(anEndpoint("new"));

        assertThat(refusal(refused.trigger(), refused.metric())).isEqualTo(refused.expected());
    }

    @Test
    void aRequestWithoutAScaledObjectIsRefused() {
        StatusRuntimeException fault = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ExternalScalerGrpc.newBlockingStub(scaler.channel())
                        .getMetrics(GetMetricsRequest.getDefaultInstance()));

        assertThat(fault).hasMessage("INVALID_ARGUMENT: scaledObjectRef is required");
    }

    @Test
    void aDistrustedForecastLeavesTheReplicasOfTargetTracking() {
        GateStatus distrust = new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2, "weekNaive", 1);
        scaler.cycle(aSnapshot("chat").gate(distrust).build());

        assertThat(new KedaCalls(scaler.channel(), trigger("chat", "metric", "replicas")).read("replicas"))
                .isEqualTo(new Reading(5, true));
    }

    @Test
    void aNumberOutlivesAnOutageOfTwoMinutesAndNoMore() {
        scaler.cycle(aSnapshot("chat").build());
        KedaCalls keda = new KedaCalls(scaler.channel(), trigger("chat"));

        scaler.now = NOON.plusSeconds(120);
        assertThat(keda.read("demand").value()).isEqualTo(60);
        scaler.now = NOON.plusSeconds(121);
        assertThat(refusal(trigger("chat"))).startsWith("UNAVAILABLE: The last cycle of test/chat is PT2M1S old");
    }

    /** The forecast is none until 12:20. */
    @ParameterizedTest
    @CsvSource({"19m, false", "21m, true"})
    void activityIsToldAsFarAheadAsTheTriggerAsks(String lead, boolean isActive) {
        scaler.cycle(PushStreamsTest.idleUntilTwentyPast("chat").build());

        assertThat(ExternalScalerGrpc.newBlockingStub(scaler.channel())
                        .isActive(trigger("chat", "activationLead", lead))
                        .getResult())
                .isEqualTo(isActive);
    }

    @Test
    void callsAreCountedByMethodAndCode() {
        scaler.cycle(aSnapshot("chat").build());
        new KedaCalls(scaler.channel(), trigger("chat")).read("demand");
        refusal(trigger("other"));

        assertThat(calls("GetMetrics", Status.Code.OK)).isEqualTo(1);
        assertThat(calls("IsActive", Status.Code.OK)).isEqualTo(1);
        assertThat(calls("GetMetrics", Status.Code.NOT_FOUND)).isEqualTo(1);
    }

    @Test
    void aRefusalIsLoggedOnceAndItsEndToo() {
        ScaledObjectRef trigger = trigger("new\nINFO nonsense", "endpoint", "chat");
        for (int i = 0; i < 3; i++) {
            refusal(trigger);
        }
        refusal(trigger("chat"));
        refusal(trigger("chat"));
        scaler.cycle(aSnapshot("chat").build());
        new KedaCalls(scaler.channel(), trigger("chat")).read("demand");

        assertThat(scaler.log).hasSize(3);
        assertThat(scaler.log.get(0))
                .startsWith("GetMetrics of ScaledObject test/new?INFO?nonsense is answered INVALID_ARGUMENT: ")
                .doesNotContain("\n");
        assertThat(scaler.log.get(1))
                .startsWith("GetMetrics of ScaledObject test/chat is answered NOT_FOUND: The target of");
        assertThat(scaler.log.get(2)).isEqualTo("GetMetrics of ScaledObject test/chat is answered again");
    }

    @Test
    void waitsGrowOnErrorsAndStartAnewAfterAnOrderlyEnd() {
        KedaCalls keda = new KedaCalls(scaler.channel(), trigger("chat"));
        assertThat(keda.followActivity(7, state -> {}))
                .extracting(Duration::toSeconds)
                .containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L);

        EndpointSpec spec = anEndpoint("chat");
        List<Boolean> states = new ArrayList<>();
        scaler.cycle(aSnapshot(spec).build());
        List<Duration> waited = keda.followActivity(3, state -> {
            states.add(state);
            scaler.forget(spec);
            scaler.ticks.tick();
            if (states.size() < 3) {
                scaler.specify(spec);
            }
        });

        assertThat(states).containsExactly(true, true, true);
        assertThat(waited).extracting(Duration::toSeconds).containsExactly(2L, 2L, 2L);
    }

    @Test
    void anUpdateOfASpecResetsTheWaiting() {
        scaler.cycle(aSnapshot("chat").build());
        List<GetMetricSpecResponse> specs = new ArrayList<>();
        KedaCalls keda = new KedaCalls(scaler.channel(), trigger("chat"));

        List<Duration> waited = keda.followSpec(2, spec -> {
            specs.add(spec);
            scaler.forget(anEndpoint("chat"));
            scaler.ticks.tick();
        });

        assertThat(specs).hasSize(1);
        assertThat(waited).extracting(Duration::toSeconds).containsExactly(2L, 4L);
    }

    /** As KEDA does with older scalers; ours is not one. */
    @Test
    void whoeverDoesNotKnowTheFifthCallIsNotAskedAgain() {
        try (ScalerFixture old = new ScalerFixture(
                new dev.prescale.adapter.keda.fourcalls.ExternalScalerGrpc.ExternalScalerImplBase() {})) {
            assertThat(new KedaCalls(old.channel(), trigger("chat")).followSpec(5, spec -> {}))
                    .isEmpty();
        }
    }

    private double calls(String method, Status.Code code) {
        return scaler.registry
                .get("prescale.keda.calls")
                .tags("method", method, "code", code.name())
                .counter()
                .count();
    }

    private String refusal(ScaledObjectRef trigger) {
        return refusal(trigger, "demand");
    }

    private String refusal(ScaledObjectRef trigger, String metric) {
        return catchThrowableOfType(
                        StatusRuntimeException.class, () -> new KedaCalls(scaler.channel(), trigger).read(metric))
                .getMessage();
    }

    private static ScalingPolicy reactive() {
        ScalingPolicy policy = Specs.aPolicy();
        return new ScalingPolicy(
                policy.bounds(),
                policy.capacity(),
                Predictive.DEFAULT.disabled(),
                policy.reactive(),
                policy.steps(),
                policy.schedules(),
                policy.behavior(),
                policy.fallback());
    }

    private static QueueingCapacity queueing() {
        return new QueueingCapacity(Duration.ofMillis(80), 4, Duration.ofMillis(300), 0.95, 0.8);
    }
}
