package dev.prescale.control;

import static dev.prescale.testing.Specs.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.HorizonBucket;
import dev.prescale.accuracy.HorizonScore;
import dev.prescale.forecast.FollowedSeries;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.forecast.LeadTimeForecaster.TooShort;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.InMemoryRateHistory;
import dev.prescale.testing.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Target tracking at 10 req/s per replica, from a history in memory; the forecaster has nothing to say unless a test lets it. */
class FleetTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Forecaster NO_FORECAST = (series, calendar, horizonSteps) -> {
        throw new IllegalStateException("no forecast in this test");
    };
    private static final LeadTimeForecaster NO_DEMAND = (history, calendar, window, levels) -> new TooShort("a test");

    private final InMemoryRateHistory history = new InMemoryRateHistory();
    private final InMemoryDecisionLog journal = new InMemoryDecisionLog();
    private final Workloads workloads = new Workloads();
    private final List<String> faults = new ArrayList<>();
    private final EndpointSpec shop = anEndpoint("shop");
    private final EndpointSpec chat = anEndpoint("chat");

    private Fleet fleet;

    @BeforeEach
    void start() {
        fleet = newFleet();
        workloads.replicas.put(shop.id(), 3);
        workloads.replicas.put(chat.id(), 3);
        minutes(0, 10, shop, 30);
        minutes(0, 10, chat, 30);
    }

    @Test
    void everyEndpointIsScaledByItsOwnTraffic() {
        minutes(10, 11, shop, 50);
        run(11 * 60);

        assertThat(workloads.replicas).containsEntry(shop.id(), 5).containsEntry(chat.id(), 3);
        assertThat(fleet.snapshots())
                .extracting(snapshot -> snapshot.spec().id())
                .containsExactly(chat.id(), shop.id());
        assertThat(journal.latest(shop.id())).hasValueSatisfying(record -> {
            assertThat(record.acted()).isTrue();
            assertThat(record.requestRate()).isEqualTo(50);
            assertThat(record.decision().has(ReasonCode.TARGET_TRACKING)).isTrue();
        });
    }

    @Test
    void thirtyMinutesOfOutageTakeNothingAwayAndEndByThemselves() {
        run(600);
        history.failWith("connection refused");
        for (int second = 615; second <= 2_400; second += 15) {
            run(second);
        }
        assertThat(workloads.replicas).containsEntry(shop.id(), 3);
        assertThat(latest(shop).has(ReasonCode.HISTORY_FAILED)).isTrue();
        assertThat(fleet.snapshot(shop.id()).orElseThrow().warnings())
                .contains("The history could not be read: connection refused");

        history.recover();
        minutes(10, 41, shop, 60);
        run(41 * 60);

        assertThat(workloads.replicas).containsEntry(shop.id(), 6);
        assertThat(fleet.snapshot(shop.id()).orElseThrow().history().size()).isEqualTo(41);
    }

    @Test
    void afterARestartNothingIsTakenAwayBeforeTheHistoryWasRead() {
        workloads.replicas.put(shop.id(), 9);
        history.failWith("connection refused");
        run(600);
        assertThat(workloads.replicas).containsEntry(shop.id(), 9);

        history.recover();
        minutes(10, 16, shop, 30);
        run(615);
        assertThat(workloads.replicas).containsEntry(shop.id(), 9); // the 9 that was held is inside the window
        run(960);
        assertThat(workloads.replicas).containsEntry(shop.id(), 3);
    }

    @Test
    void theStabilizationWindowSurvivesARestart() {
        minutes(10, 11, shop, 70);
        run(11 * 60);
        assertThat(workloads.replicas).containsEntry(shop.id(), 7);
        minutes(11, 13, shop, 30);

        fleet = newFleet();
        run(13 * 60);
        assertThat(workloads.replicas).containsEntry(shop.id(), 7);
        assertThat(latest(shop).has(ReasonCode.SCALE_DOWN_STABILIZED)).isTrue();

        // nobody knows until when the 7 were recommended: the window is held once more
        minutes(13, 22, shop, 30);
        run(17 * 60 + 45);
        assertThat(workloads.replicas).containsEntry(shop.id(), 7);
        run(18 * 60 + 15);
        assertThat(workloads.replicas).containsEntry(shop.id(), 3);
    }

    @Test
    void aFaultOfOneEndpointIsReportedAndSpoilsNoOther() {
        workloads.broken = chat.id();
        minutes(10, 11, shop, 50);
        run(11 * 60);

        assertThat(faults).containsExactly("test/chat: broken workload");
        assertThat(workloads.replicas).containsEntry(shop.id(), 5);
    }

    @Test
    void aWorkloadThatCannotBeSeenIsShownAndNotDecidedFor() {
        workloads.replicas.remove(chat.id());
        run(600);

        assertThat(fleet.snapshot(chat.id()).orElseThrow().warnings())
                .containsExactly("The workload cannot be seen, nothing is decided: not there");
        assertThat(journal.latest(chat.id())).isEmpty();
    }

    @Test
    void aScaleCallThatFailsIsSaidSo() {
        workloads.refusal = "conflict";
        minutes(10, 11, shop, 50);
        run(11 * 60);

        assertThat(journal.latest(shop.id())).hasValueSatisfying(record -> {
            assertThat(record.acted()).isFalse();
            assertThat(record.notActedReason()).isEqualTo("conflict");
        });
    }

    @Test
    void aForecastThatThrowsLeavesTargetTrackingInCharge() {
        fleet = new Fleet(
                ports(),
                new Fleet.Brain(
                        NO_FORECAST,
                        (series, calendar, window, levels) -> {
                            throw new IllegalStateException("singular");
                        },
                        new CombinedDecisionRule()),
                Duration.ofSeconds(15));
        fleet.replaceSpecs(List.of(shop), START);
        minutes(10, 11, shop, 50);
        run(11 * 60);

        assertThat(faults).isEmpty();
        assertThat(workloads.replicas).containsEntry(shop.id(), 5);
        assertThat(latest(shop).trail().getFirst().message()).contains("singular");
    }

    @Test
    void anIssuedForecastIsJudgedOnceItsHourIsOver() {
        Forecaster flat = (series, calendar, horizonSteps) -> new FlatForecast(series, horizonSteps, 40);
        fleet = new Fleet(
                ports(), new Fleet.Brain(flat, NO_DEMAND, new CombinedDecisionRule()), Duration.ofSeconds(15));
        fleet.replaceSpecs(List.of(shop), START);
        minutes(10, 240, shop, 30);
        for (int minute = 60; minute < 240; minute += 10) {
            run(60 * minute);
        }

        HorizonScore nextHour =
                fleet.snapshot(shop.id()).orElseThrow().accuracy().horizons().getFirst();
        assertThat(nextHour.bucket()).isEqualTo(HorizonBucket.WITHIN_1H);
        assertThat(nextHour.outcomes()).isPositive();
        assertThat(nextHour.meanAbsoluteError()).isEqualTo(10); // 40 was said, 30 came
        assertThat(nextHour.gate()).isNull();
    }

    @Test
    void theJournalHasWhatChangedAndAHeartbeat() {
        minutes(10, 200, shop, 30);
        minutes(10, 200, chat, 30);
        for (int second = 600; second < 12_000; second += 15) {
            run(second);
        }
        List<Instant> at = journal.page(shop.id(), START.plusSeconds(3_600), START.plusSeconds(12_000), 100).stream()
                .map(DecisionRecord::at)
                .toList();
        assertThat(at).hasSizeBetween(2, 6); // a short history ends its forecasts now and then
        assertThat(Duration.between(at.get(1), at.get(0))).isLessThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void anUnchangedSpecificationKeepsWhatWasLearntAndARemovedOneIsForgotten() {
        run(600);
        EndpointSnapshot before = fleet.snapshot(shop.id()).orElseThrow();

        fleet.replaceSpecs(List.of(shop), START.plusSeconds(601));

        assertThat(fleet.snapshot(shop.id())).containsSame(before);
        assertThat(fleet.snapshot(chat.id())).isEmpty();
        assertThat(fleet.spec(shop.id())).isPresent();
        assertThat(fleet.spec(chat.id())).isEmpty();
    }

    private Fleet newFleet() {
        Fleet made = new Fleet(
                ports(), new Fleet.Brain(NO_FORECAST, NO_DEMAND, new CombinedDecisionRule()), Duration.ofSeconds(15));
        made.replaceSpecs(List.of(shop, chat), START.plusSeconds(13 * 60));
        return made;
    }

    private Fleet.Ports ports() {
        return new Fleet.Ports(history, workloads, journal, new FleetListener() {
            @Override
            public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
                assertThat(snapshots).isNotNull();
            }

            @Override
            public void endpointFailed(EndpointId endpoint, RuntimeException fault) {
                faults.add(endpoint + ": " + fault.getMessage());
            }
        });
    }

    private void run(int second) {
        fleet.runCycle(START.plusSeconds(second));
    }

    private dev.prescale.scaling.ScalingDecision latest(EndpointSpec spec) {
        return fleet.snapshot(spec.id()).orElseThrow().latest().decision();
    }

    /** Minutes {@code [from, to)} at this many req/s. */
    private void minutes(int from, int to, EndpointSpec spec, double rate) {
        for (int minute = from; minute < to; minute++) {
            history.write(
                    "http_requests",
                    Map.of("service", spec.id().name()),
                    "count",
                    START.plusSeconds(60L * minute),
                    60 * rate);
        }
    }

    /** A series of which the same is always expected. */
    private static final class FlatForecast implements FollowedSeries {
        private final RateSeries series;
        private final int horizonSteps;
        private final double rate;
        private int size;

        FlatForecast(RateSeries series, int horizonSteps, double rate) {
            this.series = series;
            this.horizonSteps = horizonSteps;
            this.rate = rate;
            this.size = series.size();
        }

        @Override
        public void append(double seen) {
            size++;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Instant end() {
            return series.start().plusSeconds((long) size * series.step().seconds());
        }

        @Override
        public Forecast forecast(QuantileLevels levels) {
            double[][] rates = new double[horizonSteps][levels.size()];
            for (double[] row : rates) {
                Arrays.fill(row, rate);
            }
            return new Forecast(
                    end(),
                    series.step(),
                    levels,
                    rates,
                    new ScenarioPaths(new double[1][horizonSteps]),
                    Snapshots.aForecast(START, 1).provenance());
        }
    }

    /** Replicas that are ready as soon as they are asked for. */
    private static final class Workloads implements WorkloadScale {
        private final Map<EndpointId, Integer> replicas = new HashMap<>();
        private String refusal = "";
        private EndpointId broken = new EndpointId("test", "none");

        @Override
        public State state(EndpointId endpoint, Instant now) {
            if (endpoint.equals(broken)) {
                throw new IllegalStateException("broken workload");
            }
            Integer current = replicas.get(endpoint);
            return current == null ? new Unknown("not there") : new Replicas(current, current, false);
        }

        @Override
        public Outcome scaleTo(EndpointId endpoint, int wanted, Instant now) {
            if (!refusal.isEmpty()) {
                return new NotScaled(refusal);
            }
            replicas.put(endpoint, wanted);
            return new Scaled();
        }
    }
}
