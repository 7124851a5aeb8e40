package dev.prescale.adapter.kubernetes.lease;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says that something does not work when it begins, when it becomes something else, and when it is over. */
final class FaultLog {
    private final Logger log;
    private final String what;
    private @Nullable String last;

    /** @param what does not work: the begin of a sentence */
    FaultLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    synchronized void failed(String reason) {
        if (!reason.equals(last)) {
            last = reason;
            log.warnf("%s: %s", what, reason);
        }
    }

    synchronized void succeeded() {
        if (last != null) {
            last = null;
            log.infof("%s: over", what);
        }
    }
}
