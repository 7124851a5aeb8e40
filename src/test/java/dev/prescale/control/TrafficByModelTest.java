package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.learning.TribuoCostLearner;
import dev.prescale.capacity.LoadModel;
import dev.prescale.capacity.RequestCosts;
import dev.prescale.capacity.WorkCapacity;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.SampleKind;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.InMemoryModelStore;
import dev.prescale.testing.InMemoryRateHistory;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** One endpoint with a small and a large model, through the production fleet. */
class TrafficByModelTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final TrafficSource TRAFFIC = source("");
    private static final RequestCosts COSTS = new RequestCosts(Map.of("small", 0.1, "large", 1.0));

    private final InMemoryRateHistory history = new InMemoryRateHistory();
    private final InMemoryModelStore models = new InMemoryModelStore();
    private int replicas = 3;
    private int ordered = -1;

    @Test
    void theWorkOfAllModelsIsAddedUp() {
        Fleet fleet = fleet(given());
        minutes(0, 20, 20, 3); // 20 * 0.1 + 3 * 1.0 = 5 busy replicas
        run(fleet, 20);

        EndpointSnapshot shown = snapshot(fleet);
        assertThat(shown.requestRate()).isEqualTo(new RateReading.Known(5));
        assertThat(shown.history().rateAt(7)).isCloseTo(5, Assertions.within(1e-9));
        assertThat(decision(fleet).recommended()).isEqualTo(10); // at 50 %
        assertThat(decision(fleet).trail().get(1).message())
                .isEqualTo("requests for 5.0 busy replicas need 10 replicas at 50 % each");
    }

    @Test
    void eachModelIsForecastOnItsOwnAndTheDemandsAreAddedUp() {
        Fleet fleet = fleet(given());
        minutes(0, 4 * 1_440, 20, 3);
        run(fleet, 4 * 1_440);

        EndpointSnapshot shown = snapshot(fleet);
        assertThat(Objects.requireNonNull(shown.leadTimeDemand()).at(0.95)).isCloseTo(5, Percentage.withPercentage(3));
        assertThat(Objects.requireNonNull(shown.forecast())
                        .rate(0, shown.forecast().levels().indexOf(0.5)))
                .isCloseTo(5, Percentage.withPercentage(3));
    }

    @Test
    void aModelWithoutRequestsCostsNothingAndHidesNoOther() {
        Fleet fleet = fleet(given());
        minutes(0, 20, 20, 0);
        run(fleet, 20);

        assertThat(snapshot(fleet).requestRate()).isEqualTo(new RateReading.Known(2));
    }

    @Test
    void withoutAnySampleNothingIsTakenAway() {
        Fleet fleet = fleet(given());
        run(fleet, 20);

        assertThat(ordered).isEqualTo(-1);
        assertThat(decision(fleet).has(ReasonCode.NO_DATA)).isTrue();
    }

    @Test
    void learnedCostsSizeOnceTheyAreKnownAndAreKeptOverARestart() {
        EndpointSpec spec = learned();
        Fleet fleet = fleet(spec);
        int minute = 20;
        minutes(0, minute, 20, 3);
        run(fleet, minute);
        assertThat(decision(fleet).trail())
                .anySatisfy(reason -> assertThat(reason.message()).contains("samples of 5 min with requests"));
        assertThat(ordered).isEqualTo(-1);

        for (; minute < 200; minute++) {
            double small = 10 + 7 * (minute % 13);
            double large = 1 + minute % 7;
            minutes(minute, minute + 1, small, large);
            utilization(minute, (0.1 * small + large) / replicas);
            run(fleet, minute + 1);
        }
        EndpointSnapshot shown = snapshot(fleet);
        var costs = Objects.requireNonNull(shown.costs());
        assertThat(costs.learned().costs().busySeconds().get("small")).isCloseTo(0.1, Percentage.withPercentage(5));
        assertThat(costs.learned().costs().busySeconds().get("large")).isCloseTo(1.0, Percentage.withPercentage(5));
        assertThat(shown.requestRate()).isInstanceOf(RateReading.Known.class);

        fleet.saveStates(List.of(spec.id()));
        Fleet after = fleet(spec);
        run(after, 201);
        assertThat(Objects.requireNonNull(snapshot(after).costs())
                        .learned()
                        .costs()
                        .models())
                .containsExactly("large", "small");
    }

    private Fleet fleet(EndpointSpec spec) {
        WorkloadScale workloads = new WorkloadScale() {
            @Override
            public State state(EndpointId endpoint, Instant now) {
                return new Replicas(replicas, replicas, false);
            }

            @Override
            public Outcome scaleTo(EndpointId endpoint, int wanted, Instant now) {
                ordered = wanted;
                return new Scaled();
            }
        };
        Fleet fleet = new Fleet(
                new Fleet.Ports(
                        history, workloads, new InMemoryDecisionLog(), FleetListener.NONE, models, StartLog.NONE),
                new Fleet.Brain(
                        new CombinedForecaster(),
                        new DirectLeadTimeForecaster(),
                        new CombinedDecisionRule(),
                        new TribuoCostLearner()),
                Duration.ofSeconds(15));
        fleet.replaceSpecs(List.of(spec), START);
        return fleet;
    }

    private static EndpointSpec given() {
        return spec(new LoadSource(new LoadModel.ByModel(COSTS), byModel(), null));
    }

    private static EndpointSpec learned() {
        TrafficSource utilization = new TrafficSource(
                "traffic", "cpu", "utilization", Map.of("service", "chat"), SampleKind.RATE, Specs.MINUTE, null);
        return spec(new LoadSource(new LoadModel.Learned(List.of("large", "small")), byModel(), utilization));
    }

    private static Map<String, TrafficSource> byModel() {
        return new TreeMap<>(Map.of("small", source("small"), "large", source("large")));
    }

    private static EndpointSpec spec(LoadSource load) {
        EndpointSpec whole = Specs.anEndpoint("chat", Specs.aPolicy(new WorkCapacity(0.5)));
        return new EndpointSpec(
                whole.id(),
                whole.mode(),
                whole.scaleTargetRef(),
                whole.policy(),
                TrafficCalendar.UTC,
                TRAFFIC,
                load,
                Duration.ofDays(28),
                Map.of(),
                whole.pausing());
    }

    private static TrafficSource source(String model) {
        Map<String, String> tags =
                model.isEmpty() ? Map.of("service", "chat") : Map.of("service", "chat", "model", model);
        return new TrafficSource("traffic", "requests", "count", tags, SampleKind.COUNT, Specs.MINUTE, null);
    }

    /** No line is written for a model without requests. */
    private void minutes(int from, int to, double small, double large) {
        for (int minute = from; minute < to; minute++) {
            write("small", minute, small);
            write("large", minute, large);
        }
    }

    private void write(String model, int minute, double rate) {
        if (rate > 0) {
            history.write(
                    "requests",
                    Map.of("service", "chat", "model", model),
                    "count",
                    START.plusSeconds(60L * minute + 30),
                    60 * rate);
        }
    }

    private void utilization(int minute, double value) {
        history.write("cpu", Map.of("service", "chat"), "utilization", START.plusSeconds(60L * minute + 30), value);
    }

    private static void run(Fleet fleet, int minute) {
        fleet.runCycle(START.plusSeconds(60L * minute + 5));
    }

    private static EndpointSnapshot snapshot(Fleet fleet) {
        return fleet.snapshots().getFirst();
    }

    private static ScalingDecision decision(Fleet fleet) {
        return Objects.requireNonNull(snapshot(fleet).latest()).decision();
    }
}
