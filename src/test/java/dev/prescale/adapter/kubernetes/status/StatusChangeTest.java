package dev.prescale.adapter.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.RateReading;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusChangeTest {
    private static final Instant NOON = Snapshots.NOON;
    private static final Instant LATER = NOON.plusSeconds(3_600);
    private static final EndpointSpec SPEC = Specs.anEndpoint("chat");
    private static final EndpointStatus PRESENT = status(NOON, Snapshots.aSnapshot(SPEC), null);

    @Test
    void whatIsTheSameIsNotWritten() {
        assertThat(pause(Snapshots.aSnapshot(SPEC))).isEmpty();
    }

    @Test
    void theFirstStatusIsWrittenAtOnce() {
        assertThat(StatusChange.of(EndpointStatus.NONE, PRESENT).pause()).contains(Duration.ZERO);
    }

    @Test
    void aConditionTheModeTheGateAndReplicasAskedForAreWrittenAtOnce() {
        GateStatus worse = new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2.0, "weekNaive", 1.0);

        assertThat(pause(Snapshots.aSnapshot(SPEC).requestRate(new RateReading.Failed("no route"))))
                .contains(Duration.ZERO);
        assertThat(pause(Snapshots.aSnapshot(SPEC.withMode(Mode.OBSERVE)))).contains(Duration.ZERO);
        assertThat(pause(Snapshots.aSnapshot(SPEC).gate(worse))).contains(Duration.ZERO);
        assertThat(pause(Snapshots.aSnapshot(SPEC).workload(new WorkloadScale.Replicas(4, 2, false))))
                .contains(Duration.ZERO);
        assertThat(pause(Snapshots.aSnapshot(SPEC).latest(Snapshots.aDecision(SPEC, LATER, 3, 6))))
                .contains(Duration.ZERO);
    }

    @Test
    void readyReplicasWaitAMinute() {
        assertThat(pause(Snapshots.aSnapshot(SPEC).workload(new WorkloadScale.Replicas(3, 3, false))))
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void aPeakThatMovesNotablyWaitsTenMinutesAndASmallMoveForEver() {
        assertThat(pause(Snapshots.aSnapshot(SPEC).forecast(Snapshots.aForecast(NOON, 30))))
                .contains(Duration.ofMinutes(10));
        assertThat(pause(Snapshots.aSnapshot(SPEC).forecast(null))).contains(Duration.ofMinutes(10));
        EndpointStatus.Peak peak = PRESENT.nextPeak();
        assertThat(StatusChange.of(
                                PRESENT,
                                withPeak(new EndpointStatus.Peak(peak.at().plusSeconds(600), 441.0, 47)))
                        .pause())
                .isEmpty();
        assertThat(StatusChange.of(PRESENT, withPeak(new EndpointStatus.Peak(peak.at(), 450.0, 48)))
                        .pause())
                .contains(Duration.ofMinutes(10));
    }

    @Test
    void theSameDecisionAgainIsNotANewOne() {
        StatusChange change = change(Snapshots.aSnapshot(SPEC).latest(Snapshots.aDecision(SPEC, LATER, 3, 5)), null);

        assertThat(change.pause()).isEmpty();
        assertThat(change.status().lastDecision().at()).isEqualTo(NOON);
    }

    @Test
    void anUnknownDecisionDoesNotTakeAwayTheLastOne() {
        assertThat(change(Snapshots.aSnapshot(SPEC).latest(null), null).status().lastDecision())
                .isEqualTo(PRESENT.lastDecision());
    }

    @Test
    void aConditionKeepsItsTimeUntilItsStatusChanges() {
        StatusChange failed = change(Snapshots.aSnapshot(SPEC).requestRate(new RateReading.Failed("no route")), null);

        assertThat(since(failed.status(), "HistoryAvailable")).isEqualTo(LATER);
        assertThat(since(failed.status(), "Ready")).isEqualTo(NOON);
        StatusChange other = StatusChange.of(
                failed.status(),
                status(
                        LATER.plusSeconds(60),
                        Snapshots.aSnapshot(SPEC).requestRate(new RateReading.NoData(null)),
                        null));
        assertThat(other.pause()).contains(Duration.ZERO);
        assertThat(since(other.status(), "HistoryAvailable")).isEqualTo(LATER);
    }

    @Test
    void whileNothingIsToBeChangedARefusalStands() {
        EndpointStatus refused = change(
                        Snapshots.aSnapshot(SPEC).latest(StatusMappingTest.notActed(SPEC, "an HPA scales it")), null)
                .status();
        Snapshots holding = Snapshots.aSnapshot(SPEC).latest(Snapshots.aDecision(SPEC, LATER, 3, 3));

        EndpointStatus held =
                StatusChange.of(refused, status(LATER, holding, false)).status();
        assertThat(held.condition("Acting").orElseThrow().message()).isEqualTo("an HPA scales it");

        EndpointStatus carriedOut = StatusChange.of(refused, status(LATER, Snapshots.aSnapshot(SPEC), null))
                .status();
        assertThat(carriedOut.condition("Acting").orElseThrow().isTrue()).isTrue();
    }

    @Test
    void whatChangedIsAnnouncedOnceAndWhatFailsAgainInTheSameWayIsNot() {
        EndpointStatus refused = change(
                        Snapshots.aSnapshot(SPEC).latest(StatusMappingTest.notActed(SPEC, "an HPA scales it")), null)
                .status();

        assertThat(events(EndpointStatus.NONE, PRESENT)).containsExactly("Normal Scaled");
        assertThat(events(PRESENT, PRESENT)).isEmpty();
        assertThat(events(PRESENT, refused)).containsExactly("Warning ScalingRefused");
        assertThat(events(refused, refused)).isEmpty();
    }

    @Test
    void aConflictAndItsEndAndTheGateAreAnnounced() {
        GateStatus worse = new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2.0, "weekNaive", 1.0);
        EndpointStatus taken = change(Snapshots.aSnapshot(SPEC), EndpointConflict.ownerChangesFloor("argocd writes it"))
                .status();

        assertThat(events(PRESENT, taken)).containsExactly("Warning OwnerChangesFloor");
        assertThat(events(taken, PRESENT)).contains("Normal ConflictResolved");
        assertThat(events(
                        PRESENT,
                        change(Snapshots.aSnapshot(SPEC).gate(worse), null).status()))
                .containsExactly("Normal ForecastDistrusted");
        assertThat(events(EndpointStatus.NONE, taken)).contains("Warning OwnerChangesFloor");
    }

    private static List<String> events(EndpointStatus before, EndpointStatus after) {
        return StatusEvent.between(before, after).stream()
                .map(event -> (event.isWarning() ? "Warning " : "Normal ") + event.reason())
                .toList();
    }

    private static Instant since(EndpointStatus status, String type) {
        return status.condition(type).orElseThrow().since();
    }

    private static Optional<Duration> pause(Snapshots snapshot) {
        return change(snapshot, null).pause();
    }

    private static StatusChange change(Snapshots snapshot, @Nullable EndpointConflict conflict) {
        return StatusChange.of(
                PRESENT, StatusMapping.of(new EndpointFacts(LATER, 7, snapshot.build(), List.of(), conflict)));
    }

    private static EndpointStatus withPeak(EndpointStatus.Peak peak) {
        return new EndpointStatus(
                PRESENT.observedGeneration(),
                PRESENT.mode(),
                PRESENT.currentReplicas(),
                PRESENT.readyReplicas(),
                PRESENT.recommendedReplicas(),
                PRESENT.gate(),
                peak,
                PRESENT.lastDecision(),
                PRESENT.conditions());
    }

    /** @param acted null for what the snapshot says */
    private static EndpointStatus status(Instant at, Snapshots snapshot, @Nullable Boolean acted) {
        EndpointStatus status = StatusMapping.of(new EndpointFacts(at, 7, snapshot.build(), List.of(), null));
        EndpointStatus.Decision decision = status.lastDecision();
        return acted == null || decision == null
                ? status
                : status.with(
                        status.conditions(),
                        new EndpointStatus.Decision(
                                decision.at(),
                                decision.fromReplicas(),
                                decision.toReplicas(),
                                decision.reason(),
                                decision.sentence(),
                                acted,
                                "nothing to do"));
    }
}
