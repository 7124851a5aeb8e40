package dev.prescale.control;

import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.RateSeries;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All endpoints, run together: one batched history read per cycle, then each endpoint's {@link ScalingCycle}, then the
 * scale calls and the journal. Runs at its own pace: nothing reacts to a single sample. Cycles and changes of the
 * specifications exclude each other; reading snapshots never waits.
 */
public final class Fleet implements FleetView {
    private final Ports ports;
    private final Brain brain;
    private final Duration cycleInterval;
    private final SortedMap<EndpointId, ScalingCycle> cycles = new TreeMap<>();
    private final Map<EndpointId, JournalEntry> journalled = new HashMap<>();
    private volatile SortedMap<EndpointId, EndpointSnapshot> snapshots = new TreeMap<>();
    private volatile List<EndpointId> known = List.of();

    /** What the fleet acts through. */
    public record Ports(
            RateHistory history,
            WorkloadScale workloads,
            DecisionLog journal,
            FleetListener listener,
            ModelStore models) {
        /** Without states that outlive the process. */
        public Ports(RateHistory history, WorkloadScale workloads, DecisionLog journal, FleetListener listener) {
            this(history, workloads, journal, listener, ModelStore.NONE);
        }
    }

    /** What the fleet thinks with. */
    public record Brain(Forecaster forecaster, LeadTimeForecaster leadTimeForecaster, DecisionRule rule) {}

    public Fleet(Ports ports, Brain brain, Duration cycleInterval) {
        this.ports = ports;
        this.brain = brain;
        this.cycleInterval = cycleInterval;
    }

    /**
     * Puts these specifications in force. An endpoint whose specification is unchanged keeps all it has learnt; a changed
     * or new one starts from the journal and its history.
     */
    public synchronized void replaceSpecs(List<EndpointSpec> specs, Instant now) {
        Map<EndpointId, EndpointSpec> wanted = new TreeMap<>();
        specs.forEach(spec -> wanted.put(spec.id(), spec));
        cycles.keySet().retainAll(wanted.keySet());
        journalled.keySet().retainAll(wanted.keySet());
        wanted.forEach((id, spec) -> {
            ScalingCycle present = cycles.get(id);
            if (present == null || !present.spec().equals(spec)) {
                Instant from = now.minus(ScalingMemory.LONGEST_LOOK_BACK);
                List<DecisionRecord> past = ports.journal().page(id, from, now.plusSeconds(1), MOST_RESTORED);
                ScalingCycle begun = new ScalingCycle(spec, brain, cycleInterval, past);
                begun.forecasts().restore(ports.models(), now);
                cycles.put(id, begun);
            }
        });
        known = List.copyOf(cycles.keySet());
        SortedMap<EndpointId, EndpointSnapshot> kept = new TreeMap<>(snapshots);
        kept.keySet().retainAll(wanted.keySet());
        snapshots = kept;
    }

    /** A decision that stays the same is journalled again after this time. */
    static final Duration JOURNALLED_AT_LEAST_EVERY = Duration.ofMinutes(5);

    /** One hour of cycles that each changed something. */
    private static final int MOST_RESTORED = 1_000;

    /** One cycle of every endpoint. A fault in one endpoint is reported to the listener; that endpoint holds. */
    public synchronized void runCycle(Instant now) {
        Readings readings = read(now);
        SortedMap<EndpointId, EndpointSnapshot> after = new TreeMap<>(snapshots);
        cycles.forEach((id, cycle) -> {
            try {
                after.put(id, runOne(id, cycle, readings, now));
            } catch (RuntimeException fault) {
                ports.listener().endpointFailed(id, fault);
            }
        });
        snapshots = after;
        ports.listener().cycleDone(now, List.copyOf(after.values()));
    }

    private Readings read(Instant now) {
        List<RateHistory.Query> queries = new ArrayList<>();
        cycles.values().forEach(cycle -> queries.add(cycle.nextQuery(now)));
        List<MetricQuery> metricQueries = new ArrayList<>();
        cycles.forEach((id, cycle) -> cycle.spec().metricSources().forEach((name, source) -> {
            metricQueries.add(new MetricQuery(id, name));
            queries.add(new HistoryBuffer(source, METRIC_WINDOW).nextQuery(now));
        }));
        List<RateHistory.Answer> answers =
                queries.isEmpty() ? List.of() : ports.history().read(queries, now);
        Map<EndpointId, RateHistory.Answer> rates = new HashMap<>();
        int next = 0;
        for (EndpointId id : cycles.keySet()) {
            rates.put(id, answers.get(next++));
        }
        Map<EndpointId, Map<String, RateReading>> metrics = new HashMap<>();
        for (MetricQuery query : metricQueries) {
            metrics.computeIfAbsent(query.endpoint(), any -> new HashMap<>())
                    .put(query.name(), reading(answers.get(next++)));
        }
        return new Readings(rates, metrics);
    }

