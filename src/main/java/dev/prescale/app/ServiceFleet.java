package dev.prescale.app;

import dev.prescale.config.Settings;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.RateHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fleet of the service: specifications from files, workloads and history as configured. Made when first
 * used: a demo never does, and so leaves no store behind.
 */
@ApplicationScoped
class ServiceFleet {
    private final ServiceWorkloads workloads;
    private final ServiceStates states;
    private final Fleet fleet;

    ServiceFleet(
            Settings settings,
            Fleet.Brain brain,
            RateHistory history,
            ServiceStore store,
            ServiceWorkloads workloads,
            FleetListeners listeners) {
        this.workloads = workloads;
        this.states = ServiceStates.of(settings);
        Fleet.Ports ports =
                new Fleet.Ports(history, workloads.port(), store.store().decisions(), listeners.all(), states.store());
        this.fleet = new Fleet(ports, brain, settings.cycleInterval());
    }

    Fleet fleet() {
        return fleet;
    }

    ServiceStates states() {
        return states;
    }

    void replaceSpecs(List<EndpointSpec> specs, Instant now) {
        Map<EndpointId, EndpointSpec> byId =
                specs.stream().collect(Collectors.toMap(EndpointSpec::id, Function.identity()));
        workloads.replaceSpecs(byId);
        fleet.replaceSpecs(specs, now);
    }
}
