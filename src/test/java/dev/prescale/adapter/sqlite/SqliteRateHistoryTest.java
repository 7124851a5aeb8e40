package dev.prescale.adapter.sqlite;

import com.influxdb.client.domain.WritePrecision;
import dev.prescale.control.RateHistory;
import dev.prescale.control.RateHistoryContract;
import dev.prescale.control.SampleSink.Precision;
import dev.prescale.control.SampleSink.Receipt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded store, fed with line protocol as InfluxDB's own client writes it. */
class SqliteRateHistoryTest extends RateHistoryContract {
    @TempDir
    private Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, Durability.PROCESS_CRASH);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected RateHistory history() {
        return store.history();
    }

    @Override
    protected String bucket() {
        return "traffic";
    }

    @Override
    protected void write(List<Point> points) {
        String lines = points.stream()
                .map(point -> com.influxdb.client.write.Point.measurement(point.measurement())
                        .addTags(point.tags())
                        .addField(point.field(), point.value())
                        .time(point.at(), WritePrecision.NS)
                        .toLineProtocol())
                .collect(Collectors.joining("\n"));
        Receipt receipt = store.samples().write(lines, Precision.NANOSECONDS, Instant.parse("2024-01-02T00:00:00Z"));
        Assertions.assertThat(receipt).isEqualTo(new Receipt(points.size(), List.of()));
    }
}
