package dev.prescale.backtest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal of a simulated Prescale that restarts. Keeps the newest decisions of each endpoint: no restart reads more. */
final class SurvivingJournal implements DecisionLog {
    private static final int MOST_KEPT = 1_000;

    private final Map<EndpointId, Deque<DecisionRecord>> newestFirst = new HashMap<>();

    @Override
    public void append(List<DecisionRecord> decisions) {
        for (DecisionRecord decision : decisions) {
            Deque<DecisionRecord> kept = newestFirst.computeIfAbsent(decision.endpoint(), id -> new ArrayDeque<>());
            kept.addFirst(decision);
            if (kept.size() > MOST_KEPT) {
                kept.removeLast();
            }
        }
    }

    @Override
    public Optional<DecisionRecord> latest(EndpointId endpoint) {
        return Optional.ofNullable(kept(endpoint).peekFirst());
    }

    @Override
    public List<DecisionRecord> page(EndpointId endpoint, DecisionSelection selection, int limit) {
        return kept(endpoint).stream().filter(selection::includes).limit(limit).toList();
    }

    private Deque<DecisionRecord> kept(EndpointId endpoint) {
        return newestFirst.getOrDefault(endpoint, new ArrayDeque<>());
    }
}
