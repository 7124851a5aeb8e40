package dev.prescale.backtest;

import java.util.Arrays;

/** Replicas by the minute, kept as changes: a replay of months is a few thousand of them. */
final class ReplicaChanges {
    private int[] minutes = new int[1 << 8];
    private int[] replicas = new int[1 << 8];
    private int size;

    /** @param minute after those before */
    void put(int minute, int number) {
        if (size > 0 && replicas[size - 1] == number) {
            return;
        }
        if (size == minutes.length) {
            minutes = Arrays.copyOf(minutes, 2 * size);
            replicas = Arrays.copyOf(replicas, 2 * size);
        }
        minutes[size] = minute;
        replicas[size++] = number;
    }

    /** At the end of a minute; before the first one as in it. */
    int at(int minute) {
        if (size == 0) {
            return 0;
        }
        int found = Arrays.binarySearch(minutes, 0, size, minute);
        return replicas[Math.max(0, found >= 0 ? found : -found - 2)];
    }

    /** What it takes in memory. */
    long bytes() {
        return 8L * minutes.length;
    }

    int most() {
        return Arrays.stream(replicas, 0, size).max().orElse(0);
    }
}
