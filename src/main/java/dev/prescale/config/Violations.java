package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects every fault of one input, in the order in which they are found. Not thread-safe. */
public final class Violations {
    /** Kept by name; a body of 100,000 bad values must not be answered with 100,000 sentences. */
    static final int MOST_KEPT = 1_000;

    private final List<Violation> kept = new ArrayList<>();
    private int left;

    public void add(String path, @Nullable JsonNode value, String message) {
        add(Violation.of(path, value, message));
    }

    public void add(Violation violation) {
        if (kept.size() < MOST_KEPT) {
            kept.add(violation);
        } else {
            left++;
        }
    }

    public boolean isEmpty() {
        return kept.isEmpty();
    }

    /** All faults; where there were more than can be kept, the last entry says how many. */
    public List<Violation> all() {
        List<Violation> all = new ArrayList<>(kept);
        if (left > 0) {
            all.add(new Violation("", null, "has %d more faults".formatted(left)));
        }
        return List.copyOf(all);
    }
}
