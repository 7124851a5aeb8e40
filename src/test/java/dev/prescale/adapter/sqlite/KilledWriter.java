package dev.prescale.adapter.sqlite;

import dev.prescale.control.SampleSink.Precision;
import java.nio.file.Path;
import java.time.Instant;

/** A process that writes a sample a minute and prints the number of each that was acknowledged, until it is killed. */
final class KilledWriter {
    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private KilledWriter() {}

    public static void main(String[] arguments) {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]), Durability.valueOf(arguments[1]));
        for (int k = 0; ; k++) {
            Instant at = START.plusSeconds(60L * k);
            store.samples().write("http count=" + 60 * k + " " + at.getEpochSecond(), Precision.SECONDS, at);
            System.out.println(k);
        }
    }
}
