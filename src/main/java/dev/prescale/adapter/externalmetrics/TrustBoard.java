package dev.prescale.adapter.externalmetrics;

import dev.prescale.adapter.externalmetrics.TrustSource.Unreadable;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed at present: read anew from time to time, so that a change takes effect. What was known stays where
 * it cannot be read. Safe for use by many threads.
 */
final class TrustBoard {
    private static final Logger LOG = Logger.getLogger(TrustBoard.class);

    private final TrustSource source;
    private volatile State state = new State(null, "it has not been read yet");

    private record State(@Nullable ClientTrust trust, String fault) {}

    TrustBoard(TrustSource source) {
        this.source = source;
    }

    void refresh() {
        State before = state;
        try {
            ClientTrust trust = source.read();
            state = new State(trust, "");
            if (!trust.equals(before.trust())) {
                LOG.infof(
                        "Certificates of %d issuers of front proxies and %d of users are believed for external metrics",
                        trust.frontProxies().size(), trust.clients().size());
            }
        } catch (Unreadable unreadable) {
            String fault = String.valueOf(unreadable.getMessage());
            state = new State(before.trust(), fault);
            if (!fault.equals(before.fault())) {
                LOG.warnf("Whose certificates to believe for external metrics cannot be read: %s", fault);
            }
        }
    }

    boolean isKnown() {
        return state.trust() != null;
    }

    /** @throws ApiFault where it has never been read */
    ClientTrust trust() {
        State present = state;
        if (present.trust() == null) {
            throw ApiFault.ofUnavailable("Whose certificates to believe is not known: %s.".formatted(present.fault()));
        }
        return present.trust();
    }
}
