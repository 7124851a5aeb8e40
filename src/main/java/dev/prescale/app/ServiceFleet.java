package dev.prescale.app;

import dev.prescale.adapter.kubernetes.SpecResources;
import dev.prescale.config.Settings;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetPace;
import dev.prescale.control.RateHistory;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The fleet of the service: specifications from files, workloads and history as configured. Made when first
 * used: a demo never does, and so leaves no store behind.
 */
@ApplicationScoped
class ServiceFleet {
    // Parts of a cycle, beside the third that the history has: 1/3 + 2/5 + 1/5 leave time to journal.
    private static final double DECIDING_SHARE = 0.4;
    private static final double ACTING_SHARE = 0.2;
    private static final int ACTORS = 32;
    /** A forecast made anew takes 10 to 20 ms of a processor: these are a third of a cycle. */
    private static final int FITS_PER_PROCESSOR_AND_SECOND = 20;

    private final ServiceWorkloads workloads;
    private final ServiceStates states;
    private final BoundedWorkers deciders;
    private final BoundedWorkers actors;
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
        Fleet.Ports ports = new Fleet.Ports(
                history,
                workloads.port(),
                store.store().decisions(),
                listeners.with(workloads.listener()),
                states.store(),
                store.store().starts());
        int processors = Runtime.getRuntime().availableProcessors();
        Duration interval = settings.cycleInterval();
        this.deciders =
                new BoundedWorkers("decide", processors + workloads.threadsThatWait(), share(interval, DECIDING_SHARE));
        this.actors = new BoundedWorkers("act", ACTORS, share(interval, ACTING_SHARE));
        int mostFits = Math.toIntExact(FITS_PER_PROCESSOR_AND_SECOND * processors * interval.toSeconds());
        this.fleet =
                new Fleet(ports, brain, new FleetPace(interval, deciders, actors, mostFits, settings.mostFollowed()));
    }

    private static Duration share(Duration interval, double share) {
        return Duration.ofMillis(Math.round(share * interval.toMillis()));
    }

    @PreDestroy
    void close() {
        deciders.close();
        actors.close();
    }

    /** Whether there is no cluster, or a cycle would see what is in it. */
    boolean seesCluster() {
        return workloads.cluster().map(ServiceCluster::isTried).orElse(true);
    }

    void runCycle(Instant now) {
        fleet.runCycle(now);
        workloads.afterCycle(now);
    }

    /** When no cycle runs any more: nothing is written from here on, and other replicas take over. */
    void leaveCluster() {
        close();
        workloads.close();
    }

    Optional<ServiceCluster> cluster() {
        return workloads.cluster();
    }

    Optional<SpecResources> clusterSpecs() {
        return workloads.cluster().map(ServiceCluster::specifications);
    }

    Fleet fleet() {
        return fleet;
    }

    ServiceStates states() {
        return states;
    }

    /** Keeps what is seen of a cluster up to date. */
    void tend(Instant now) {
        workloads.tend(now);
    }

    void replaceSpecs(ServiceSpecs.Found found, Instant now) {
        workloads.replaceSpecs(found);
        fleet.replaceSpecs(found.inForce(), now);
    }
}
