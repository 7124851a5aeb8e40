package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** What an API server's refusal or silence means, for people. */
public final class ApiFaults {
    private static final int LONGEST = 200;

    private ApiFaults() {}

    public static String sentence(KubernetesClientException fault) {
        if (isSilence(fault)) {
            return "the Kubernetes API server does not answer: " + cause(fault);
        }
        String said = fault.getStatus() == null ? null : fault.getStatus().getMessage();
        String detail = said == null || said.isBlank() ? "" : ": " + shortened(said);
        return switch (fault.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the Kubernetes API server does not accept our credentials (401)";
            case HttpURLConnection.HTTP_FORBIDDEN -> "the Kubernetes API server forbids it (403)" + detail;
            default -> "the Kubernetes API server answers " + fault.getCode() + detail;
        };
    }

    /** Of whatever stopped a watch. */
    static String sentence(@Nullable Throwable failure) {
        KubernetesClientException said = in(failure);
        if (said != null) {
            return sentence(said);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException silence) {
                return sentence(new KubernetesClientException("", silence));
            }
        }
        return "what the Kubernetes API server says cannot be read: " + shortened(String.valueOf(failure));
    }

    /** Whether there was no answer at all, in contrast to a refusal. */
    public static boolean isSilence(KubernetesClientException fault) {
        return fault.getCode() <= 0;
    }

    public static boolean isNotFound(KubernetesClientException fault) {
        return fault.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** Whether it answered, and will answer the same until someone changes something: what it does not let us, or does not have. */
    static boolean isRefusal(KubernetesClientException fault) {
        return switch (fault.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_NOT_FOUND -> true;
            default -> false;
        };
    }

    /** Whether it was the request of a watch, as far as the client tells. */
    static boolean isOfAWatch(KubernetesClientException fault) {
        return fault.getMessage() != null && fault.getMessage().contains("watch=true");
    }

    /** The client's fault among the causes; null where there is none. */
    static @Nullable KubernetesClientException in(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException said) {
                return said;
            }
        }
        return null;
    }

    public static boolean isConflict(KubernetesClientException fault) {
        return fault.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    /** The outermost fault of the connection: those inside speak of channels. */
    private static String cause(KubernetesClientException fault) {
        Throwable cause = fault;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        String name = cause.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : shortened(name + ": " + message);
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
    }
}
