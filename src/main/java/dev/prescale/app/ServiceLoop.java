package dev.prescale.app;

import dev.prescale.adapter.metrics.FleetMeters;
import dev.prescale.adapter.sqlite.JournalPruning;
import dev.prescale.config.Settings;
import dev.prescale.config.SpecFault;
import dev.prescale.control.EndpointId;
import dev.prescale.control.MeasuredLeadTime;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;

/**
 * The pace of the service: specifications every two seconds, a cycle every fifteen, states and pruning every hour. Where time is
 * simulated a cycle follows the one before, and time with it.
 */
@Singleton
class ServiceLoop {
    private static final Logger LOG = Logger.getLogger(ServiceLoop.class);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private final ServiceFleet service;
    private final ServiceStore store;
    private final InstantSource clock;
    private final FleetMeters meters;
    private final Duration retention;
    private final Duration interval;
    private final Settings.Journal journal;
    private final FilePauses pauses;
    private final ServiceSpecs specs;
    private final ReentrantLock cycling = new ReentrantLock();
    private volatile boolean begun;
    private volatile boolean hasLooked;

    ServiceLoop(ServiceFleet service, ServiceStore store, InstantSource clock, FleetMeters meters, Settings settings) {
        this.service = service;
        this.store = store;
        this.clock = clock;
        this.meters = meters;
        this.retention = settings.retention();
        this.interval = settings.cycleInterval();
        this.journal = settings.journal();
        this.pauses = new FilePauses(() -> store.store().pauses());
        this.specs = new ServiceSpecs(settings.endpoints(), service::clusterSpecs, pauses);
    }

    /** Begins at once and beside the start: the scheduler looks at its triggers a second later, a history may be slow. */
    void begin(
            @Observes StartupEvent event,
            ManagedExecutor executor,
            @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true") boolean isEnabled) {
        if (DemoRunner.running() != null || !isEnabled) {
            return;
        }
        begun = true;
        if (!specs.areThere()) {
            LOG.warn(
                    "PRESCALE_ENDPOINTS is not set, and there is no Kubernetes: there are no endpoints, only the stateless API");
        }
        executor.execute(() -> {
            lookAround();
            hasLooked = true;
            if (clock instanceof SteppedClock stepped) {
                stepped.runThrough(this::runOneCycle);
            } else {
                runCycle();
            }
        });
    }

    /** Watches have something to say a moment after they begin: a first cycle before would see nothing. */
    private void lookAround() {
        long end = System.nanoTime() + LONGEST_LOOK.toNanos();
        readSpecs();
        while (!service.seesCluster() && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return;
            }
            readSpecs();
        }
    }

    /** A demo brings its own pace. */
    public static final class InDemo implements Scheduled.SkipPredicate {
        @Override
        public boolean test(ScheduledExecution execution) {
            return DemoRunner.running() != null;
        }
    }

    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = InDemo.class)
    synchronized void readSpecs() {
        Instant now = clock.instant();
        service.tend(now);
        specs.poll(now).ifPresent(this::specsChanged);
    }

    @Scheduled(
            every = "${prescale.cycle-interval:15s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = InDemo.class)
    void runCycle() {
        // a cycle before the specifications have been read would make the service ready to answer that there are none
        if (clock instanceof SteppedClock || !hasLooked || !cycling.tryLock()) {
            return; // simulated time has steps of its own; or the very first one, which the start began, still runs
        }
        try {
            runOneCycle();
        } finally {
            cycling.unlock();
        }
    }

    private void runOneCycle() {
        Instant begin = clock.instant();
        meters.timeCycle(() -> service.runCycle(begin));
        Duration took = Duration.between(begin, clock.instant());
        if (took.compareTo(interval) > 0) {
            meters.countOverrun();
            LOG.warnf(
                    "A cycle took %.1f s, longer than the %d s between cycles: the next one begins late",
                    took.toMillis() / 1000.0, interval.toSeconds());
        }
    }

    @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = InDemo.class)
    void prune() {
        Instant now = clock.instant();
        int samples = store.store().samples().pruneBefore(now.minus(retention));
        JournalPruning.Pruned decisions =
                store.store().decisions().prune(now.minus(journal.retention()), journal.mostRecords());
        store.store().starts().pruneBefore(now.minus(MeasuredLeadTime.REMEMBERED));
        service.states().prune(now);
        LOG.debugf("Removed %d samples older than %s, and decisions: %s", samples, retention, decisions);
    }

    private void specsChanged(ServiceSpecs.Found found) {
        service.replaceSpecs(found, clock.instant());
        LOG.infof("%d endpoint specifications are in force", found.inForce().size());
        found.faults().forEach(fault -> LOG.warnf("Not in force: %s", fault));
        found.conflicts()
                .forEach((id, older) -> LOG.warnf("%s does not act: %s has the same target and is older", id, older));
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = InDemo.class)
    void saveStates() {
        service.states().saveDue(service.fleet(), clock.instant());
    }

    /** Only of a service that has begun: to ask for the fleet of another would make it. */
    void end(@Observes ShutdownEvent event) {
        if (clock instanceof SteppedClock stepped) {
            stepped.stop();
        }
        if (begun) {
            cycling.lock(); // and never let go: the cycle that runs is the last one
            service.leaveCluster();
            service.states().saveAll(service.fleet());
        }
    }

    ServiceSpecs specs() {
        return specs;
    }

    /** Of endpoints whose specifications are files; in force when {@link #readSpecs} has run. */
    FilePauses pauses() {
        return pauses;
    }

    /** The specification in force as text. */
    Optional<String> specText(EndpointId endpoint) {
        return specs.textOf(endpoint);
    }

    /** What is wrong with specification files at present. */
    List<SpecFault> specFaults() {
        return specs.found().faults();
    }
}
