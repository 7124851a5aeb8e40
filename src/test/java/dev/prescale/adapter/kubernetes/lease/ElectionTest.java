package dev.prescale.adapter.kubernetes.lease;

import static dev.prescale.adapter.kubernetes.lease.ElectionSimulation.ENDPOINTS;
import static dev.prescale.adapter.kubernetes.lease.ElectionSimulation.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.prescale.adapter.kubernetes.lease.ElectionSimulation.Node;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people will see, with a lease of 15 s on an API server that answers within 40 ms. */
class ElectionTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ElectionSimulation simulation = new ElectionSimulation(1);
    private Node first;
    private Node second;

    @BeforeEach
    void twoShareTheWork() {
        first = simulation.start("first", 8);
        second = simulation.start("second", 8);
        simulation.run(MINUTE);
        assertThat(simulation.actors()).containsValues("first", "second").hasSameSizeAs(ENDPOINTS);
        assertThat(first.status().acting() + second.status().acting()).isEqualTo(8);
    }

    @Test
    void aCrashedReplicaIsReplacedWithinOneLease() {
        first.crash();

        assertThat(simulation.untilAllAct(MINUTE)).isBetween(Duration.ofSeconds(11), LEASE.plusMillis(200));
        assertThat(second.status().acting()).isEqualTo(8);
        assertThat(simulation.leases().keys()).doesNotContain("first-1");
    }

    @Test
    void oneThatLeavesIsReplacedAtOnce() {
        first.leave();

        assertThat(simulation.untilAllAct(MINUTE)).isLessThan(Duration.ofMillis(200));
        assertThat(second.status().others()).isZero();
    }

    @Test
    void oneThatStoodStillBeginsAnewAndGetsItsShareBack() {
        first.standStill(MINUTE);
        simulation.run(MINUTE.minusSeconds(1));
        assertThat(simulation.actors())
                .hasSameSizeAs(ENDPOINTS)
                .containsValue("second")
                .doesNotContainValue("first");

        simulation.run(MINUTE);

        assertThat(simulation.actors()).hasSameSizeAs(ENDPOINTS).containsValues("first", "second");
        assertThat(first.status().id()).isEqualTo("first-2");
    }

    @Test
    void nobodyActsWhileTheServerIsAwayAndTheSameOnesDoAfterwards() {
        var before = simulation.actors();
        simulation.requests().clear();
        simulation.be(Duration.ofMillis(20), 0, true);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.actors()).isEmpty();
        // no storm: each tries to renew about every 4 to 9 s
        assertThat(simulation.requests()).containsOnlyKeys("Renew");
        assertThat(simulation.requests().get("Renew")).isBetween(120, 400);

        simulation.be(Duration.ofMillis(20), 0, false);
        simulation.run(Duration.ofSeconds(10));

        assertThat(simulation.actors()).isEqualTo(before);
        assertThat(first.status().id()).isEqualTo("first-1");
    }

    @Test
    void aThirdOneGetsItsShareWhenItHasBeenThereForALease() {
        Node third = simulation.start("third", 8);
        simulation.run(Duration.ofSeconds(14));
        assertThat(third.status().acting()).isZero();

        simulation.run(Duration.ofSeconds(10));

        assertThat(third.status().acting()).isPositive();
        assertThat(simulation.actors()).hasSameSizeAs(ENDPOINTS);
    }

    @Test
    void whoDividesOtherwiseWaitsUntilItIsAlone() {
        Node other = simulation.start("other", 16);
        simulation.run(MINUTE.multipliedBy(5));
        assertThat(other.status().standsBy()).isTrue();
        assertThat(other.status().sentence()).contains("prescale.kubernetes.buckets");
        assertThat(simulation.actors()).containsValues("first", "second").doesNotContainValue("other");

        first.leave();
        second.crash();
        simulation.run(MINUTE);

        assertThat(other.status().acting()).isEqualTo(16);
    }

    @Test
    void oneWhoseWatchHangsNoticesByItsOwnRenewals() {
        first.hearLate(Duration.ofHours(1));
        simulation.run(Duration.ofSeconds(13));
        second.crash();

        assertThat(simulation.untilAllAct(MINUTE)).isLessThan(LEASE.plusMillis(200));
        assertThat(first.status().id()).isEqualTo("first-1");
    }

    @Test
    void aLeaseMustOutlastItsSafety() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ElectionSettings.of(8, Duration.ofSeconds(7), Duration.ofMillis(5_500)))
                .withMessageContaining("safety");
        assertThat(ElectionSettings.of(8, Duration.ofMillis(9_001), Duration.ofSeconds(5))
                        .leaseSeconds())
                .isEqualTo(10);
    }
}
