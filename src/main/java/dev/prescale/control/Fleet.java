package dev.prescale.control;

import dev.prescale.capacity.CostLearner;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.RateReading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All endpoints, run together. In one cycle:
 *
 * <ol>
 *   <li>one batched read of the history;
 *   <li>each endpoint's {@link ScalingCycle} observes, forecasts and decides, side by side;
 *   <li>decisions that change something are carried out, side by side;
 *   <li>the journal gets in one batch what is new, the listener is told.
 * </ol>
 *
 * Runs at its own pace: nothing reacts to a single sample. An endpoint whose work is not done in time is left out of the cycles
 * until it is; the others do not wait. The state of an endpoint is touched by one thread at a time. Cycles and changes of the
 * specifications exclude each other; reading snapshots never waits.
 */
public final class Fleet implements FleetView {
    /** One hour of cycles that each changed something. */
    private static final int MOST_RESTORED = 1_000;

    private final Ports ports;
    private final Brain brain;
    private final FleetPace pace;
    private final FitBudget budget;
    private final ChangeJournal journal;
    private final SortedMap<EndpointId, ScalingCycle> cycles = new TreeMap<>();
    private final ConcurrentSkipListMap<EndpointId, EndpointSnapshot> snapshots = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private volatile SortedMap<EndpointId, EndpointSpec> known = new TreeMap<>();

    /** What the fleet acts through. */
    public record Ports(
            RateHistory history,
            WorkloadScale workloads,
            DecisionLog journal,
            FleetListener listener,
            ModelStore models,
            StartLog starts) {
        /** Without anything that outlives the process but the journal. */
        public Ports(RateHistory history, WorkloadScale workloads, DecisionLog journal, FleetListener listener) {
            this(history, workloads, journal, listener, ModelStore.NONE, StartLog.NONE);
        }
    }

    /** What the fleet thinks with. */
    public record Brain(
            Forecaster forecaster, LeadTimeForecaster leadTimeForecaster, DecisionRule rule, CostLearner costLearner) {
        /** Without anyone who learns what requests cost. */
        public Brain(Forecaster forecaster, LeadTimeForecaster leadTimeForecaster, DecisionRule rule) {
            this(
                    forecaster,
                    leadTimeForecaster,
                    rule,
                    (models, samples) -> new CostLearner.Undetermined("nobody learns costs here"));
        }
    }

    /** A fleet that does one thing after another. */
    public Fleet(Ports ports, Brain brain, Duration cycleInterval) {
        this(ports, brain, FleetPace.inTurn(cycleInterval));
    }

    public Fleet(Ports ports, Brain brain, FleetPace pace) {
        this.ports = ports;
        this.brain = brain;
        this.pace = pace;
        this.budget = new FitBudget(pace.mostFits());
        this.journal = new ChangeJournal(ports.journal());
    }

    /**
     * Puts these specifications in force. An endpoint keeps all it has learnt where its specification is unchanged, or differs
     * only in what is done with its decisions (mode, target, pause); otherwise it starts from the journal and its history.
     */
    public synchronized void replaceSpecs(List<EndpointSpec> specs, Instant now) {
        Map<EndpointId, EndpointSpec> wanted = new TreeMap<>();
        specs.forEach(spec -> wanted.put(spec.id(), spec));
        cycles.forEach((id, cycle) -> {
            EndpointSpec next = wanted.get(id);
            if (next == null || !cycle.amend(next)) {
                cycle.retire();
            }
        });
        cycles.keySet().retainAll(wanted.keySet());
        journal.retain(wanted.keySet());
        wanted.forEach((id, spec) -> {
            ScalingCycle present = cycles.get(id);
            if (present == null || present.isRetired()) {
                cycles.put(id, begun(spec, now));
            }
        });
        boolean isFollowed = cycles.size() <= pace.mostFollowed();
        cycles.forEach((id, cycle) -> {
            if (!pace.deciders().isBusy(id)) {
                cycle.keepFollowing(isFollowed);
            }
        });
        cycles.forEach((id, cycle) -> cycle.refuseInheritance(Inheritance.whyNot(cycle.spec(), wanted)));
        known = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
        snapshots.keySet().retainAll(wanted.keySet());
    }

