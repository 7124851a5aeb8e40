package dev.prescale.testing;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journal in memory. */
public final class InMemoryDecisionLog implements DecisionLog {
    private final List<DecisionRecord> records = new ArrayList<>();

    @Override
    public void append(List<DecisionRecord> decisions) {
        records.addAll(decisions);
    }

    @Override
    public Optional<DecisionRecord> latest(EndpointId endpoint) {
        return records.reversed().stream()
                .filter(record -> record.endpoint().equals(endpoint))
                .findFirst();
    }

    @Override
    public List<DecisionRecord> page(EndpointId endpoint, DecisionSelection selection, int limit) {
        return records.reversed().stream()
                .filter(record -> record.endpoint().equals(endpoint))
                .filter(selection::includes)
                .limit(limit)
                .toList();
    }
}
