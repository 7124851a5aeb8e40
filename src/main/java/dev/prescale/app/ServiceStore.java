package dev.prescale.app;

import dev.prescale.adapter.sqlite.SqliteStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The embedded store of the service: opened when first used, closed when the service ends. */
@ApplicationScoped
class ServiceStore {
    private final SqliteStore store;

    ServiceStore(@ConfigProperty(name = "prescale.data", defaultValue = "data") String folder) {
        this.store = SqliteStore.open(Path.of(folder));
    }

    SqliteStore store() {
        return store;
    }

    @PreDestroy
    void close() {
        store.close();
    }
}
