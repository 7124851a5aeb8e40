package dev.prescale.adapter.transport.guard;

import java.util.HashMap;
import java.util.Map;

/** Counts what each client has open of something that is dear, so that one client leaves something for others. */
final class OpenAnswers {
    private final int mostOfOne;
    private final int mostOfAll;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;

    OpenAnswers(int mostOfOne, int mostOfAll) {
        this.mostOfOne = mostOfOne;
        this.mostOfAll = mostOfAll;
    }

    /** Whether the client may have one more, which counts until {@link #end}. */
    synchronized boolean begin(String client) {
        int present = open.getOrDefault(client, 0);
        if (present >= mostOfOne || all >= mostOfAll) {
            return false;
        }
        open.put(client, present + 1);
        all++;
        return true;
    }

    synchronized void end(String client) {
        Integer present = open.get(client);
        if (present == null) {
            return;
        }
        all--;
        if (present == 1) {
            open.remove(client);
        } else {
            open.put(client, present - 1);
        }
    }

    /** Clients that have something open. */
    synchronized int clients() {
        return open.size();
    }
}
