package dev.prescale.backtest;

import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decisions of one policy that differ from the one before in replicas or reasons. Bounded: of each of {@link #SLOTS} parts
 * of the replay the last one that scaled and the last one that held are kept.
 */
public final class DecisionTrail {
    static final int SLOTS = 2_000;

    /** A record with its references and the head of a text, rounded up. */
    private static final long BYTES_PER_LINE = 100;

    private final Instant from;
    private final long slotSeconds;
    private final List<Entry> entries = new ArrayList<>();
    private List<Object> before = List.of();

    /** One that was kept. */
    public record Entry(Instant at, ScalingDecision decision) {
        boolean scales() {
            return decision.action() == ScalingDecision.Action.SCALE_TO;
        }
    }

    DecisionTrail(Instant from, Instant to) {
        this.from = from;
        this.slotSeconds = Math.max(1, Math.ceilDiv(Duration.between(from, to).toSeconds(), SLOTS));
    }

    void decided(ScalingDecision decision, Instant now) {
        List<Object> told = told(decision);
        if (told.equals(before)) {
            return;
        }
        before = told;
        Entry entry = new Entry(now, decision);
        // at most two of this slot are at the end, one of each kind
        for (int k = entries.size() - 1; k >= 0 && k >= entries.size() - 2; k--) {
            if (slot(entries.get(k).at()) == slot(now) && entries.get(k).scales() == entry.scales()) {
                entries.remove(k);
                break;
            }
        }
        entries.add(entry);
    }

    /** What makes a decision another one: the numbers in its sentences change in every cycle. */
    private static List<Object> told(ScalingDecision decision) {
        List<Object> told = new ArrayList<>();
        told.add(decision.replicas());
        told.add(decision.action());
        for (Reason reason : decision.trail()) {
            ReasonCode code = reason.code();
            told.add(code);
            told.add(reason.rule());
        }
        return told;
    }

    private long slot(Instant at) {
        return Duration.between(from, at).toSeconds() / slotSeconds;
    }

    /** How far a decision that is not there may lie from one that is. */
    public Duration resolution() {
        return Duration.ofSeconds(slotSeconds);
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The last one at or before a time; empty where nothing had been decided. */
    public Optional<Entry> at(Instant time) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).at().isAfter(time)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == 0 ? Optional.empty() : Optional.of(entries.get(low - 1));
    }

    /** About what it takes in memory. */
    long bytes() {
        return entries.stream().mapToLong(entry -> bytesOf(entry.decision())).sum();
    }

    private static long bytesOf(ScalingDecision decision) {
        long texts = decision.trail().stream()
                .mapToLong(reason -> BYTES_PER_LINE + reason.message().length())
                .sum();
        return BYTES_PER_LINE + texts + BYTES_PER_LINE * decision.proposals().size();
    }
}
