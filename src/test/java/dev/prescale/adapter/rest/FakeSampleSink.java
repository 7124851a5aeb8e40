package dev.prescale.adapter.rest;

import dev.prescale.control.SampleSink;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps lines as they come; a line without {@code =} is bad. */
@Alternative
@ApplicationScoped
class FakeSampleSink implements SampleSink {
    private final List<String> stored = new ArrayList<>();
    private Precision precision = Precision.NANOSECONDS;

    @Override
    public Receipt write(String lines, Precision unit, Instant now) {
        precision = unit;
        List<BadLine> bad = new ArrayList<>();
        String[] all = lines.split("\n");
        for (int i = 0; i < all.length; i++) {
            if (all[i].contains("=")) {
                stored.add(all[i]);
            } else {
                bad.add(new BadLine(i + 1, all[i], "must have a field"));
            }
        }
        return new Receipt(all.length - bad.size(), bad);
    }

    List<String> stored() {
        return List.copyOf(stored);
    }

    Precision precision() {
        return precision;
    }

    void clear() {
        stored.clear();
    }
}