    /** A metric is read as its newest sample within this window. */
    private static final Duration METRIC_WINDOW = Duration.ofMinutes(10);

    private static RateReading reading(RateHistory.Answer answer) {
        return switch (answer) {
            case RateHistory.Samples samples -> {
                RateSeries series = samples.series();
                yield new RateReading.Known(series.rateAt(series.lastSample()));
            }
            case RateHistory.Stale stale -> new RateReading.Stale(stale.age());
            case RateHistory.Empty ignored -> new RateReading.NoData();
            case RateHistory.Failed failed -> new RateReading.Failed(failed.reason());
        };
    }

    private EndpointSnapshot runOne(EndpointId id, ScalingCycle cycle, Readings readings, Instant now) {
        EndpointSpec spec = cycle.spec();
        WorkloadScale.State state = ports.workloads().state(id, now);
        if (!(state instanceof WorkloadScale.Replicas workload)) {
            return cycle.unseen(state, snapshots.get(id), now);
        }
        RateHistory.Answer answer = readings.rates().getOrDefault(id, new RateHistory.Empty());
        ScalingCycle.Cycle done = cycle.run(answer, readings.metrics().getOrDefault(id, Map.of()), workload, now);
        DecisionRecord record = carryOut(spec, done, workload, now);
        cycle.remember(record, done.observation());
        cycle.forecasts().takeNews().ifPresent(clause -> ports.listener().forecastState(id, clause));
        journal(record);
        return done.snapshot(spec, workload, record);
    }

    /**
     * Hands the states of these endpoints to their store, one by one: a cycle waits for one of them at most.
     */
    public void saveStates(List<EndpointId> endpoints) {
        for (EndpointId endpoint : endpoints) {
            saveState(endpoint);
        }
    }

    private synchronized void saveState(EndpointId endpoint) {
        ScalingCycle cycle = cycles.get(endpoint);
        if (cycle == null) {
            return;
        }
        try {
            cycle.forecasts().save(ports.models());
        } catch (IOException | RuntimeException fault) {
            ports.listener()
                    .forecastState(endpoint, "what the forecast has learnt cannot be saved: " + fault.getMessage());
        }
    }

    /** Endpoints in force, in their order. */
    public List<EndpointId> endpoints() {
        return known;
    }

    private DecisionRecord carryOut(
            EndpointSpec spec, ScalingCycle.Cycle done, WorkloadScale.Replicas workload, Instant now) {
        ScalingDecision decision = done.decision();
        String notActed = "nothing to do";
        boolean acted = false;
        if (decision.action() == ScalingDecision.Action.SCALE_TO) {
            switch (ports.workloads().scaleTo(spec.id(), decision.replicas(), now)) {
                case WorkloadScale.Scaled ignored -> {
                    acted = true;
                    notActed = "";
                }
                case WorkloadScale.NotScaled refused -> notActed = refused.reason();
            }
        }
        double rate = done.requestRate() instanceof RateReading.Known known ? known.value() : Double.NaN;
        return new DecisionRecord(
                now, spec.id(), spec.mode(), decision, acted, notActed, rate, workload.readyReplicas());
    }

    /** Journals what changed, and now and then that nothing did. A full disk must not stop scaling. */
    private void journal(DecisionRecord record) {
        JournalEntry last = journalled.get(record.endpoint());
        if (last != null && !last.isSupersededBy(record)) {
            return;
        }
        try {
            ports.journal().append(record);
            journalled.put(record.endpoint(), new JournalEntry(record));
        } catch (RuntimeException fault) {
            ports.listener().endpointFailed(record.endpoint(), fault);
        }
    }

    @Override
    public List<EndpointSnapshot> snapshots() {
        return List.copyOf(snapshots.values());
    }

    @Override
    public Optional<EndpointSnapshot> snapshot(EndpointId endpoint) {
        return Optional.ofNullable(snapshots.get(endpoint));
    }

    @Override
    public boolean isKnown(EndpointId endpoint) {
        return known.contains(endpoint);
    }

    private record MetricQuery(EndpointId endpoint, String name) {}

    private record Readings(
            Map<EndpointId, RateHistory.Answer> rates, Map<EndpointId, Map<String, RateReading>> metrics) {}

    /** The last decision that was journalled. */
    private record JournalEntry(DecisionRecord record) {
        boolean isSupersededBy(DecisionRecord next) {
            ScalingDecision before = record.decision();
            ScalingDecision after = next.decision();
            return before.replicas() != after.replicas()
                    || before.recommended() != after.recommended()
                    || after.action() == ScalingDecision.Action.SCALE_TO
                    || !codes(before).equals(codes(after))
                    || !next.at().isBefore(record.at().plus(JOURNALLED_AT_LEAST_EVERY));
        }

        private static List<ReasonCode> codes(ScalingDecision decision) {
            return decision.trail().stream().map(Reason::code).toList();
        }
    }
}
