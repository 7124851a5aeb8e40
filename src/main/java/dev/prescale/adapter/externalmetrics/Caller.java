package dev.prescale.adapter.externalmetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who asks.
 *
 * @param uid empty where it is not told
 */
record Caller(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    Caller {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** In the group of all who are known, to which rules about discovery are bound; a front proxy does not name it. */
    Caller amongAuthenticated() {
        if (groups.contains(AUTHENTICATED) || groups.contains(UNAUTHENTICATED)) {
            return this;
        }
        List<String> all = new ArrayList<>(groups);
        all.add(AUTHENTICATED);
        return new Caller(name, uid, all, extra);
    }
}
