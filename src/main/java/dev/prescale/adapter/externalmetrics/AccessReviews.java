package dev.prescale.adapter.externalmetrics;

import java.util.Optional;

/** Port: what the cluster says about who asks. May wait for it. */
interface AccessReviews {
    /** What is to be done. */
    sealed interface Access {
        /** A resource here is a metric. */
        record OfMetric(String namespace, String metric) implements Access {}

        record OfPath(String path) implements Access {}
    }

    /** @param reason of a refusal, for people; may be empty */
    record Verdict(boolean isAllowed, String reason) {}

    /** The cluster says nothing. Its message is a sentence. */
    final class Unanswered extends RuntimeException {
        Unanswered(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * Whose token it is; empty where it is nobody's.
     *
     * @throws Unanswered where the cluster does not answer
     */
    Optional<Caller> ownerOf(String token);

    /** @throws Unanswered where the cluster does not answer */
    Verdict may(Caller caller, Access access);
}
