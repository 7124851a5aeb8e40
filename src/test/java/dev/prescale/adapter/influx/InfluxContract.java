package dev.prescale.adapter.influx;

import com.influxdb.client.domain.WritePrecision;
import dev.prescale.control.RateHistory;
import dev.prescale.control.RateHistoryContract;
import dev.prescale.testing.InfluxServer;
import dev.prescale.testing.InfluxServers;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The contract on a real server, each test in a bucket of its own. */
@Tag("e2e")
abstract class InfluxContract extends RateHistoryContract {
    private final InfluxServer.Version version;
    private final InfluxDialect dialect;
    private InfluxServer server;
    private InfluxRateHistory history;
    private String bucket;

    InfluxContract(InfluxServer.Version version, InfluxDialect dialect) {
        this.version = version;
        this.dialect = dialect;
    }

    @BeforeEach
    void open() {
        server = InfluxServers.get(version);
        bucket = server.newBucket();
        history = new InfluxRateHistory(InfluxSettings.of(server.url(), () -> server.token(), server.org(), dialect));
    }

    @AfterEach
    void close() {
        if (history != null) {
            history.close();
        }
    }

    @Override
    protected RateHistory history() {
        return history;
    }

    @Override
    protected String bucket() {
        return bucket;
    }

    @Override
    protected void write(List<Point> points) {
        server.write(
                bucket,
                points.stream()
                        .map(point -> com.influxdb.client.write.Point.measurement(point.measurement())
                                .addTags(point.tags())
                                .addField(point.field(), point.value())
                                .time(point.at(), WritePrecision.NS)
                                .toLineProtocol())
                        .collect(Collectors.joining("\n")));
    }

    InfluxServer server() {
        return server;
    }
}
