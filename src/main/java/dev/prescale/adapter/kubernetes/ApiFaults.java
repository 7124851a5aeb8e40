package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What an API server's refusal or silence means, for people. */
final class ApiFaults {
    private static final int LONGEST = 200;

    private ApiFaults() {}

    static String sentence(KubernetesClientException fault) {
        return switch (fault.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the Kubernetes API server does not accept our credentials (401)";
            case HttpURLConnection.HTTP_FORBIDDEN -> "the Kubernetes API server forbids it (403): " + message(fault);
            case 0 -> "the Kubernetes API server does not answer: " + message(fault);
            default -> "the Kubernetes API server answers %d: %s".formatted(fault.getCode(), message(fault));
        };
    }

    static boolean isNotFound(KubernetesClientException fault) {
        return fault.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** The deepest message, which is the one that says why. */
    private static String message(KubernetesClientException fault) {
        if (fault.getStatus() != null && fault.getStatus().getMessage() != null) {
            return shortened(fault.getStatus().getMessage());
        }
        Throwable deepest = fault;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return shortened(
                message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message);
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
    }
}
