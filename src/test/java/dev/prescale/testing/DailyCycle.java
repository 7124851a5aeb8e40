package dev.prescale.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trace that is the same every day, for commands that need any. */
public final class DailyCycle {
    private DailyCycle() {}

    /** Writes {@code shop.csv}: days from {@link Rates#START} on, in counts per five minutes. */
    public static Path csv(Path folder, int days) throws IOException {
        StringBuilder text = new StringBuilder("timestamp,value\n");
        for (int step = 0; step < days * 288; step++) {
            long count = Math.round(3_000 * (1.2 + Math.sin(2 * Math.PI * step / 288)) + 37 * (step % 7));
            text.append(Rates.START.plusSeconds(300L * step))
                    .append(',')
                    .append(count)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("shop.csv"), text);
    }
}
