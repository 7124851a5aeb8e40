package dev.prescale.adapter.rest;

import dev.prescale.control.DecisionLog;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Stores in memory, and a clock that stands at noon. */
@Alternative
@ApplicationScoped
class FakePorts {
    @Produces
    @Singleton
    DecisionLog journal() {
        return new InMemoryDecisionLog();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.fixed(Snapshots.NOON);
    }
}
