package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.sqlite.Durability;
import dev.prescale.adapter.sqlite.LineSample;
import dev.prescale.adapter.sqlite.SeriesKey;
import dev.prescale.adapter.sqlite.SqliteStore;
import dev.prescale.adapter.sqlite.StoreUnavailable;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The embedded store of a demo, in a temporary folder that is gone when the demo is. */
final class DemoStore implements AutoCloseable {
    /** Samples written in one transaction while the history before the first day is loaded. */
    private static final int BATCH = 10_000;

    private final Path folder;
    private final SqliteStore store;

    private DemoStore(Path folder, SqliteStore store) {
        this.folder = folder;
        this.store = store;
    }

    static DemoStore open() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("prescale-demo-");
            return new DemoStore(folder, SqliteStore.open(folder, Durability.PROCESS_CRASH));
        } catch (IOException | StoreUnavailable fault) {
            if (folder != null) {
                delete(folder);
            }
            throw CommandFault.failed("no temporary folder for the demo's data could be made: " + fault.getMessage());
        }
    }

    SqliteStore store() {
        return store;
    }

    /** Stores minutes that have ended as the endpoint's traffic clause reads them. */
    void write(ReplaySetup.Endpoint endpoint, RateSeries minutes) {
        TrafficSource source = endpoint.spec().traffic();
        SeriesKey series = new SeriesKey(source.measurement(), source.tags(), source.field());
        double perMinute = source.kind() == SampleKind.RATE ? 1 : minutes.step().seconds();
        List<LineSample> batch = new ArrayList<>();
        for (int k = 0; k < minutes.size(); k++) {
            if (!minutes.isGap(k)) {
                batch.add(new LineSample(series, minutes.instantAt(k), perMinute * minutes.rateAt(k)));
            }
            if (batch.size() == BATCH) {
                store.samples().write(batch);
                batch.clear();
            }
        }
        store.samples().write(batch);
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("the demo's temporary folder could not be removed", fault);
        }
    }
}
