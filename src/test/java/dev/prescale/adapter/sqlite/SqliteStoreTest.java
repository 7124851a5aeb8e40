package dev.prescale.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.prescale.control.RateHistory.Answer;
import dev.prescale.control.RateHistory.Empty;
import dev.prescale.control.RateHistory.Failed;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.control.SampleSink.BadLine;
import dev.prescale.control.SampleSink.Precision;
import dev.prescale.control.SampleSink.Receipt;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void samplesAreThereAfterAReopening() {
        try (SqliteStore store = open()) {
            store.samples().write(List.of(sample("chat", 0, 60), sample("chat", 60, 120)));
        }
        try (SqliteStore store = open()) {
            assertThat(rates(store, "chat", 2)).containsExactly(1, 2);
        }
    }

    @Test
    void goodLinesAreStoredAndBadOnesNamed() {
        try (SqliteStore store = open()) {
            Receipt receipt = store.samples()
                    .write(
                            "http,service=chat count=60 1704067200\nhttp,service=chat count=\nhttp,service=chat count=120 1704067260",
                            Precision.SECONDS,
                            START);
            assertThat(receipt.stored()).isEqualTo(2);
            assertThat(receipt.badLines()).extracting(BadLine::number).containsExactly(2);
            assertThat(rates(store, "chat", 2)).containsExactly(1, 2);
        }
    }

    @Test
    void aBatchIsStoredAsAWholeOrNotAtAll() throws SQLException {
        SampleStore full = storeOfAtMost(1);
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> full.write(List.of(sample("chat", 0, 60), sample("shop", 0, 60))))
                .withMessage("the store has its most series, 1: is there a tag with ever new values?");
        try (SqliteStore store = open()) {
            assertThat(read(store, "chat", 1)).isEqualTo(new Empty());
        }
    }

    @Test
    void aLineOfOneSeriesTooManyIsNamedAndTheOthersAreStored() throws SQLException {
        String lines = "http,service=chat count=60\nhttp,service=shop count=60\nhttp,service=chat count=120";
        Receipt receipt = storeOfAtMost(1).write(lines, Precision.SECONDS, START);
        assertThat(receipt)
                .isEqualTo(new Receipt(
                        2,
                        List.of(new BadLine(
                                2,
                                "http,service=shop count=60",
                                "the store has its most series, 1: is there a tag with ever new values?"))));
    }

    @Test
    void pruningRemovesOldSamplesAndSeriesThatHaveNoneLeft() {
        try (SqliteStore store = open()) {
            store.samples().write(List.of(sample("old", 0, 60), sample("chat", 0, 60), sample("chat", 60, 120)));
            assertThat(store.samples().pruneBefore(START.plusSeconds(60))).isEqualTo(2);
            assertThat(rates(store, "chat", 2)).containsExactly(Double.NaN, 2);
            assertThat(read(store, "old", 2)).isEqualTo(new Empty());
            store.samples().write(List.of(sample("old", 60, 60)));
            assertThat(rates(store, "old", 2)).containsExactly(Double.NaN, 1);
        }
    }

    @Test
    void moreOldSamplesThanOneSliceArePruned() {
        try (SqliteStore store = open()) {
            store.samples()
                    .write(LongStream.range(0, 12_000)
                            .mapToObj(second -> sample("chat", second, 1))
                            .toList());
            assertThat(store.samples().pruneBefore(START.plusSeconds(11_940))).isEqualTo(11_940);
            assertThat(read(store, "chat", 199)).isEqualTo(new Empty());
            assertThat(rates(store, "chat", 200)[199]).isEqualTo(1);
        }
    }

    @Test
    void readersAndWritersDoNotDisturbEachOther() throws Exception {
        try (SqliteStore store = open();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        for (int k = 0; k < 50; k++) {
                            store.samples().write(List.of(sample("service-" + thread, 60L * k, 60)));
                            assertThat(rates(store, "service-" + thread, k + 1))
                                    .hasSize(k + 1)
                                    .containsOnly(1);
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    @Test
    void aClosedStoreAnswersThatItFailed() {
        SqliteStore store = open();
        store.samples().write(List.of(sample("chat", 0, 60)));
        store.close();
        assertThat(read(store, "chat", 1))
                .isEqualTo(new Failed("the embedded store could not be read: the store is closed"));
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> store.samples().write(List.of(sample("chat", 0, 60))))
                .withMessage("samples could not be stored: the store is closed");
    }

    @Test
    void aFolderThatIsAFileIsNamedInOneLine() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> SqliteStore.open(file))
                .withMessage("The data folder %s cannot be made: it is a file.".formatted(file));
    }

    @Test
    void aDamagedFileIsNamedInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("prescale.db"), "this is no database".repeat(100));
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(this::open)
                .withMessageStartingWith("The embedded store %s cannot be opened: ".formatted(file))
                .withMessageContaining("file is not a database")
                .satisfies(failed -> assertThat(failed.getMessage().lines()).hasSize(1));
    }

    @Test
    void aFileThatIsDamagedWithinFailsTheReadAndNothingElse() throws IOException {
        try (SqliteStore store = open()) {
            for (int day = 0; day < 10; day++) {
                long first = day * 86_400L;
                store.samples()
                        .write(LongStream.range(0, 1_440)
                                .mapToObj(minute -> sample("chat", first + 60 * minute, 60))
                                .toList());
            }
        }
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("prescale.db").toFile(), "rw")) {
            file.seek(10 * 4096); // past schema and series, in the pages of samples
            file.write(new byte[8 * 4096]);
        }
        try (SqliteStore store = open()) {
            assertThat(read(store, "chat", 10 * 1_440))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.reason())
                                    .startsWith("the embedded store could not be read: ")
                                    .contains("malformed"));
        }
    }

    @Test
    void aSeriesThatAppearsAfterTheFirstReadIsPartOfTheNext() {
        try (SqliteStore store = open()) {
            TrafficSource all =
                    new TrafficSource("any", "http", "count", Map.of(), SampleKind.COUNT, new Step(60), null);
            store.samples().write(List.of(sample("chat", 0, 60)));
            assertThat(rates(read(store, all, 1))).containsExactly(1);
            store.samples().write(List.of(sample("shop", 0, 120)));
            assertThat(rates(read(store, all, 1))).containsExactly(3);
        }
    }

    @Test
    void aFileOfANewerVersionIsLeftAlone() throws SQLException {
        try (Database database = Database.open(folder.resolve("prescale.db"))) {
            database.write(Durability.PROCESS_CRASH, session -> {
                session.run("PRAGMA user_version = 99");
                return 0;
            });
        }
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(this::open)
                .withMessage(
                        "The embedded store %s cannot be opened: it has schema version 99, this Prescale knows up to 4: use"
                                        .formatted(folder.resolve("prescale.db"))
                                + " the newer Prescale, or another data folder");
    }

    private SqliteStore open() {
        return SqliteStore.open(folder, Durability.PROCESS_CRASH);
    }

    private SampleStore storeOfAtMost(int series) throws SQLException {
        return new SampleStore(
                Database.open(folder.resolve("prescale.db")), new SeriesIndex(), Durability.PROCESS_CRASH, series);
    }

    private static LineSample sample(String service, long second, double value) {
        return new LineSample(
                new SeriesKey("http", Map.of("service", service), "count"), START.plusSeconds(second), value);
    }

    private static Answer read(SqliteStore store, String service, int minutes) {
        Map<String, String> tags = Map.of("service", service);
        return read(
                store, new TrafficSource("any", "http", "count", tags, SampleKind.COUNT, new Step(60), null), minutes);
    }

    private static Answer read(SqliteStore store, TrafficSource source, int minutes) {
        Instant to = START.plusSeconds(60L * minutes);
        return store.history().read(List.of(new Query(source, START, to)), to).getFirst();
    }

    private static double[] rates(SqliteStore store, String service, int minutes) {
        return rates(read(store, service, minutes));
    }

    private static double[] rates(Answer answer) {
        assertThat(answer).isInstanceOf(Samples.class);
        return ((Samples) answer).series().rates();
    }
}
