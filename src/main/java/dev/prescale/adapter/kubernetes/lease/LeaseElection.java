package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.ApiFaults;
import dev.prescale.adapter.kubernetes.lease.Write.Answer;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Leadership;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Replicas of Prescale share endpoints by Leases: at most one acts for each at any time. What happens when is {@link Election}'s;
 * here are its clock, threads and requests. Safe for use by many threads.
 */
public final class LeaseElection implements Leadership, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LeaseElection.class);

    /** The longest request, and half a second from the question to the request. */
    private static final Duration SAFETY = Duration.ofMillis(5_500);

    private static final int BUCKET_WRITERS = 4;
    private static final Duration PARTING = Duration.ofSeconds(5);
    private static final int LONGEST_IDENTITY = 150;

    private final ReentrantLock lock = new ReentrantLock();
    private final Election election;
    private final NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases;
    private final LeaseWriter writer;
    private final WatchKeeper watch;
    private final ScheduledExecutorService pace =
            Executors.newSingleThreadScheduledExecutor(LeaseThreads.named("pace"));
    // renewals never wait for anything else
    private final ExecutorService renewer = Executors.newSingleThreadExecutor(LeaseThreads.named("renewal"));
    private final ExecutorService writers = Executors.newFixedThreadPool(BUCKET_WRITERS, LeaseThreads.named("bucket"));
    private final FaultLog renewals = new FaultLog(LOG, "The Lease of this replica cannot be written");
    private final FaultLog takings = new FaultLog(LOG, "Leases of buckets and of dead replicas cannot be written");
    private @Nullable ScheduledFuture<?> next;
    private @Nullable ElectionStatus said;
    private int writing;
    private boolean hasLeft;

    LeaseElection(KubernetesClient client, String namespace, String identity, ElectionSettings settings) {
        SplittableRandom random = new SplittableRandom();
        this.election = new Election(settings, () -> newId(identity, random), random.split(), System.nanoTime());
        this.leases = client.leases().inNamespace(namespace);
        this.writer = new LeaseWriter(leases, settings);
        this.watch = new WatchKeeper(
                leases,
                settings,
                random.split(),
                new Ear(),
                new FaultLog(LOG, "Leases in namespace %s cannot be watched".formatted(namespace)));
    }

    /**
     * Begins to take part. Its own requests must end within 5 s, as those that are made on {@link #actsFor} must.
     *
     * @param client not closed with this
     * @param identity for people; made unique by something at random
     * @param leaseDuration 9 s or more; rounded up to seconds
     */
    public static LeaseElection begin(
            KubernetesClient client, String namespace, String identity, Duration leaseDuration, int buckets) {
        return begin(client, namespace, identity, ElectionSettings.of(buckets, leaseDuration, SAFETY));
    }

    static LeaseElection begin(KubernetesClient client, String namespace, String identity, ElectionSettings settings) {
        LeaseElection begun = new LeaseElection(client, namespace, identity, settings);
        begun.watch.begin();
        return begun;
    }

    /** A process that is started again under the same name is another one: the buckets of the old one wait for its end. */
    private static String newId(String identity, SplittableRandom random) {
        String name = identity.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String cut = name.substring(0, Math.min(name.length(), LONGEST_IDENTITY));
        return "%s-%08x".formatted(cut, random.nextInt());
    }

    @Override
    public boolean actsFor(EndpointId endpoint) {
        lock.lock();
        try {
            return election.actsFor(endpoint, System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** Whether no other replica is there to take over. */
    public boolean isAlone() {
        return status().others() == 0;
    }

    public ElectionStatus status() {
        lock.lock();
        try {
            return election.status(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** Lets what has become due happen. */
    private void step() {
        lock.lock();
        try {
            long now = System.nanoTime();
            List<Write> due = election.due(now);
            due.forEach(this::send);
            ElectionStatus status = election.status(now);
            if (status.isDeaf()) {
                watch.begin();
            }
            say(status);
            if (next != null) {
                next.cancel(false);
            }
            next = pace.schedule(this::step, election.delay(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // nothing is to happen any more
        } finally {
            lock.unlock();
        }
    }

    private void send(Write write) {
        boolean isOwn = write instanceof Write.Enroll || write instanceof Write.Renew;
        if (!isOwn) {
            writing++;
        }
        (isOwn ? renewer : writers).execute(() -> {
            Answer answer = answerTo(write);
            FaultLog faults = isOwn ? renewals : takings;
            if (answer instanceof Write.Failed failed) {
                faults.failed(failed.reason());
            } else {
                faults.succeeded();
            }
            change(() -> {
                if (!isOwn) {
                    writing--;
                }
                election.answered(write, answer, System.nanoTime());
            });
        });
    }

    /** Whatever happens there is one: without it the write would be waited for for ever. */
    private Answer answerTo(Write write) {
        try {
            return writer.write(write, Instant.now());
        } catch (RuntimeException fault) {
            LOG.errorf(fault, "A fault of ours in %s", write);
            return new Write.Failed(fault.toString());
        }
    }

    private void change(Runnable news) {
        lock.lock();
        try {
            news.run();
        } finally {
            lock.unlock();
        }
        try {
            pace.execute(this::step);
        } catch (RejectedExecutionException closed) {
            // the news is kept for the farewells
        }
    }

    /** When it has become quiet: one line, not one per bucket. Before the first renewal there is nothing to say. */
    private void say(ElectionStatus status) {
        boolean hasBegun = said != null || status.isConfirmed();
        if (hasBegun && writing == 0 && !status.equals(said)) {
            said = status;
            LOG.info(status.sentence());
        }
    }

    private final class Ear implements LeaseWatch.Listener {
        @Override
        public void listed(List<Seen> all, long version) {
            change(() -> election.hearAll(all, version, System.nanoTime()));
        }

        @Override
        public void changed(Seen seen) {
            watch.works();
            change(() -> election.hear(seen, System.nanoTime()));
        }

        @Override
        public void deleted(Seen seen) {
            watch.works();
            change(() -> election.vanish(seen, System.nanoTime()));
        }

        @Override
        public void ended() {
            watch.begin();
        }
    }

    /** As {@link #leave}. */
    @Override
    public void close() {
        leave();
    }

    /**
     * Stops acting, and lets others take over at once. To be called when the writes that were made on {@link #actsFor} have ended.
     * Takes a few requests, and some seconds where the API server does not answer. Of several that leave together the last one
     * is told that it is: whoever is still there is asked for after the own Lease was deleted.
     *
     * @return whether nobody is left who takes over; false where that cannot be told, and when called again
     */
    public boolean leave() {
        lock.lock();
        try {
            if (hasLeft) {
                return false;
            }
            hasLeft = true;
            election.leave();
        } finally {
            lock.unlock();
        }
        watch.close();
        pace.shutdownNow();
        renewer.shutdown();
        writers.shutdown();
        if (!isOver(renewer) || !isOver(writers)) {
            return false;
        }
        try {
            for (Write farewell : election.farewells()) {
                if (writer.write(farewell, Instant.now()) instanceof Write.Failed) {
                    return false;
                }
            }
            writer.resign(election.id());
            LeaseWatch.Listed left = LeaseWatch.list(leases);
            election.hearAll(left.all(), left.version(), System.nanoTime());
            return election.status(System.nanoTime()).others() == 0;
        } catch (KubernetesClientException fault) {
            LOG.infof("The Lease of this replica was left to expire: %s", ApiFaults.sentence(fault));
            return false;
        }
    }

    private static boolean isOver(ExecutorService threads) {
        try {
            return threads.awaitTermination(PARTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
