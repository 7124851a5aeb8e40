package dev.prescale.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code kill -9} leaves behind. */
class SurvivesKillTest {
    private static final int ACKNOWLEDGED = 200;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everySampleThatWasAcknowledgedIsThere(Durability durability) throws Exception {
        int last = killAfter(ACKNOWLEDGED, durability);

        try (SqliteStore store = SqliteStore.open(folder)) {
            TrafficSource source =
                    new TrafficSource("any", "http", "count", Map.of(), SampleKind.COUNT, new Step(60), null);
            Instant to = KilledWriter.START.plusSeconds(60L * (last + 1));
            Query query = new Query(source, KilledWriter.START, to);
            RateSeries series =
                    ((Samples) store.history().read(List.of(query), to).getFirst()).series();

            assertThat(last).isGreaterThanOrEqualTo(ACKNOWLEDGED - 1);
            for (int k = 0; k <= last; k++) {
                assertThat(series.rateAt(k)).as("minute %s of %s", k, last).isEqualTo(k);
            }
        }
    }

    /** Kills a writer in the middle of its work; the number of the last sample that it had acknowledged. */
    private int killAfter(int acknowledged, Durability durability) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        durability.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader acknowledgements = writer.inputReader()) {
            int last = -1;
            for (String line = acknowledgements.readLine(); line != null; line = acknowledgements.readLine()) {
                last = Integer.parseInt(line);
                if (last == acknowledged - 1) {
                    writer.toHandle().destroyForcibly(); // unlike the process itself, leaves its output open
                }
            }
            assertThat(writer.waitFor()).as("exit code of a killed process").isNotZero();
            return last;
        } finally {
            writer.destroyForcibly();
        }
    }
}
