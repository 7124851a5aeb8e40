package dev.prescale.adapter.rest;

import dev.prescale.config.SpecFaultsView;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The number of the cycle that answers about endpoints come from, as an entity tag: who asks again within one cycle need not be sent
 * the same again. Counted after a cycle has left its snapshots, so that a new tag never stands on an old answer.
 */
@ApplicationScoped
class StateRevision implements FleetListener {
    /** A service that starts again counts from one again. */
    private final String start = UUID.randomUUID().toString().substring(0, 8);

    private final AtomicLong cycles = new AtomicLong();
    private final SpecFaultsView specifications;

    StateRevision(SpecFaultsView specifications) {
        this.specifications = specifications;
    }

    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        changed();
    }

    /** Answers about endpoints have changed, in the middle of a cycle too. */
    void changed() {
        cycles.incrementAndGet();
    }

    /** Weak: the same content, though it may be packed otherwise. */
    EntityTag tag() {
        String faults = Integer.toHexString(specifications.faults().hashCode());
        return new EntityTag("%s-%d-%s".formatted(start, cycles.get(), faults), true);
    }
}
