package dev.prescale.adapter.kubernetes.status;

import dev.prescale.config.Violation;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import dev.prescale.control.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status and the events of endpoints that are resources, on a thread of its own: whoever tells it something never waits.
 * After each cycle it looks at all endpoints once, with at most ten writes a second after a burst of fifty.
 */
public final class StatusWriter implements FleetListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatusWriter.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final StatusRound round;
    private final InstantSource clock;
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Map<EndpointId, EndpointSnapshot> snapshots = Map.of();
    private volatile Map<EndpointId, List<Violation>> notInForce = Map.of();
    private volatile Map<EndpointId, EndpointConflict> conflicts = Map.of();

    StatusWriter(StatusRound round, InstantSource clock) {
        this.round = round;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("prescale-status").unstarted(this::run);
    }

    /**
     * Begins to write.
     *
     * @param client not closed with this
     * @param identity of this replica of Prescale, such as the name of its pod
     */
    public static StatusWriter begin(
            KubernetesClient client,
            ResourceLookup resources,
            Leadership leadership,
            String identity,
            InstantSource clock) {
        StatusRound round = new StatusRound(
                resources,
                leadership,
                new KubernetesStatusCalls(client, identity),
                RandomGenerator.of("L64X128MixRandom"));
        StatusWriter writer = new StatusWriter(round, clock);
        writer.thread.start();
        return writer;
    }

    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> all) {
        Map<EndpointId, EndpointSnapshot> next = new HashMap<>();
        all.forEach(snapshot -> next.put(snapshot.spec().id(), snapshot));
        snapshots = next;
        news.release();
    }

    /** Says which resources are not in force as they are now, and why; an earlier version of one may be. */
    public void notInForce(Map<EndpointId, List<Violation>> faults) {
        notInForce = Map.copyOf(faults);
        news.release();
    }

    /** Says who else wants to scale the workloads of which endpoints; told with the next cycle. */
    public void conflicts(Map<EndpointId, EndpointConflict> all) {
        conflicts = Map.copyOf(all);
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                news.acquire();
                news.drainPermits();
                lookAtAll();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at all endpoints, as slowly as writes may go. */
    void lookAtAll() throws InterruptedException {
        SortedSet<EndpointId> endpoints = new TreeSet<>(snapshots.keySet());
        endpoints.addAll(notInForce.keySet());
        round.retain(endpoints);
        for (EndpointId endpoint : endpoints) {
            Duration wait = round.wait(clock.instant());
            if (closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            Instant now = clock.instant();
            if (round.rests(now)) {
                return;
            }
            try {
                round.look(endpoint, (generation, at) -> facts(endpoint, generation, at), now);
            } catch (RuntimeException fault) {
                LOG.errorf(fault, "The status of %s cannot be told", endpoint);
            }
        }
    }

    private @Nullable EndpointFacts facts(EndpointId endpoint, long generation, Instant now) {
        EndpointSnapshot snapshot = snapshots.get(endpoint);
        List<Violation> faults = notInForce.getOrDefault(endpoint, List.of());
        return snapshot == null && faults.isEmpty()
                ? null
                : new EndpointFacts(now, generation, snapshot, faults, conflicts.get(endpoint));
    }

    /** Ends within two seconds; what has not been written is written by whoever acts next. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(LONGEST_END);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
