package dev.prescale.adapter.externalmetrics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cluster the same only once in ten seconds, as Kubernetes' own servers do: an HPA asks every 15 s, a hundred of them are
 * one user. No answer is not remembered. Safe for use by many threads.
 */
final class CachedReviews implements AccessReviews {
    static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** The eldest go first, so that nobody who makes names up fills the memory. */
    static final int MOST = 4_096;

    private final AccessReviews cluster;
    private final InstantSource clock;
    private final Answers<String, Optional<Caller>> owners = new Answers<>();
    private final Answers<Right, Verdict> verdicts = new Answers<>();

    private record Right(Caller caller, Access access) {}

    private record Answer<V>(V value, Instant until) {}

    CachedReviews(AccessReviews cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public Optional<Caller> ownerOf(String token) {
        return owners.get(hash(token), () -> cluster.ownerOf(token));
    }

    @Override
    public Verdict may(Caller caller, Access access) {
        return verdicts.get(new Right(caller, access), () -> cluster.may(caller, access));
    }

    /** A token itself is not kept. */
    private static String hash(String token) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    /** The lock is not held while the cluster is asked: two who ask the same at once ask twice. */
    private final class Answers<K, V> {
        private final Map<K, Answer<V>> known = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Answer<V>> eldest) {
                return size() > MOST;
            }
        };

        V get(K key, Supplier<V> question) {
            Instant now = clock.instant();
            synchronized (this) {
                @Nullable Answer<V> answer = known.get(key);
                if (answer != null && now.isBefore(answer.until())) {
                    return answer.value();
                }
            }
            V value = question.get();
            synchronized (this) {
                known.remove(key);
                known.put(key, new Answer<>(value, now.plus(REMEMBERED)));
            }
            return value;
        }
    }
}
