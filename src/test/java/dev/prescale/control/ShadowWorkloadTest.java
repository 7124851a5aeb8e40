package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.ScalingDecision;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.Specs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lead time of the test endpoint is 120 s. */
class ShadowWorkloadTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final EndpointSpec spec = Specs.anEndpoint("shop");
    private final InMemoryDecisionLog journal = new InMemoryDecisionLog();
    private final ShadowWorkload shadow = new ShadowWorkload(journal);

    @BeforeEach
    void oneEndpoint() {
        shadow.replaceSpecs(Map.of(spec.id(), spec));
    }

    @Test
    void startsAtTheMinimumWithoutAJournal() {
        assertThat(at(0)).isEqualTo(replicas(1, 1));
    }

    @Test
    void goesOnFromTheJournalAfterARestart() {
        ScalingDecision seven = new ScalingDecision(7, 7, 7, List.of(), List.of());
        journal.append(new DecisionRecord(START, spec.id(), Mode.OBSERVE, seven, false, "", 70, 7));

        assertThat(at(60)).isEqualTo(replicas(7, 7));
    }

    @Test
    void whatIsOrderedIsReadyOneLeadTimeLater() {
        at(0);
        scaleTo(3, 0);
        scaleTo(5, 60);

        assertThat(at(119)).isEqualTo(replicas(5, 1));
        assertThat(at(120)).isEqualTo(replicas(5, 3));
        assertThat(at(180)).isEqualTo(replicas(5, 5));
    }

    @Test
    void scaleInTakesThoseThatAreNotReadyFirst() {
        at(0);
        scaleTo(3, 0);
        scaleTo(6, 150);
        scaleTo(4, 160);
        assertThat(at(160)).isEqualTo(replicas(4, 3));

        scaleTo(2, 161);
        assertThat(at(161)).isEqualTo(replicas(2, 2));
    }

    @Test
    void anEndpointWithoutASpecificationCannotBeSeen() {
        assertThat(shadow.state(new EndpointId("test", "other"), START)).isInstanceOf(WorkloadScale.Unknown.class);
    }

    @Test
    void neverClaimsToHaveActed() {
        at(0);

        assertThat(scaleTo(3, 0))
                .isEqualTo(
                        new WorkloadScale.NotScaled("no Kubernetes API server is connected: replicas are simulated"));

        shadow.replaceSpecs(Map.of(spec.id(), spec.withMode(Mode.OBSERVE)));
        assertThat(scaleTo(4, 1)).isEqualTo(new WorkloadScale.NotScaled("mode Observe decides and journals only"));
    }

    private WorkloadScale.State at(int second) {
        return shadow.state(spec.id(), START.plusSeconds(second));
    }

    private WorkloadScale.Outcome scaleTo(int replicas, int second) {
        return shadow.scaleTo(spec.id(), replicas, START.plusSeconds(second));
    }

    private static WorkloadScale.Replicas replicas(int current, int ready) {
        return new WorkloadScale.Replicas(current, ready, false);
    }
}
