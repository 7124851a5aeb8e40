package dev.prescale.adapter.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether the API server is listened to, over all watches: one line in the log when that changes, however many there are. */
final class Outage {
    private static final Logger LOG = Logger.getLogger(Outage.class);

    /** A watch ends every few minutes and comes back within seconds: that is no outage. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private @Nullable Instant since;
    private volatile String sentence = "";

    /** What people should know of it; empty where all is well. */
    Optional<String> sentence() {
        return sentence.isEmpty() ? Optional.empty() : Optional.of(sentence);
    }

    void look(Collection<? extends KindWatch<?>> watches, Instant now) {
        Instant earliest = watches.stream()
                .map(KindWatch::brokenSince)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        if (earliest == null) {
            if (since != null) {
                LOG.infof(
                        "The Kubernetes API server is listened to again, after %d s",
                        Duration.between(since, now).toSeconds());
            }
            since = null;
            sentence = "";
        } else if (since == null && !now.isBefore(earliest.plus(SHORTEST))) {
            since = earliest;
            sentence = "nothing is heard of the Kubernetes API server since %s%s; what was last seen counts meanwhile"
                    .formatted(earliest, reason(watches));
            LOG.warn(sentence);
        }
    }

    private static String reason(Collection<? extends KindWatch<?>> watches) {
        return watches.stream()
                .filter(watch -> watch.brokenSince() != null && !watch.trouble().isEmpty())
                .findFirst()
                .map(watch -> " (" + watch.trouble() + ")")
                .orElse("");
    }
}
