package dev.prescale.adapter.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.config.Violation;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.RateReading;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusMappingTest {
    private static final Instant NOON = Snapshots.NOON;

    @Test
    void everythingThatIsKnownIsTold() {
        EndpointStatus status = of(Snapshots.aSnapshot("chat"));

        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.mode()).isEqualTo("Scale");
        assertThat(status.currentReplicas()).isEqualTo(3);
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.recommendedReplicas()).isEqualTo(5);
        assertThat(status.gate()).isEqualTo("Trusted");
        // medians rise by 10 req/s per step of 10 minutes for 6 hours; the 95 % level is 20 above, 10 req/s per replica
        assertThat(status.nextPeak())
                .isEqualTo(new EndpointStatus.Peak(Instant.parse("2024-01-01T17:50:00Z"), 450.0, 47));
        assertThat(status.lastDecision())
                .isEqualTo(new EndpointStatus.Decision(
                        NOON, 3, 5, "TargetTracking", "44.0 req/s need 5 replicas at 10.0 req/s each", true, ""));
        assertThat(reasons(status))
                .containsExactlyInAnyOrder(
                        "Ready=True Valid",
                        "HistoryAvailable=True Fresh",
                        "ForecastTrusted=True Trusted",
                        "Acting=True Acting",
                        "Conflict=False NoConflict");
    }

    @Test
    void aTargetThatIsNotThereIsNotReady() {
        String missing = "there is no Deployment test/chat in the cluster";

        EndpointStatus status = of(Snapshots.aSnapshot("chat").workload(new WorkloadScale.Unknown(missing)));

        assertThat(reasons(status)).contains("Ready=False TargetNotFound", "Acting=False Refused");
        assertThat(status.condition("Ready").orElseThrow().message()).isEqualTo(missing);
        assertThat(status.currentReplicas()).isNull();
    }

    @Test
    void aTargetThatCannotBeReadIsNotReadyEither() {
        EndpointStatus status = of(Snapshots.aSnapshot("chat")
                .workload(new WorkloadScale.Unknown("the Kubernetes API server forbids it (403)")));

        assertThat(reasons(status)).contains("Ready=False TargetUnreadable");
    }

    @Test
    void anInvalidResourceNamesItsFaultsWhileAnEarlierOneIsInForce() {
        List<Violation> faults = List.of(
                new Violation("spec.minReplicas", 41, "must be at most maxReplicas, which is 40"),
                new Violation("spec.traffic", null, "is required"));

        EndpointStatus status = StatusMapping.of(
                new EndpointFacts(NOON, 8, Snapshots.aSnapshot("chat").build(), faults, null));

        assertThat(reasons(status)).contains("Ready=False Invalid", "Acting=True Acting");
        assertThat(status.condition("Ready").orElseThrow().message())
                .isEqualTo(
                        "spec.minReplicas must be at most maxReplicas, which is 40, was 41; spec.traffic is required");
        assertThat(status.observedGeneration()).isEqualTo(8);
    }

    @Test
    void faultsAreToldWithinBounds() {
        List<Violation> faults = Collections.nCopies(300, new Violation("spec.x", null, "is required"));

        EndpointStatus status = StatusMapping.of(new EndpointFacts(NOON, 1, null, faults, null));

        assertThat(status.condition("Ready").orElseThrow().message()).endsWith("; and 290 more");
        assertThat(reasons(status)).contains("Acting=False Refused");
        assertThat(status.mode()).isNull();
    }

    @Test
    void whyThereIsNoRateIsTheReason() {
        assertThat(historyOf(new RateReading.NoData(null))).isEqualTo("HistoryAvailable=False NoData");
        assertThat(historyOf(new RateReading.Stale(Duration.ofMinutes(9)))).isEqualTo("HistoryAvailable=False Stale");
        assertThat(historyOf(new RateReading.Failed("no route"))).isEqualTo("HistoryAvailable=False Failed");
    }

    @Test
    void whyTheForecastIsNotTrustedIsTheReason() {
        GateStatus worse = new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2.0, "weekNaive", 1.0);

        assertThat(reasons(of(Snapshots.aSnapshot("chat").gate(worse)))).contains("ForecastTrusted=False Distrusted");
        assertThat(reasons(of(Snapshots.aSnapshot("chat").gate(GateStatus.unknown(NOON)))))
                .contains("ForecastTrusted=False Unavailable");
        assertThat(reasons(of(Snapshots.aSnapshot("chat").leadTimeDemand(null))))
                .contains("ForecastTrusted=False Unavailable");
    }

    @Test
    void whyNothingIsCarriedOutIsTheReason() {
        EndpointSpec spec = Specs.anEndpoint("chat");
        EndpointConflict conflict = EndpointConflict.targetTaken(new EndpointId("test", "older"));

        assertThat(reasons(of(Snapshots.aSnapshot(spec.withMode(Mode.OBSERVE)))))
                .contains("Acting=False Observe");
        assertThat(reasons(of(Snapshots.aSnapshot(paused(spec))))).contains("Acting=False Paused");
        assertThat(reasons(StatusMapping.of(
                        new EndpointFacts(NOON, 7, Snapshots.aSnapshot(spec).build(), List.of(), conflict))))
                .contains("Acting=False Conflict", "Conflict=True TargetTaken");
        EndpointStatus refused = of(Snapshots.aSnapshot(spec).latest(notActed(spec, "an HPA scales it")));
        assertThat(reasons(refused)).contains("Acting=False Refused");
        assertThat(refused.condition("Acting").orElseThrow().message()).isEqualTo("an HPA scales it");
    }

    @Test
    void whetherKedaAsksIsTold() {
        EndpointSpec spec = Specs.anEndpoint("chat").withMode(Mode.KEDA);

        assertThat(reasons(of(Snapshots.aSnapshot(spec).latest(notActed(spec, WorkloadScale.LeftToKeda.REASON)))))
                .contains("Acting=True Keda");
        EndpointStatus alone = of(Snapshots.aSnapshot(spec).latest(notActed(spec, "no KEDA ScaledObject scales it")));
        assertThat(reasons(alone)).contains("Acting=False NotAsked");
        assertThat(alone.condition("Acting").orElseThrow().message()).isEqualTo("no KEDA ScaledObject scales it");
    }

    @Test
    void whatAnotherReplicaCarriedOutIsNotToldAsRefused() {
        EndpointSpec spec = Specs.anEndpoint("chat");

        EndpointStatus status =
                of(Snapshots.aSnapshot(spec).latest(notActed(spec, WorkloadScale.LeftToAnother.REASON)));

        assertThat(status.lastDecision()).isNull();
        assertThat(reasons(status)).contains("Acting=True Acting");
    }

    @Test
    void aStatusIsReadAsItWasWritten() {
        EndpointStatus status = of(Snapshots.aSnapshot("chat"));

        assertThat(StatusJson.read(StatusJson.write(status))).isEqualTo(status);
        assertThat(StatusJson.read(null)).isEqualTo(EndpointStatus.NONE);
        assertThat(StatusJson.read("nonsense")).isEqualTo(EndpointStatus.NONE);
        assertThat(StatusJson.read(Map.of("mode", 5, "nextPeak", "soon", "conditions", Map.of())))
                .isEqualTo(EndpointStatus.NONE);
    }

    static List<String> reasons(EndpointStatus status) {
        return status.conditions().stream()
                .map(condition -> "%s=%s %s".formatted(condition.type(), condition.status(), condition.reason()))
                .toList();
    }

    private static String historyOf(RateReading reading) {
        return reasons(of(Snapshots.aSnapshot("chat").requestRate(reading))).get(1);
    }

    private static EndpointStatus of(Snapshots snapshot) {
        EndpointSnapshot built = snapshot.build();
        return StatusMapping.of(new EndpointFacts(NOON, 7, built, List.of(), null));
    }

    static DecisionRecord notActed(EndpointSpec spec, String reason) {
        DecisionRecord acted = Snapshots.aDecision(spec, NOON, 3, 5);
        return new DecisionRecord(
                acted.at(),
                acted.endpoint(),
                acted.mode(),
                acted.decision(),
                false,
                reason,
                acted.requestRate(),
                acted.readyReplicas());
    }

    private static EndpointSpec paused(EndpointSpec spec) {
        return new EndpointSpec(
                spec.id(),
                spec.mode(),
                spec.scaleTargetRef(),
                spec.policy(),
                spec.calendar(),
                spec.traffic(),
                spec.history(),
                spec.metricSources(),
                new EndpointSpec.Pausing(true, false));
    }
}
