package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.ApiFaults;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a write did not happen.
 *
 * @param message the server's own, empty where there is none
 * @param owners others who own what was to be applied, as the server names them
 * @param retryAfter for how long the server wants nothing; null where it does not say
 */
record WriteFault(
        Kind kind,
        KubernetesClientException exception,
        String message,
        List<String> owners,
        @Nullable Duration retryAfter) {
    /** Where a server is overloaded and does not say for how long. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

    /** What a server says beyond that is not believed. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    enum Kind {
        /** What the decision was made on is not there any more: the next one is made on what is. */
        OUT_OF_DATE,
        /** Somebody else owns the field. */
        OWNED,
        /** The role lacks a verb. */
        NO_RIGHT,
        MISSING,
        /** Too many requests. */
        OVERLOAD,
        /** No answer. */
        SILENCE,
        /** Any other answer. */
        REFUSAL
    }

    /** @param lastRetryAfter that the server has said by a header, null where it has not */
    static WriteFault of(KubernetesClientException fault, @Nullable Duration lastRetryAfter) {
        Status status = fault.getStatus();
        String message = status == null || status.getMessage() == null ? "" : status.getMessage();
        List<StatusCause> causes = status == null
                        || status.getDetails() == null
                        || status.getDetails().getCauses() == null
                ? List.of()
                : status.getDetails().getCauses();
        List<String> owners = causes.stream()
                .filter(cause -> "FieldManagerConflict".equals(cause.getReason()))
                .map(StatusCause::getMessage)
                .toList();
        return new WriteFault(
                kind(fault, message, causes, owners), fault, message, owners, retryAfter(fault, lastRetryAfter));
    }

    private static Kind kind(
            KubernetesClientException fault, String message, List<StatusCause> causes, List<String> owners) {
        if (ApiFaults.isSilence(fault)) {
            return Kind.SILENCE;
        }
        return switch (fault.getCode()) {
            case CONFLICT -> owners.isEmpty() ? Kind.OUT_OF_DATE : Kind.OWNED;
            // a test that failed is answered without any detail, what is invalid is named
            case UNPROCESSABLE -> causes.isEmpty() ? Kind.OUT_OF_DATE : Kind.REFUSAL;
            case ApiWrites.OVERLOADED -> Kind.OVERLOAD;
            // an admission controller may forbid too
            case FORBIDDEN -> message.contains("cannot patch resource") ? Kind.NO_RIGHT : Kind.REFUSAL;
            case NOT_FOUND -> Kind.MISSING;
            default -> Kind.REFUSAL;
        };
    }

    private static @Nullable Duration retryAfter(KubernetesClientException fault, @Nullable Duration said) {
        if (fault.getCode() != ApiWrites.OVERLOADED && fault.getCode() != ApiWrites.UNAVAILABLE) {
            return null;
        }
        Status status = fault.getStatus();
        Integer seconds = status == null || status.getDetails() == null
                ? null
                : status.getDetails().getRetryAfterSeconds();
        Duration wait = seconds != null && seconds > 0 ? Duration.ofSeconds(seconds) : said;
        if (wait == null) {
            return fault.getCode() == ApiWrites.OVERLOADED ? SHORT_WAIT : null;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /**
     * @param what that was to be written, such as {@code Deployment inference/chat}
     * @param resource that a right is needed for, such as {@code deployments/scale in apps}
     */
    String sentence(String what, String resource) {
        return switch (kind) {
            case OUT_OF_DATE ->
                "%s has changed meanwhile (%d): the next cycle decides anew".formatted(what, exception.getCode());
            case OWNED -> "%s is not changed: %s (409)".formatted(what, String.join(", ", owners));
            case NO_RIGHT ->
                "%s may not be changed (403): the role of Prescale lacks the verb patch on %s"
                        .formatted(what, resource);
            case MISSING -> "there is no %s in the cluster (404)".formatted(what);
            case OVERLOAD ->
                "the Kubernetes API server is overloaded (429): nothing is written for %d s"
                        .formatted(retryAfter == null ? 0 : retryAfter.toSeconds());
            case SILENCE, REFUSAL -> ApiFaults.sentence(exception);
        };
    }
}
