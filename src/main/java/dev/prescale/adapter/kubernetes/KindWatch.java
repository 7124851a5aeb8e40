package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One kind, watched in one namespace or in all. The informer itself goes on after a watch that ended, and lists anew where the
 * API server has forgotten what came since. Here is what it cannot do: whatever stops it, a new one is begun after a
 * {@link Backoff}, and one whose watch does not come back within {@link #LONGEST_BREAK} is replaced by one that lists.
 *
 * <p>What was read stays while the API server does not answer. Where it refuses for longer than {@link #LONGEST_BREAK}, nothing is known
 * any more: a server that starts may refuse for a moment what it will allow. {@link #tend} is called every few seconds.
 */
final class KindWatch<T extends HasMetadata> {
    private static final Logger LOG = Logger.getLogger(KindWatch.class);

    static final Duration LONGEST_BREAK = Duration.ofMinutes(1);

    /** Objects to a page: a list of a large cluster must not be in memory as a whole. */
    private static final long PAGE = 500;

    /** Of one page; nobody waits for it. */
    private static final int REQUEST_TIMEOUT_MILLIS = 30_000;

    private static final Duration FIRST_RECONNECT = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final WatchedKind<T> kind;
    private final String namespace;
    private final RandomGenerator chance;
    private final ObjectStore<T> objects;
    private final Backoff backoff;
    private @Nullable SharedIndexInformer<T> informer;
    private volatile @Nullable SharedIndexInformer<T> started;
    private Instant begunAt = Instant.MIN;
    private Instant nextTry = Instant.MIN;
    private @Nullable Instant refusedSince;
    private volatile @Nullable Instant brokenSince;
    private volatile @Nullable Throwable fault;
    private volatile boolean isRead;
    private volatile boolean isAbsent;
    private volatile String trouble = "";

    /** @param namespace empty for all */
    KindWatch(KubernetesClient client, WatchedKind<T> kind, String namespace, RandomGenerator chance) {
        this.client = client;
        this.kind = kind;
        this.namespace = namespace;
        this.chance = chance;
        this.objects = new ObjectStore<>(kind.trim(), kind.index(), kind.tracker());
        this.backoff = new Backoff(chance);
    }

    ObjectStore<T> objects() {
        return objects;
    }

    /** Why {@link #objects} says nothing; empty where it has what was there when it was last heard of. */
    Optional<String> blindness() {
        return isRead
                ? Optional.empty()
                : Optional.of(
                        trouble.isEmpty() ? "%s are being read for the first time".formatted(kind.api()) : trouble);
    }

    /** Whether the API server says that there is no such kind. */
    boolean isAbsent() {
        return isAbsent;
    }

    /** Whether it has been tried, with whatever result. */
    boolean isTried() {
        return isRead || !trouble.isEmpty();
    }

    /** Since when nothing was heard of the API server; null where it is listened to or refuses. */
    @Nullable
    Instant brokenSince() {
        return brokenSince;
    }

    /** What came of the last request, empty where it went well. */
    String trouble() {
        return trouble;
    }

    synchronized void tend(Instant now) {
        SharedIndexInformer<T> present = informer;
        if (present == null) {
            if (!now.isBefore(nextTry)) {
                begin(now);
            }
        } else if (!present.isRunning()) {
            end(present);
            failed(now);
        } else if (present.isWatching()) {
            works();
        } else if (present == started) {
            Instant since = broken(now);
            if (now.isAfter(since.plus(LONGEST_BREAK)) && now.isAfter(begunAt.plus(LONGEST_BREAK))) {
                end(present);
                begin(now);
            }
        }
    }

    private void begin(Instant now) {
        RequestConfig patience = new RequestConfigBuilder(
                        client.getConfiguration().getRequestConfig())
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withWatchReconnectInterval(Backoff.spread(FIRST_RECONNECT, chance))
                .build();
        SharedIndexInformer<T> next = kind.in(client.newClient(patience).adapt(KubernetesClient.class), namespace)
                .withLimit(PAGE)
                .runnableInformer(0)
                .itemStore(objects.newWriter())
                .exceptionHandler((isStarted, failure) -> {
                    fault = failure;
                    return false;
                });
        begunAt = now;
        fault = null;
        informer = next;
        next.start().thenRun(() -> {
            started = next;
            isRead = true;
            isAbsent = false;
            trouble = "";
        });
    }

    private void end(SharedIndexInformer<T> ended) {
        ended.stop();
        informer = null;
    }

    private void works() {
        backoff.succeeded();
        refusedSince = null;
        brokenSince = null;
        trouble = "";
    }

    private Instant broken(Instant now) {
        Instant since = brokenSince;
        if (since == null) {
            since = now;
            brokenSince = since;
        }
        return since;
    }

    private void failed(Instant now) {
        nextTry = backoff.next(now);
        Throwable failure = fault;
        KubernetesClientException said = ApiFaults.in(failure);
        if (said == null || !ApiFaults.isRefusal(said)) {
            broken(now);
            trouble = ApiFaults.sentence(failure);
            return;
        }
        brokenSince = null;
        if (refusedSince == null) {
            refusedSince = now;
        }
        if (isRead && now.isBefore(refusedSince.plus(LONGEST_BREAK))) {
            return;
        }
        isRead = false;
        isAbsent = ApiFaults.isNotFound(said);
        String reason = refusal(said);
        if (isAbsent) {
            objects.clear();
        }
        if (!reason.equals(trouble)) {
            trouble = reason;
            LOG.logf(
                    kind.isOptional() && isAbsent ? Logger.Level.INFO : Logger.Level.WARN,
                    "Not watched: %s; it is tried again",
                    reason);
        }
    }

    private String refusal(KubernetesClientException said) {
        if (ApiFaults.isNotFound(said)) {
            return "the cluster has no kind %s in %s"
                    .formatted(kind.api().kind(), kind.api().apiVersion());
        }
        return "%s (%s of %s)"
                .formatted(ApiFaults.sentence(said), ApiFaults.isOfAWatch(said) ? "watch" : "list", kind.api());
    }

    synchronized void close() {
        if (informer != null) {
            end(informer);
        }
        objects.clear();
        isRead = false;
        isAbsent = false;
        trouble = "";
        brokenSince = null;
        refusedSince = null;
        nextTry = Instant.MIN;
    }
}
