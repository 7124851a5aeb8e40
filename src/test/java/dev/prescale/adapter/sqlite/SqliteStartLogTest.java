package dev.prescale.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.LeadTime;
import dev.prescale.control.MeasuredLeadTime;
import dev.prescale.control.ReplicaStart;
import dev.prescale.control.StartLog;
import dev.prescale.control.StartLogContract;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStartLogTest implements StartLogContract {
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
    public StartLog log() {
        return store.starts();
    }

    @Test
    void aMeasuredLeadTimeSurvivesARestart() {
        Instant now = START.plusSeconds(3_600);
        List<ReplicaStart> starts = IntStream.rangeClosed(1, 5)
                .mapToObj(k -> new ReplicaStart("pod-" + k, "v1", START, null, null, START.plusSeconds(40 + k)))
                .toList();
        MeasuredLeadTime before = new MeasuredLeadTime(LeadTimeBounds.DEFAULT);
        store.starts().append(SHOP, before.observe(starts, now));
        close();
        open();

        MeasuredLeadTime after = new MeasuredLeadTime(LeadTimeBounds.DEFAULT);
        after.restore(store.starts().read(SHOP, now.minus(MeasuredLeadTime.REMEMBERED)), now);

        assertThat(after.at(now)).isEqualTo(before.at(now));
        assertThat(after.at(now).source()).isEqualTo(LeadTime.Source.MEASURED);
        assertThat(after.at(now).duration()).hasSeconds(45);
    }

    @Test
    void oldStartsArePruned() {
        store.starts()
                .append(
                        SHOP,
                        List.of(
                                new ReplicaStart("old", "v1", START, null, null, null),
                                new ReplicaStart("new", "v1", START.plusSeconds(1), null, null, null)));

        assertThat(store.starts().pruneBefore(START.plusSeconds(1))).isEqualTo(1);

        assertThat(store.starts().read(SHOP, START))
                .extracting(ReplicaStart::id)
                .containsExactly("new");
    }

    @Test
    void aFileOfAnEarlierVersionGetsTheTable() throws SQLException {
        close();
        try (Database database = Database.open(folder.resolve(SqliteStore.FILE_NAME))) {
            database.write(Durability.PROCESS_CRASH, session -> {
                session.run("DROP TABLE replica_starts");
                session.run("DROP TABLE pauses");
                session.run("PRAGMA user_version = 2");
                return 0;
            });
        }
        open();

        assertThat(store.starts().read(SHOP, START)).isEmpty();
    }
}
