package dev.prescale.control;

import static dev.prescale.testing.PolicyFixture.aPolicy;
import static dev.prescale.testing.Specs.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.LeadTimeForecaster.TooShort;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.InMemoryRateHistory;
import dev.prescale.testing.MemoryStartLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers that are slow with some endpoints, by hand: what they hold is done when the test says so. */
class FleetWorkersTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Forecaster NO_FORECAST = (series, calendar, horizonSteps) -> {
        throw new IllegalStateException("no forecast in this test");
    };

    private final InMemoryRateHistory history = new InMemoryRateHistory();
    private final InMemoryDecisionLog journal = new InMemoryDecisionLog();
    private final MemoryStartLog starts = new MemoryStartLog();
    private final Map<EndpointId, Integer> replicas = new TreeMap<>();
    private final List<EndpointId> late = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final SlowWorkers deciders = new SlowWorkers();
    private final SlowWorkers actors = new SlowWorkers();
    private final EndpointSpec shop = anEndpoint("shop");
    private final EndpointSpec chat = anEndpoint("chat");
    private List<ReplicaStart> seenStarts = List.of();
    private Fleet fleet = newFleet(journal);

    @BeforeEach
    void twoEndpoints() {
        fleet.replaceSpecs(List.of(shop, chat), START);
        for (EndpointSpec spec : List.of(shop, chat)) {
            replicas.put(spec.id(), 3);
            for (int minute = 0; minute < 60; minute++) {
                history.write(
                        "http_requests",
                        Map.of("service", spec.id().name()),
                        "count",
                        START.plusSeconds(60L * minute),
                        60 * 50);
            }
        }
    }

    @Test
    void whoIsLateIsLeftOutUntilItIsDoneAndTheOthersDoNotWait() {
        deciders.slow.add(chat.id());
        run(600);
        assertThat(replicas).containsEntry(shop.id(), 5).containsEntry(chat.id(), 3);
        assertThat(late).containsExactly(chat.id());

        deciders.slow.clear();
        run(615); // it is still busy with what it began
        assertThat(fleet.snapshot(chat.id())).isEmpty();
        assertThat(late).containsExactly(chat.id());

        deciders.finish(chat.id());
        DecisionRecord tooLate =
                Objects.requireNonNull(fleet.snapshot(chat.id()).orElseThrow().latest());
        assertThat(tooLate.at()).isEqualTo(START.plusSeconds(600));
        assertThat(tooLate.notActedReason())
                .isEqualTo("it was decided too late in the cycle: the next one decides anew");
        assertThat(replicas).containsEntry(chat.id(), 3);
        run(630);
        assertThat(replicas).containsEntry(chat.id(), 5);
        assertThat(late).isEmpty();
    }

    @Test
    void aSlowScaleCallKeepsItsOwnEndpointOnly() {
        actors.slow.add(chat.id());
        run(600);
        run(615);
        assertThat(replicas).containsEntry(shop.id(), 5).containsEntry(chat.id(), 3);
        assertThat(journal.latest(chat.id())).isEmpty();

        actors.slow.clear();
        actors.finish(chat.id());
        run(630);
        assertThat(replicas).containsEntry(chat.id(), 5);
        assertThat(journal.page(chat.id(), START, START.plusSeconds(700), 10))
                .extracting(DecisionRecord::acted)
                .containsExactly(false, true);
    }

    @Test
    void aScaleCallThatNobodyHadTimeForIsJournalledAsNotMadeAndMadeLater() {
        actors.dropped.add(chat.id());
        run(600);
        DecisionRecord record = journal.latest(chat.id()).orElseThrow();
        assertThat(record.acted()).isFalse();
        assertThat(record.notActedReason()).isEqualTo("too many scale calls are waiting: it is made in a later cycle");
        assertThat(record.decision().replicas()).isEqualTo(5);

        actors.dropped.clear();
        run(615);
        assertThat(replicas).containsEntry(chat.id(), 5);
    }

    @Test
    void whatAnOldSpecificationStillComesToIsNeitherShownNorCarriedOut() {
        deciders.slow.add(chat.id());
        run(600);
        EndpointSpec changed = anEndpoint("chat", aPolicy().replicas(4, 4).build());
        fleet.replaceSpecs(List.of(shop, changed), START.plusSeconds(601));
        deciders.slow.clear();
        deciders.finish(chat.id());
        assertThat(fleet.snapshot(chat.id())).isEmpty();

        run(615);
        assertThat(replicas).containsEntry(chat.id(), 4);
    }

    @Test
    void aJournalThatFailsIsToldAndStopsNoScaling() {
        DecisionLog broken = new DecisionLog() {
            @Override
            public Optional<DecisionRecord> latest(EndpointId endpoint) {
                return Optional.empty();
            }

            @Override
            public void append(List<DecisionRecord> decisions) {
                throw new IllegalStateException("disk full");
            }

            @Override
            public List<DecisionRecord> page(EndpointId endpoint, DecisionSelection selection, int limit) {
                throw new IllegalStateException("damaged");
            }
        };
        fleet = newFleet(broken);
        fleet.replaceSpecs(List.of(shop), START);
        run(600);

        assertThat(faults).containsExactly("damaged", "disk full");
        assertThat(replicas).containsEntry(shop.id(), 5);
    }

    @Test
    void leadTimesAreMeasuredShownAndKeptOverARestart() {
        List<ReplicaStart> of = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            Instant created = START.plusSeconds(10L * k);
            of.add(new ReplicaStart("pod-" + k, "v1", created, null, null, created.plusSeconds(300)));
        }
        seenStarts = of;
        run(600);
        assertThat(shown().source()).isEqualTo(LeadTime.Source.MEASURED);
        assertThat(shown().duration()).isEqualTo(Duration.ofMinutes(5));

        seenStarts = List.of();
        fleet = newFleet(journal);
        fleet.replaceSpecs(List.of(shop), START.plusSeconds(610));
        run(615);
        assertThat(shown().duration()).isEqualTo(Duration.ofMinutes(5));
    }

    private LeadTime shown() {
        return fleet.snapshot(shop.id()).orElseThrow().leadTime();
    }

    private void run(int second) {
        late.clear();
        fleet.runCycle(START.plusSeconds(second));
    }

    private Fleet newFleet(DecisionLog log) {
        WorkloadScale workloads = new WorkloadScale() {
            @Override
            public State state(EndpointId endpoint, Instant now) {
                int current = Objects.requireNonNull(replicas.get(endpoint));
                return new Replicas(current, current, false, List.of(), "v1", seenStarts);
            }

            @Override
            public Outcome scaleTo(EndpointId endpoint, int wanted, Instant now) {
                replicas.put(endpoint, wanted);
                return new Scaled();
            }
        };
        FleetListener listener = new FleetListener() {
            @Override
            public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {}

            @Override
            public void endpointsLate(List<EndpointId> endpoints) {
                late.addAll(endpoints);
            }

            @Override
            public void journalFailed(RuntimeException fault) {
                faults.add(fault.getMessage());
            }
        };
        return new Fleet(
                new Fleet.Ports(history, workloads, log, listener, ModelStore.NONE, starts),
                new Fleet.Brain(
                        NO_FORECAST,
                        (series, calendar, window, levels) -> new TooShort("a test"),
                        new CombinedDecisionRule()),
                new FleetPace(Duration.ofSeconds(15), deciders, actors, 1_000, 1_000));
    }

    private static final class SlowWorkers implements Workers {
        private final Set<EndpointId> slow = new HashSet<>();
        private final Set<EndpointId> dropped = new HashSet<>();
        private final Map<EndpointId, Runnable> held = new HashMap<>();

        @Override
        public Undone run(Map<EndpointId, Runnable> work) {
            Set<EndpointId> begun = new HashSet<>();
            Set<EndpointId> never = new HashSet<>();
            work.forEach((endpoint, task) -> {
                if (slow.contains(endpoint)) {
                    held.put(endpoint, task);
                    begun.add(endpoint);
                } else if (dropped.contains(endpoint)) {
                    never.add(endpoint);
                } else {
                    task.run();
                }
            });
            return new Undone(begun, never);
        }

        @Override
        public boolean isBusy(EndpointId endpoint) {
            return held.containsKey(endpoint);
        }

        void finish(EndpointId endpoint) {
            Objects.requireNonNull(held.remove(endpoint)).run();
        }
    }
}
