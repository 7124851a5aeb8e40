package dev.prescale.adapter.kubernetes.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Begins a new watch wherever one has ended or shows nothing, at growing distances while that fails. */
final class WatchKeeper implements AutoCloseable {
    private final NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases;
    private final ElectionSettings settings;
    private final RandomGenerator jitter;
    private final LeaseWatch.Listener listener;
    private final FaultLog faults;
    private final ScheduledExecutorService thread;
    private @Nullable LeaseWatch current;
    private int failures;
    private boolean isAwaited;

    WatchKeeper(
            NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases,
            ElectionSettings settings,
            RandomGenerator jitter,
            LeaseWatch.Listener listener,
            FaultLog faults) {
        this.leases = leases;
        this.settings = settings;
        this.jitter = jitter;
        this.listener = listener;
        this.faults = faults;
        this.thread = Executors.newSingleThreadScheduledExecutor(LeaseThreads.named("watch"));
    }

    /** Begins another one, unless that is already about to happen. */
    synchronized void begin() {
        if (!isAwaited && !thread.isShutdown()) {
            isAwaited = true;
            long wait = failures == 0 ? 0 : settings.retry(failures) / 2 + jitter.nextLong(settings.retry(failures));
            thread.schedule(this::open, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void open() {
        close(current);
        LeaseWatch watch = new LeaseWatch(leases, listener, faults::failed);
        current = watch;
        boolean hasBegun = watch.begin();
        synchronized (this) {
            isAwaited = false;
            // one that begins and ends at once must not begin at once again
            failures++;
        }
        if (hasBegun) {
            faults.succeeded();
        } else {
            begin();
        }
    }

    /** It works: what it shows was seen. */
    synchronized void works() {
        failures = 0;
    }

    private static void close(@Nullable LeaseWatch watch) {
        if (watch != null) {
            watch.close();
        }
    }

    @Override
    public void close() {
        // its own thread closes it, after whatever it is about
        thread.execute(() -> close(current));
        thread.shutdown();
    }
}
