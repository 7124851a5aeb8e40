package dev.prescale.adapter.rest;

import dev.prescale.testing.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands at noon until it is told otherwise. */
@Alternative
@ApplicationScoped
class FakeClock implements InstantSource {
    private volatile Instant shown = Snapshots.NOON;

    void show(Instant instant) {
        shown = instant;
    }

    @Override
    public Instant instant() {
        return shown;
    }
}
