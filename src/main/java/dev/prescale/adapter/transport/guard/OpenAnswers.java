package dev.prescale.adapter.transport.guard;

import java.util.concurrent.ConcurrentHashMap;

/** Counts the streams of events that each client has open. */
final class OpenAnswers {
    /** Of one client; half of what there is for all, so that one client leaves something for others. */
    static final int MOST = 32;

    private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();

    /** Whether the client may have one more, which counts until {@link #end}. */
    boolean begin(String client) {
        if (open.merge(client, 1, Integer::sum) <= MOST) {
            return true;
        }
        end(client);
        return false;
    }

    void end(String client) {
        open.computeIfPresent(client, (any, count) -> count == 1 ? null : count - 1);
    }

    /** Clients with streams. */
    int clients() {
        return open.size();
    }
}
