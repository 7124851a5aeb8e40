package dev.prescale.adapter.metrics;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Meters of the running fleet, with their names as Prometheus shows them. Labels are bounded: {@code reason} and
 * {@code kind} by fixed lists, {@code namespace} and {@code endpoint} by {@link #MOST_LABELLED_ENDPOINTS}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code prescale_cycle_seconds}</td><td>wall-clock time of one cycle of all endpoints</td></tr>
 * <tr><td>{@code prescale_endpoints}</td><td>endpoints that have been through a cycle</td></tr>
 * <tr><td>{@code prescale_endpoints_without_meters}</td><td>those beyond the bound on labels</td></tr>
 * <tr><td>{@code prescale_endpoint_faults_total}</td><td>cycles of an endpoint that ended in a fault of ours</td></tr>
 * <tr><td>{@code prescale_cycle_overruns_total}</td><td>cycles that took longer than the interval between them</td></tr>
 * <tr><td>{@code prescale_endpoints_late_total}</td><td>endpoints whose work was not done within a cycle</td></tr>
 * <tr><td>{@code prescale_journal_faults_total}</td><td>writes or reads of the journal that failed</td></tr>
 * <tr><td>{@code prescale_decisions_total{reason}}</td><td>decisions whose trail has this reason</td></tr>
 * <tr><td>{@code prescale_history_read_seconds}</td><td>one batched read, see {@link MeteredRateHistory}</td></tr>
 * <tr><td>{@code prescale_history_read_failures_total}</td><td>queries of it that failed</td></tr>
 * <tr><td>{@code prescale_specification_faults}</td><td>see {@link SpecificationMeters}</td></tr>
 * <tr><td>per endpoint</td><td>see {@link EndpointMeters}</td></tr>
 * </table>
 */
@ApplicationScoped
public class FleetMeters implements FleetListener {
    /** Thirteen series each; beyond that a scrape becomes slow and storage dear. */
    static final int MOST_LABELLED_ENDPOINTS = 1_000;

    private final MeterRegistry registry;
    private final Timer cycleTimer;
    private final Counter endpointFaults;
    private final Counter overruns;
    private final Counter late;
    private final Counter journalFaults;
    private final Map<ReasonCode, Counter> decisionsByReason = new EnumMap<>(ReasonCode.class);
    private final Map<EndpointId, EndpointMeters> labelled = new TreeMap<>();
    private final AtomicInteger endpoints = new AtomicInteger();
    private final AtomicInteger withoutMeters = new AtomicInteger();

    FleetMeters(MeterRegistry registry) {
        this.registry = registry;
        this.cycleTimer = Timer.builder("prescale.cycle")
                .description("Wall-clock time of one control cycle of all endpoints")
                .register(registry);
        this.endpointFaults = Counter.builder("prescale.endpoint.faults")
                .description("Cycles of an endpoint that ended in a fault of Prescale")
                .register(registry);
        this.overruns = Counter.builder("prescale.cycle.overruns")
                .description("Cycles that took longer than the interval between them")
                .register(registry);
        this.late = Counter.builder("prescale.endpoints.late")
                .description("Endpoints whose work was not done within a cycle")
                .register(registry);
        this.journalFaults = Counter.builder("prescale.journal.faults")
                .description("Writes or reads of the journal that failed")
                .register(registry);
        for (ReasonCode code : ReasonCode.values()) {
            decisionsByReason.put(
                    code,
                    Counter.builder("prescale.decisions")
                            .description("Decisions whose trail has this reason")
                            .tag("reason", code.wireName())
                            .register(registry));
        }
        registry.gauge("prescale.endpoints", endpoints);
        registry.gauge("prescale.endpoints.without.meters", withoutMeters);
    }

    /** Runs a cycle and records how long it took. */
    public void timeCycle(Runnable cycle) {
        cycleTimer.record(cycle);
    }

    @Override
    public synchronized void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        Set<EndpointId> present = new HashSet<>();
        snapshots.forEach(snapshot -> present.add(snapshot.spec().id()));
        labelled.entrySet().removeIf(entry -> {
            boolean gone = !present.contains(entry.getKey());
            if (gone) {
                entry.getValue().removeFrom(registry);
            }
            return gone;
        });
        for (EndpointSnapshot snapshot : snapshots) {
            show(snapshot);
            countReasons(snapshot, now);
        }
        endpoints.set(snapshots.size());
        withoutMeters.set(snapshots.size() - labelled.size());
    }

    private void show(EndpointSnapshot snapshot) {
        EndpointMeters meters = labelled.get(snapshot.spec().id());
        if (meters != null) {
            meters.show(snapshot);
        } else if (labelled.size() < MOST_LABELLED_ENDPOINTS) {
            labelled.put(snapshot.spec().id(), new EndpointMeters(snapshot, registry));
        }
    }

    /** An endpoint that failed this cycle still shows the decision of an earlier one, which has been counted. */
    private void countReasons(EndpointSnapshot snapshot, Instant now) {
        DecisionRecord latest = snapshot.latest();
        if (latest == null || !latest.at().equals(now)) {
            return;
        }
        latest.decision().trail().stream()
                .map(Reason::code)
                .distinct()
                .map(decisionsByReason::get)
                .forEach(Counter::increment);
    }

    /** Counts a cycle that took longer than the interval between cycles. */
    public void countOverrun() {
        overruns.increment();
    }

    @Override
    public void endpointsLate(List<EndpointId> endpoints) {
        late.increment(endpoints.size());
    }

    @Override
    public void journalFailed(RuntimeException fault) {
        journalFaults.increment();
    }

    @Override
    public void endpointFailed(EndpointId endpoint, RuntimeException fault) {
        endpointFaults.increment();
    }
}
