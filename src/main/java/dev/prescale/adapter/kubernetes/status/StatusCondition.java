package dev.prescale.adapter.kubernetes.status;

import java.time.Instant;
import java.util.Set;

/**
 * One aspect of an endpoint, in the form that conditions have in Kubernetes.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason why, one word in CamelCase
 * @param message why, a sentence
 * @param observedGeneration of the resource
 * @param since when the status last changed
 */
record StatusCondition(
        String type, String status, String reason, String message, long observedGeneration, Instant since) {
    static final String READY = "Ready";
    static final String HISTORY_AVAILABLE = "HistoryAvailable";
    static final String FORECAST_TRUSTED = "ForecastTrusted";
    static final String ACTING = "Acting";
    static final String CONFLICT = "Conflict";

    /** Others may have conditions of their own. */
    static final Set<String> OURS = Set.of(READY, HISTORY_AVAILABLE, FORECAST_TRUSTED, ACTING, CONFLICT);

    static final String TRUE = "True";
    static final String FALSE = "False";

    boolean isTrue() {
        return status.equals(TRUE);
    }

    StatusCondition since(Instant other) {
        return new StatusCondition(type, status, reason, message, observedGeneration, other);
    }

    /** Whether it says the same, in whatever words. */
    boolean isLike(StatusCondition other) {
        return status.equals(other.status) && reason.equals(other.reason);
    }
}
