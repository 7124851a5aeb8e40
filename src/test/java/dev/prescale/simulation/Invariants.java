package dev.prescale.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** What must hold whatever happens. */
final class Invariants {
    private Invariants() {}

    /** @param startTime least time from order to ready */
    static List<Invariant> all(Duration startTime) {
        return List.of(
                new WithinBounds(),
                new NoScaleInWithoutData(),
                new TrailExplainsTheNumber(),
                new NothingReadyBeforeItsTime(startTime),
                new PastOnly(),
                new FiniteForecast());
    }

    /** min &lt;= desired &lt;= max. */
    record WithinBounds() implements Invariant {
        @Override
        public void verify(EndpointSnapshot snapshot) {
            ReplicaBounds bounds = snapshot.spec().policy().bounds();
            assertThat(decisionOf(snapshot).replicas()).isBetween(bounds.minReplicas(), bounds.maxReplicas());
        }
    }

    /** When ignorant, hold; never shrink. */
    record NoScaleInWithoutData() implements Invariant {
        @Override
        public void verify(EndpointSnapshot snapshot) {
            if (!(snapshot.requestRate() instanceof RateReading.Known)) {
                ScalingDecision decision = decisionOf(snapshot);
                assertThat(decision.replicas()).isGreaterThanOrEqualTo(decision.currentReplicas());
            }
        }
    }

    /** A change has a reason, and the trail ends at the number that was decided. */
    record TrailExplainsTheNumber() implements Invariant {
        @Override
        public void verify(EndpointSnapshot snapshot) {
            ScalingDecision decision = decisionOf(snapshot);
            int explained = decision.currentReplicas();
            for (Reason reason : decision.trail()) {
                explained = reason.to();
            }
            assertThat(explained).isEqualTo(decision.replicas());
        }
    }

    /** Ready replicas are no more than were asked for, now and one start time ago or earlier. */
    static final class NothingReadyBeforeItsTime implements Invariant {
        private final Duration startTime;
        private final Deque<Asked> recent = new ArrayDeque<>();
        private int mostInTime = Integer.MAX_VALUE;

        NothingReadyBeforeItsTime(Duration startTime) {
            this.startTime = startTime;
        }

        @Override
        public void verify(EndpointSnapshot snapshot) {
            if (!(snapshot.workload() instanceof WorkloadScale.Replicas workload)) {
                return;
            }
            if (mostInTime == Integer.MAX_VALUE) {
                mostInTime = workload.readyReplicas();
            }
            recent.addLast(new Asked(snapshot.at(), decisionOf(snapshot).replicas()));
            while (!recent.getFirst().at().plus(startTime).isAfter(snapshot.at())) {
                mostInTime = Math.max(mostInTime, recent.removeFirst().replicas());
            }
            assertThat(workload.readyReplicas()).isLessThanOrEqualTo(workload.currentReplicas());
            assertThat(workload.readyReplicas()).isLessThanOrEqualTo(mostInTime);
        }

        private record Asked(Instant at, int replicas) {}
    }

    /** No sample is known before its step has ended. */
    record PastOnly() implements Invariant {
        @Override
        public void verify(EndpointSnapshot snapshot) {
            assertThat(snapshot.history().end()).isBeforeOrEqualTo(snapshot.at());
        }
    }

    /** Lead-time demand is finite, not negative, and does not cross. */
    record FiniteForecast() implements Invariant {
        @Override
        public void verify(EndpointSnapshot snapshot) {
            var demand = snapshot.leadTimeDemand();
            if (demand != null) {
                assertThat(demand.rates())
                        .isSorted()
                        .allSatisfy(rate -> assertThat(rate).isFinite().isNotNegative());
            }
        }
    }

    static ScalingDecision decisionOf(EndpointSnapshot snapshot) {
        DecisionRecord latest = Objects.requireNonNull(snapshot.latest(), "a cycle always decides");
        return latest.decision();
    }
}
