package dev.prescale.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.PauseLog;
import dev.prescale.control.PauseLogContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlitePauseLogTest implements PauseLogContract {
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
    public PauseLog log() {
        return store.pauses();
    }

    @Test
    void aPauseSurvivesARestart() {
        store.pauses().put(CHAT, NOTE);
        close();
        open();

        assertThat(store.pauses().read()).isEqualTo(Map.of(CHAT, NOTE));
    }
}
