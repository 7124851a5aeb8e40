package dev.prescale.adapter.rest;

import dev.prescale.control.DecisionLog;
import dev.prescale.testing.InMemoryDecisionLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** A journal in memory. */
@Alternative
@ApplicationScoped
class FakeJournal {
    @Produces
    @Singleton
    DecisionLog journal() {
        return new InMemoryDecisionLog();
    }
}
