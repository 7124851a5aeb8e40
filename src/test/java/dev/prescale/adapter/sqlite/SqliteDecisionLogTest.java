package dev.prescale.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Mode;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
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
        List<Proposal> proposals = List.of(Proposal.of("requestRate", 5), Proposal.abstained("forecast", "Disabled"));
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
    void oldDecisionsArePruned() {
        store.decisions().append(decision(CHAT, 0, 1, 1));
        store.decisions().append(decision(CHAT, 15, 2, 1));
        assertThat(store.decisions().pruneBefore(START.plusSeconds(15))).isEqualTo(1);
        assertThat(replicas(store.decisions().page(CHAT, Instant.MIN, Instant.MAX, 9)))
                .containsExactly(2);
    }

    @Test
    void anEntryThatCannotBeReadIsNamed() throws SQLException {
        store.decisions().append(decision(CHAT, 0, 1, 1));
        try (Database database = Database.open(folder.resolve("prescale.db"))) {
            database.write(Durability.PROCESS_CRASH, session -> {
                session.run("UPDATE decisions SET decision = replace(decision, '\"version\":1', '\"version\":2')");
                return 0;
            });
        }
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> store.decisions().latest(CHAT))
                .withMessage(
                        "the journal could not be read: the entry of inference/chat at 2024-01-01T00:00:00Z is damaged:"
                                + " version must be 1, was 2");
    }

    private static DecisionRecord decision(EndpointId endpoint, int second, int replicas, double rate) {
        ScalingDecision decision = new ScalingDecision(1, replicas, replicas, List.of(), List.of());
        return new DecisionRecord(START.plusSeconds(second), endpoint, Mode.SCALE, decision, true, "", rate, 1);
    }

    private static List<Integer> replicas(List<DecisionRecord> page) {
        return page.stream().map(entry -> entry.decision().replicas()).toList();
    }
}
