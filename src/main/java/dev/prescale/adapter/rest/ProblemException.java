package dev.prescale.adapter.rest;

import dev.prescale.config.Violation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    ProblemException(Problem problem) {
        this(problem, null);
    }

    private ProblemException(Problem problem, @Nullable Duration retryAfter) {
        // No stack trace: a client's fault is not a fault of ours, and nobody reads where it was found.
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    static ProblemException ofStatus(int status, String detail) {
        return new ProblemException(Problem.ofStatus(status, detail));
    }

    static ProblemException ofInvalidInput(List<Violation> violations) {
        return new ProblemException(Problem.ofInvalidInput(violations));
    }

    /**
     * Too many at a time. Not 503: the service is well and says no to one more, as the API server of Kubernetes does, and who watches
     * for a failing service must not see one.
     */
    static ProblemException ofBusy(String detail, Duration retryAfter) {
        return new ProblemException(Problem.ofStatus(429, detail), retryAfter);
    }

    /** Not now: the same request may succeed later. */
    static ProblemException ofUnavailable(String detail, Duration retryAfter) {
        return new ProblemException(Problem.ofStatus(503, detail), retryAfter);
    }

    Problem problem() {
        return problem;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