    /** What cannot be read of the past is missing from it; the endpoint holds until its history is read in any case. */
    private ScalingCycle begun(EndpointSpec spec, Instant now) {
        EndpointId id = spec.id();
        List<DecisionRecord> past = List.of();
        List<ReplicaStart> starts = List.of();
        try {
            Instant from = now.minus(ScalingMemory.LONGEST_LOOK_BACK).minus(ChangeJournal.AT_LEAST_EVERY);
            past = ports.journal().page(id, from, now.plusSeconds(1), MOST_RESTORED);
            starts = ports.starts().read(id, now.minus(MeasuredLeadTime.REMEMBERED));
        } catch (RuntimeException fault) {
            ports.listener().journalFailed(fault);
        }
        ScalingCycle begun = new ScalingCycle(spec, brain, pace.cycleInterval());
        // a state that was saved is confirmed by planning
        begun.planForPeople(pace.plansForPeople() || ports.models() != ModelStore.NONE);
        begun.restore(past, starts, ports.models(), now);
        return begun;
    }

    /** One cycle of every endpoint. A fault in one endpoint is reported to the listener; that endpoint holds. */
    public synchronized void runCycle(Instant now) {
        budget.refill();
        SortedMap<EndpointId, ScalingCycle> free = new TreeMap<>(cycles);
        List<EndpointId> late = new ArrayList<>();
        free.keySet().removeIf(id -> isBusy(id) && late.add(id));
        FleetReads reads = FleetReads.of(ports.history(), free.values(), now);

        Map<EndpointId, Runnable> toDecide = new LinkedHashMap<>();
        Changes open = new Changes();
        free.forEach((id, cycle) -> toDecide.put(id, guarded(cycle, () -> decide(cycle, reads, now, open))));
        Workers.Undone undecided = pace.deciders().run(toDecide);
        late.addAll(undecided.begun());
        late.addAll(undecided.dropped());

        SortedMap<EndpointId, Decided> changes = open.close();
        Map<EndpointId, Runnable> toCarryOut = new LinkedHashMap<>();
        changes.forEach((id, decided) ->
                toCarryOut.put(id, guarded(decided.cycle(), () -> finish(decided, carriedOut(decided, now)))));
        Workers.Undone unfinished = pace.actors().run(toCarryOut);
        late.addAll(unfinished.begun());
        changes.forEach((id, decided) -> {
            if (unfinished.dropped().contains(id)) {
                finish(decided, "too many scale calls are waiting: it is made in a later cycle");
            }
        });

        report(late, now);
    }

    private boolean isBusy(EndpointId endpoint) {
        return pace.deciders().isBusy(endpoint) || pace.actors().isBusy(endpoint);
    }

