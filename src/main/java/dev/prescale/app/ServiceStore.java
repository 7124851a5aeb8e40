package dev.prescale.app;

import dev.prescale.adapter.sqlite.SqliteStore;
import dev.prescale.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/** The embedded store of the service: opened when first used, closed when the service ends. */
@ApplicationScoped
class ServiceStore {
    private final SqliteStore store;

    ServiceStore(Settings settings) {
        this.store = SqliteStore.open(settings.data());
    }

    SqliteStore store() {
        return store;
    }

    @PreDestroy
    void close() {
        store.close();
    }
}
