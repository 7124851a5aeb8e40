package dev.prescale.testing;

import dev.prescale.control.EndpointId;
import dev.prescale.control.ReplicaStart;
import dev.prescale.control.StartLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A start log without a disk. */
public final class MemoryStartLog implements StartLog {
    private final Map<EndpointId, Map<String, ReplicaStart>> kept = new HashMap<>();

    @Override
    public void append(EndpointId endpoint, List<ReplicaStart> starts) {
        Map<String, ReplicaStart> present = kept.computeIfAbsent(endpoint, any -> new LinkedHashMap<>());
        starts.forEach(
                start -> present.merge(start.id(), start, (before, after) -> before.ready() == null ? after : before));
    }

    @Override
    public List<ReplicaStart> read(EndpointId endpoint, Instant since) {
        List<ReplicaStart> starts = kept.getOrDefault(endpoint, Map.of()).values().stream()
                .filter(start -> !start.created().isBefore(since))
                .sorted(Comparator.comparing(ReplicaStart::created).thenComparing(ReplicaStart::id))
                .toList();
        return starts.subList(Math.max(0, starts.size() - MOST_READ), starts.size());
    }
}