    private Runnable guarded(ScalingCycle cycle, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException fault) {
                outcomes.add(Outcome.failed(cycle.spec().id(), fault));
            }
        };
    }

    private void decide(ScalingCycle cycle, FleetReads reads, Instant now, Changes changes) {
        EndpointId id = cycle.spec().id();
        WorkloadScale.State state = ports.workloads().state(id, now);
        if (!(state instanceof WorkloadScale.Replicas workload)) {
            show(cycle, cycle.unseen(state, snapshots.get(id), now));
            return;
        }
        ScalingCycle.Cycle done = cycle.run(reads.of(id), workload, budget, now);
        Decided decided = new Decided(cycle, done, workload);
        if (!decided.isToBeCarriedOut()) {
            finish(decided, WorkloadScale.NotScaled.NOTHING_TO_DO);
        } else if (!changes.add(decided)) {
            finish(decided, "it was decided too late in the cycle: the next one decides anew");
        }
    }

    /** Why a decision was not carried out, empty where it was. */
    private String carriedOut(Decided decided, Instant now) {
        if (decided.cycle().isRetired()) {
            return "the specification has changed";
        }
        EndpointId id = decided.cycle().spec().id();
        return switch (ports.workloads().carryOut(id, decided.order(), now)) {
            case WorkloadScale.Scaled ignored -> "";
            case WorkloadScale.NotScaled refused -> refused.reason();
            case WorkloadScale.Contested contested -> contested.reason();
            case WorkloadScale.LeftToAnother ignored -> WorkloadScale.LeftToAnother.REASON;
            case WorkloadScale.LeftToKeda ignored -> WorkloadScale.LeftToKeda.REASON;
        };
    }

    private void finish(Decided decided, String notActedReason) {
        ScalingCycle cycle = decided.cycle();
        EndpointSpec spec = cycle.spec();
        ScalingCycle.Cycle done = decided.done();
        double rate = done.load().reading() instanceof RateReading.Known known ? known.value() : Double.NaN;
        DecisionRecord record = new DecisionRecord(
                done.at(),
                spec.id(),
                spec.mode(),
                done.decision(),
                notActedReason.isEmpty(),
                notActedReason,
                rate,
                decided.workload().readyReplicas());
        cycle.remember(record, done.observation());
        show(cycle, done.snapshot(spec, decided.workload(), record));
        outcomes.add(new Outcome(spec.id(), record, cycle.takeNews(), cycle.newStarts(), null));
    }

    private void show(ScalingCycle cycle, EndpointSnapshot snapshot) {
        if (!cycle.isRetired()) {
            snapshots.put(cycle.spec().id(), snapshot);
        }
    }

    /** Journals and tells what has come since the last cycle. A full disk must not stop scaling. */
    private void report(List<EndpointId> late, Instant now) {
        List<DecisionRecord> records = new ArrayList<>();
        for (Outcome polled = outcomes.poll(); polled != null; polled = outcomes.poll()) {
            Outcome next = polled;
            if (next.record() != null) {
                records.add(next.record());
            }
            for (String clause : next.news()) {
                ports.listener().forecastState(next.endpoint(), clause);
            }
            if (!next.starts().isEmpty()) {
                keeping(() -> ports.starts().append(next.endpoint(), next.starts()));
            }
            if (next.fault() != null) {
                ports.listener().endpointFailed(next.endpoint(), next.fault());
            }
        }
        keeping(() -> journal.write(records));
        ports.listener().endpointsLate(late);
        ports.listener().cycleDone(now, snapshots());
    }

    private void keeping(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException fault) {
            ports.listener().journalFailed(fault);
        }
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
        if (cycle == null || isBusy(endpoint)) {
            return;
        }
        try {
            cycle.save(ports.models());
        } catch (IOException | RuntimeException fault) {
            ports.listener()
                    .forecastState(endpoint, "what the forecast has learnt cannot be saved: " + fault.getMessage());
        }
    }

    /** Endpoints in force, in their order. */
    public List<EndpointId> endpoints() {
        return List.copyOf(known.keySet());
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
    public Optional<EndpointSpec> spec(EndpointId endpoint) {
        return Optional.ofNullable(known.get(endpoint));
    }

    @Override
    public List<EndpointSpec> specs() {
        return List.copyOf(known.values());
    }

    /** Decisions of one cycle that change something, until they are carried out; what comes later is not. */
    private static final class Changes {
        private final SortedMap<EndpointId, Decided> decided = new TreeMap<>();
        private boolean closed;

        synchronized boolean add(Decided change) {
            if (!closed) {
                decided.put(change.cycle().spec().id(), change);
            }
            return !closed;
        }

        synchronized SortedMap<EndpointId, Decided> close() {
            closed = true;
            return decided;
        }
    }

    /** What came of an endpoint's work, for whoever is told at the end of the cycle. */
    private record Outcome(
            EndpointId endpoint,
            @Nullable DecisionRecord record,
            List<String> news,
            List<ReplicaStart> starts,
            @Nullable RuntimeException fault) {
        static Outcome failed(EndpointId endpoint, RuntimeException fault) {
            return new Outcome(endpoint, null, List.of(), List.of(), fault);
        }
    }
}
