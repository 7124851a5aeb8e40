package dev.prescale.adapter.files;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Collects faults and keeps the first by line. */
final class FaultList {
    /** A list that a person reads to its end. */
    static final int MOST_NAMED = 20;

    /** The last line first, so that it gives way to an earlier one. */
    private final PriorityQueue<CsvTrace.Fault> named =
            new PriorityQueue<>(Comparator.comparingInt(CsvTrace.Fault::line).reversed());

    private int unnamed;

    void add(int line, String problem) {
        named.add(new CsvTrace.Fault(line, problem));
        if (named.size() > MOST_NAMED) {
            named.remove();
            unnamed++;
        }
    }

    boolean isEmpty() {
        return named.isEmpty();
    }

    CsvTrace.Faults toFaults() {
        return new CsvTrace.Faults(
                named.stream()
                        .sorted(Comparator.comparingInt(CsvTrace.Fault::line))
                        .toList(),
                unnamed);
    }
}
