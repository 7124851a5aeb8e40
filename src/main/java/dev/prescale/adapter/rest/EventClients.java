package dev.prescale.adapter.rest;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A bounded number of clients of server-sent events. Each looks at its own pace (twice a second) whether there is something newer,
 * so that neither a fast source nor a slow client can fill a queue: a client that is behind gets the newest state and misses
 * those between.
 */
final class EventClients {
    static final Duration LOOK_EVERY = Duration.ofMillis(500);

    static final int MOST = 64;

    private final AtomicInteger clients = new AtomicInteger();
    private volatile boolean ended;

    /**
     * Events for one more client; a 429 problem where there are too many.
     *
     * @param look what is newer than at the look before, by one thread at a time; the first one comes at once
     */
    <E> Multi<E> looking(Supplier<Optional<E>> look) {
        if (clients.incrementAndGet() > MOST) {
            clients.decrementAndGet();
            throw ProblemException.ofBusy(
                    "There are %d clients of these events already.".formatted(MOST), Duration.ofSeconds(30));
        }
        return Multi.createFrom()
                .ticks()
                .startingAfter(Duration.ofMillis(1))
                .every(LOOK_EVERY)
                .onOverflow()
                .drop()
                .select()
                .first(tick -> !ended)
                .map(tick -> look.get())
                .filter(Optional::isPresent)
                .map(Optional::get)
                .onTermination()
                .invoke(() -> clients.decrementAndGet());
    }

    /** Ends all streams at their next look: one that stays open would hold up the end of the service. */
    void end() {
        ended = true;
    }

    int count() {
        return clients.get();
    }

    /** Counts the looks of one client that found nothing. */
    static final class Silence {
        /** A heartbeat after 15 s of silence, below the 30 to 60 s after which proxies cut a silent connection. */
        static final int LOOKS_PER_HEARTBEAT = 30;

        private int looks;

        void broken() {
            looks = 0;
        }

        /** Whether it has lasted so long that a heartbeat is due. */
        boolean lastsTooLong() {
            looks = (looks + 1) % LOOKS_PER_HEARTBEAT;
            return looks == 0;
        }
    }
}
