package dev.prescale.adapter.files;

import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The sound rows of a CSV, oldest first. */
final class CsvRows {
    private static final int MOST_ROWS = 1_000_000;

    private long[] seconds = new long[1 << 12];
    private double[] values = new double[1 << 12];
    private int[] lines = new int[1 << 12];
    private int size;

    static CsvRows read(InputStream text, FaultList faults) {
        CsvRows rows = new CsvRows();
        CsvRowReader.read(text, faults, (line, second, value) -> {
            if (rows.size == MOST_ROWS) {
                faults.add(line, "at most %s rows are read".formatted(MOST_ROWS));
                return false;
            }
            rows.append(line, second, value);
            return true;
        });
        return rows;
    }

    int size() {
        return size;
    }

    long second(int row) {
        return seconds[row];
    }

    Instant instant(int row) {
        return Instant.ofEpochSecond(seconds[row]);
    }

    double value(int row) {
        return values[row];
    }

    int line(int row) {
        return lines[row];
    }

    /** Of two that are as common the shorter one; 0 with fewer than two rows. */
    long mostCommonSpacingSeconds() {
        Map<Long, Integer> occurrences = new HashMap<>();
        for (int row = 1; row < size; row++) {
            occurrences.merge(seconds[row] - seconds[row - 1], 1, Integer::sum);
        }
        return occurrences.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue()
                        .thenComparing(Map.Entry.<Long, Integer>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse(0L);
    }

    void append(int line, long second, double value) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            lines = Arrays.copyOf(lines, 2 * size);
        }
        seconds[size] = second;
        values[size] = value;
        lines[size++] = line;
    }
}
