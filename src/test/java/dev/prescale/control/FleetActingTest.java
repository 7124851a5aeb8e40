package dev.prescale.control;

import static dev.prescale.testing.Specs.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.RatePerReplica;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.forecast.LeadTimeForecaster.TooShort;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.InMemoryRateHistory;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a fleet hands to its workloads, and what it makes of their answers. A replica serves 10 req/s; 30 req/s come. */
class FleetActingTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Forecaster NO_FORECAST = (series, calendar, horizonSteps) -> {
        throw new IllegalStateException("no forecast in this test");
    };
    private static final LeadTimeForecaster NO_DEMAND = (history, calendar, window, levels) -> new TooShort("a test");

    private final InMemoryRateHistory history = new InMemoryRateHistory();
    private final InMemoryDecisionLog journal = new InMemoryDecisionLog();
    private final Recording workloads = new Recording();
    private final EndpointSpec shop = anEndpoint("shop");
    private final EndpointSpec floor = shop.withMode(Mode.HPA_FLOOR);

    private Fleet fleet;

    @BeforeEach
    void start() {
        fleet = new Fleet(
                new Fleet.Ports(history, workloads, journal, FleetListener.NONE),
                new Fleet.Brain(NO_FORECAST, NO_DEMAND, new CombinedDecisionRule()),
                Duration.ofSeconds(15));
        minutes(0, 10, 30);
    }

    @Test
    void whatChangesNothingIsNotCarriedOutWhereNobodyActs() {
        enforce(shop.withMode(Mode.OBSERVE), 600);
        run(600);

        assertThat(workloads.orders).isEmpty();
    }

    @Test
    void whoActsIsToldInEveryCycle() {
        for (EndpointSpec spec : List.of(shop, floor)) {
            workloads.orders.clear();
            enforce(spec, 600);
            run(600);
            run(615);

            assertThat(workloads.orders)
                    .containsExactly(new WorkloadScale.Order(3, 3, true), new WorkloadScale.Order(3, 3, true));
        }
    }

    @Test
    void whoeverElseScalesTheWorkloadIsNamed() {
        workloads.outcome = new WorkloadScale.Contested("the HPA shop/shop scales it");
        enforce(shop, 600);
        run(600);

        assertThat(journal.latest(shop.id())).hasValueSatisfying(record -> {
            assertThat(record.acted()).isFalse();
            assertThat(record.notActedReason()).isEqualTo("the HPA shop/shop scales it");
        });
    }

    @Test
    void anOrderSaysWhetherTheRateIsKnown() {
        enforce(floor, 600);
        run(600);
        history.failWith("connection refused");
        run(615);

        assertThat(workloads.orders.getLast()).isEqualTo(new WorkloadScale.Order(3, 3, false));
    }

    @Test
    void theReplicasItWasDecidedOnGoWithTheOrder() {
        enforce(shop, 600);
        minutes(10, 11, 50);
        run(660);

        assertThat(workloads.orders.getLast()).isEqualTo(new WorkloadScale.Order(3, 5, true));
        assertThat(journal.latest(shop.id()))
                .hasValueSatisfying(record -> assertThat(record.acted()).isTrue());
    }

    @Test
    void whatAnotherReplicaDoesCountsTowardsTheLimits() {
        workloads.outcome = new WorkloadScale.LeftToAnother();
        enforce(shop, 600);
        minutes(10, 11, 900);
        run(660);
        assertThat(latest().replicas()).isEqualTo(7); // 4 more is the most within 15 s
        assertThat(journal.latest(shop.id())).hasValueSatisfying(record -> {
            assertThat(record.acted()).isFalse();
            assertThat(record.notActedReason()).isEqualTo("another replica of Prescale acts for this endpoint");
        });

        workloads.current = 7; // the other one has done it
        run(670);

        assertThat(latest().replicas()).isEqualTo(7);
        assertThat(latest().has(ReasonCode.SCALE_UP_LIMITED)).isTrue();
    }

    @Test
    void whatAnotherReplicaHasNotDoneDoesNotCount() {
        workloads.outcome = new WorkloadScale.LeftToAnother();
        enforce(shop, 600);
        minutes(10, 11, 900);
        run(660);
        run(665); // nobody has acted: the other one is gone

        assertThat(latest().replicas()).isEqualTo(7);
    }

    @Test
    void aPauseAnotherModeAndAnotherTargetForgetNothing() {
        enforce(shop, 600);
        minutes(10, 11, 50);
        run(660);
        minutes(11, 13, 30);

        EndpointSpec other = anEndpoint("other");
        enforce(
                new EndpointSpec(
                        shop.id(),
                        Mode.HPA_FLOOR,
                        other.scaleTargetRef(),
                        shop.policy(),
                        shop.calendar(),
                        shop.traffic(),
                        shop.history(),
                        shop.metricSources(),
                        new Pausing(false, true)),
                780);
        workloads.current = 5;
        run(780);

        assertThat(latest().has(ReasonCode.AFTER_RESTART)).isFalse();
        assertThat(latest().replicas()).isEqualTo(5);
        assertThat(workloads.orders.getLast()).isEqualTo(new WorkloadScale.Order(5, 5, true));
        assertThat(fleet.snapshot(shop.id()).orElseThrow().spec().mode()).isEqualTo(Mode.HPA_FLOOR);
    }

    @Test
    void aSpecificationThatIsEditedInsideAStabilizationWindowKeepsTheWindow() {
        enforce(shop, 600);
        minutes(10, 11, 70);
        run(660);
        workloads.current = 7;
        minutes(11, 13, 30);

        EndpointSpec edited = anEndpoint("shop", Specs.aPolicy(new RatePerReplica(15, 1.0)));
        enforce(edited, 780);
        run(780);
        assertThat(latest().replicas()).isEqualTo(7);
        assertThat(latest().has(ReasonCode.SCALE_DOWN_STABILIZED)).isTrue();

        minutes(13, 19, 30);
        run(1_140);
        assertThat(latest().replicas()).isEqualTo(2); // by the edited capacity
    }

    @Test
    void whoKnowsNothingOfThePastTakesNothingAwayForOneWindow() {
        workloads.current = 9; // started by somebody whose journal is not ours
        enforce(shop, 600);
        run(600);
        assertThat(latest().replicas()).isEqualTo(9);
        assertThat(latest().has(ReasonCode.SCALE_DOWN_STABILIZED)).isTrue();

        minutes(10, 16, 30);
        run(960);
        assertThat(latest().replicas()).isEqualTo(3);
    }

    private void enforce(EndpointSpec spec, int second) {
        fleet.replaceSpecs(List.of(spec), START.plusSeconds(second));
    }

    private void run(int second) {
        fleet.runCycle(START.plusSeconds(second));
    }

    private ScalingDecision latest() {
        return fleet.snapshot(shop.id()).orElseThrow().latest().decision();
    }

    private void minutes(int from, int to, double rate) {
        for (int minute = from; minute < to; minute++) {
            Instant at = START.plusSeconds(60L * minute);
            history.write("http_requests", Map.of("service", "shop"), "count", at, 60 * rate);
        }
    }

    /** One workload that remembers what was asked of it. */
    private static final class Recording implements WorkloadScale {
        private final List<Order> orders = new ArrayList<>();
        private Outcome outcome = new Scaled();
        private int current = 3;

        @Override
        public State state(EndpointId endpoint, Instant now) {
            return new Replicas(current, current, false);
        }

        @Override
        public Outcome carryOut(EndpointId endpoint, Order order, Instant now) {
            orders.add(order);
            return outcome;
        }

        @Override
        public Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
            throw new AssertionError("carryOut is asked");
        }
    }
}
