package dev.prescale.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Mode;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDecisionLogTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final EndpointId CHAT = new EndpointId("inference", "chat");
    private static final EndpointId SHOP = new EndpointId("web", "shop");

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

    @Test
    void aDecisionComesBackAsItWasWritten() {
        List<Proposal> proposals = List.of(
                Proposal.of("requestRate", 5, "44.0 req/s need 5 replicas"),
                Proposal.abstained("forecast", "Disabled", null));
        List<Reason> trail = List.of(
                new Reason(
                        ReasonCode.TARGET_TRACKING,
                        "requestRate",
                        3,
                        5,
                        "44.0 req/s need 5 replicas at 10.0 \"each\" 🚀"),
                new Reason(ReasonCode.SCALE_UP_LIMITED, "scaleUp", 5, 4, "at most 1 in 15 s"));
        DecisionRecord decision = new DecisionRecord(
                START.plusNanos(123_456_789),
                CHAT,
                Mode.HPA_FLOOR,
                new ScalingDecision(3, 4, 5, proposals, trail),
                false,
                "observe only",
                44.0,
                2);
        store.decisions().append(decision);
        assertThat(store.decisions().latest(CHAT)).contains(decision);
    }

    @Test
    void anUnknownRateStaysUnknown() {
        store.decisions().append(decision(CHAT, 0, 3, Double.NaN));
        assertThat(store.decisions().latest(CHAT))
                .hasValueSatisfying(latest -> assertThat(latest.requestRate()).isNaN());
    }

    @Test
    void aPageIsNewestFirstAndHalfOpen() {
        for (int second = 0; second < 60; second += 15) {
            store.decisions().append(decision(CHAT, second, second, 1));
        }
        assertThat(replicas(store.decisions().page(CHAT, START, START.plusSeconds(45), 100)))
                .containsExactly(30, 15, 0);
        assertThat(replicas(store.decisions().page(CHAT, START.plusSeconds(15), START.plusSeconds(60), 2)))
                .containsExactly(45, 30);
    }

    @Test
    void ofTwoDecisionsAtOneInstantTheLaterOneIsNewer() {
        store.decisions().append(decision(CHAT, 0, 1, 1));
        store.decisions().append(decision(CHAT, 0, 2, 1));
        assertThat(store.decisions()
                        .latest(CHAT)
                        .map(latest -> latest.decision().replicas()))
                .contains(2);
        assertThat(replicas(store.decisions().page(CHAT, Instant.MIN, Instant.MAX, 9)))
                .containsExactly(2, 1);
    }

    @Test
    void endpointsDoNotSeeEachOther() {
        store.decisions().append(decision(CHAT, 0, 1, 1));
        assertThat(store.decisions().latest(SHOP)).isEmpty();
        assertThat(store.decisions().page(SHOP, Instant.MIN, Instant.MAX, 9)).isEmpty();
    }

    @Test
    void decisionsAreThereAfterARestart() {
        store.decisions().append(decision(CHAT, 0, 7, 1));
        store.close();
        open();
        assertThat(store.decisions()
                        .latest(CHAT)
                        .map(latest -> latest.decision().replicas()))
                .contains(7);
    }

    @Test
    void aBatchOfManyEndpointsIsJournalledInItsOrder() {
        store.decisions().append(List.of(decision(CHAT, 0, 1, 1), decision(SHOP, 0, 2, 1), decision(CHAT, 15, 3, 1)));
        store.decisions().append(List.of());
        assertThat(replicas(all(CHAT))).containsExactly(3, 1);
        assertThat(replicas(all(SHOP))).containsExactly(2);
    }

    @Test
    void aBatchThatCannotBeWrittenLeavesNothing() throws SQLException {
        change("CREATE TRIGGER full BEFORE INSERT ON decisions WHEN NEW.endpoint = 'web/shop'"
                + " BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> store.decisions().append(List.of(decision(CHAT, 0, 1, 1), decision(SHOP, 0, 2, 1))))
                .withMessageContaining("2 decisions could not be journalled: ")
                .withMessageContaining("disk is full");
        assertThat(all(CHAT)).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // what types forbid and a fault may bring
    void aDecisionWithoutWordsIsLeftOutOfItsBatch() {
        DecisionRecord broken =
                new DecisionRecord(START, SHOP, null, decision(SHOP, 0, 1, 1).decision(), true, "", 1, 1);
        store.decisions().append(List.of(decision(CHAT, 0, 1, 1), broken, decision(CHAT, 15, 2, 1)));
        assertThat(replicas(all(CHAT))).containsExactly(2, 1);
        assertThat(all(SHOP)).isEmpty();
    }

    @Test
    void aPageMayAskForCodesAndForChanges() {
        store.decisions()
                .append(List.of(
                        decided(0, 3, ReasonCode.WITHIN_TOLERANCE),
                        decided(15, 5, ReasonCode.TARGET_TRACKING, ReasonCode.SCALE_UP_LIMITED),
                        decided(30, 3, ReasonCode.FORECAST_HOLD),
                        decided(45, 4, ReasonCode.TARGET_TRACKING)));
        assertThat(replicas(selected(false, ReasonCode.TARGET_TRACKING))).containsExactly(4, 5);
        assertThat(replicas(selected(false, ReasonCode.SCALE_UP_LIMITED, ReasonCode.FORECAST_HOLD)))
                .containsExactly(3, 5);
        assertThat(replicas(selected(true))).containsExactly(4, 5);
        assertThat(replicas(selected(true, ReasonCode.FORECAST_HOLD))).isEmpty();
        assertThat(store.decisions()
                        .page(CHAT, new DecisionSelection(START, Instant.MAX, Set.of(), true), 1)
                        .getFirst()
                        .at())
                .isEqualTo(START.plusSeconds(45));
    }

    @Test
    void aPageOfCodesSelectsWhatTheSelectionIncludes() {
        List<DecisionRecord> records = List.of(
                decided(0, 3, ReasonCode.SCHEDULE),
                decided(15, 5, ReasonCode.STEP),
                decided(30, 3),
                decided(45, 9, ReasonCode.NO_DATA, ReasonCode.FALLBACK));
        store.decisions().append(records);
        for (ReasonCode code : ReasonCode.values()) {
            var selection = new DecisionSelection(START, START.plusSeconds(60), Set.of(code), false);
            assertThat(store.decisions().page(CHAT, selection, 9))
                    .as("%s", code)
                    .containsExactlyElementsOf(records.reversed().stream()
                            .filter(selection::includes)
                            .toList());
        }
    }

    @Test
    void oldDecisionsArePrunedInSlices() throws SQLException {
        for (int second = 0; second < 25; second++) {
            store.decisions().append(List.of(decision(CHAT, second, second, 1), decision(SHOP, second, second, 1)));
        }
        try (Database database = Database.open(file())) {
            assertThat(new JournalPruning(database, 10).prune(START.plusSeconds(23), 1_000))
                    .isEqualTo(new JournalPruning.Pruned(46, 0, 6)); // 10, 10 and 3 of each
        }
        assertThat(replicas(all(CHAT))).containsExactly(24, 23);
        assertThat(replicas(all(SHOP))).containsExactly(24, 23);
    }

    @Test
    void ofTooManyDecisionsOfAnEndpointTheNewestStay() {
        for (int second = 0; second < 9; second++) {
            store.decisions().append(decision(CHAT, second / 2, second, 1)); // two at an instant
        }
        store.decisions().append(decision(SHOP, 0, 1, 1));
        assertThat(store.decisions().prune(START, 3)).isEqualTo(new JournalPruning.Pruned(0, 6, 1));
        assertThat(replicas(all(CHAT))).containsExactly(8, 7, 6);
        assertThat(replicas(all(SHOP))).containsExactly(1);
    }

    @Test
    void anEntryThatCannotBeReadHidesNoOther() throws SQLException {
        store.decisions()
                .append(List.of(
                        decision(CHAT, 0, 1, 1),
                        decision(CHAT, 15, 2, 1),
                        decision(CHAT, 30, 3, 1),
                        decision(CHAT, 45, 4, 1),
                        decision(CHAT, 60, 5, 1)));
        change("UPDATE decisions SET decision = replace(decision, '\"version\":1', '\"version\":2') WHERE id = 2");
        change("UPDATE decisions SET decision = substr(decision, 1, 40) WHERE id = 4");
        change("UPDATE decisions SET decision = 'null' WHERE id = 5");
        assertThat(replicas(all(CHAT))).containsExactly(3, 1);
        assertThat(replicas(store.decisions().page(CHAT, Instant.MIN, Instant.MAX, 1)))
                .as("a page is filled with what can be read")
                .containsExactly(3);
        assertThat(store.decisions().latest(CHAT))
                .hasValueSatisfying(latest -> assertThat(latest.at()).isEqualTo(START.plusSeconds(30)));
        assertThat(replicas(selected(true, ReasonCode.values()))).isEmpty();
    }

    @Test
    void aJournalOfAnEarlierVersionIsTakenOver() throws SQLException {
        store.decisions()
                .append(List.of(
                        decided(0, 3, ReasonCode.WITHIN_TOLERANCE),
                        decided(15, 5, ReasonCode.TARGET_TRACKING, ReasonCode.SCALE_UP_LIMITED)));
        store.decisions().append(decided(30, 3));
        change("UPDATE decisions SET decision = '{' WHERE id = 3");
        change("DROP INDEX decisions_that_changed");
        change("ALTER TABLE decisions DROP COLUMN changed");
        change("ALTER TABLE decisions DROP COLUMN codes");
        change("DROP TABLE replica_starts");
        change("DROP TABLE pauses");
        change("PRAGMA user_version = 1");
        store.close();
        open();
        assertThat(replicas(selected(true))).containsExactly(5);
        assertThat(replicas(selected(false, ReasonCode.SCALE_UP_LIMITED))).containsExactly(5);
        assertThat(replicas(selected(false, ReasonCode.WITHIN_TOLERANCE))).containsExactly(3);
        assertThat(replicas(all(CHAT))).containsExactly(5, 3);
    }

    private Path file() {
        return folder.resolve("prescale.db");
    }

    /** What another program, or a fault of the disk, does to the file. */
    private void change(String sql) throws SQLException {
        store.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
        open();
    }

    private List<DecisionRecord> all(EndpointId endpoint) {
        return store.decisions().page(endpoint, Instant.MIN, Instant.MAX, 100);
    }

    private List<DecisionRecord> selected(boolean changedOnly, ReasonCode... codes) {
        return store.decisions()
                .page(CHAT, new DecisionSelection(Instant.MIN, Instant.MAX, Set.of(codes), changedOnly), 100);
    }

    /** From 3 replicas. */
    private static DecisionRecord decided(int second, int replicas, ReasonCode... codes) {
        List<Reason> trail = Stream.of(codes)
                .map(code -> new Reason(code, "requestRate", 3, replicas, "because"))
                .toList();
        ScalingDecision decision = new ScalingDecision(3, replicas, replicas, List.of(), trail);
        return new DecisionRecord(START.plusSeconds(second), CHAT, Mode.SCALE, decision, true, "", 1, 1);
    }

    private static DecisionRecord decision(EndpointId endpoint, int second, int replicas, double rate) {
        ScalingDecision decision = new ScalingDecision(1, replicas, replicas, List.of(), List.of());
        return new DecisionRecord(START.plusSeconds(second), endpoint, Mode.SCALE, decision, true, "", rate, 1);
    }

    private static List<Integer> replicas(List<DecisionRecord> page) {
        return page.stream().map(entry -> entry.decision().replicas()).toList();
    }
}
