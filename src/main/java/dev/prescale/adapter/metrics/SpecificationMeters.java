package dev.prescale.adapter.metrics;

import dev.prescale.config.SpecFaultsView;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code prescale_specification_faults}: what is wrong with specifications, as of the last cycle. */
@ApplicationScoped
class SpecificationMeters implements FleetListener {
    private final SpecFaultsView specifications;
    private final AtomicInteger faults = new AtomicInteger();

    SpecificationMeters(SpecFaultsView specifications, MeterRegistry registry) {
        this.specifications = specifications;
        registry.gauge("prescale.specification.faults", faults);
    }

    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        faults.set(specifications.faults().size());
    }
}
