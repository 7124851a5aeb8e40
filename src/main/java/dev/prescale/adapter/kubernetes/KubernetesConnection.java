package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connects to the API server that the process finds: the cluster it runs in, or the one of {@code KUBECONFIG}. */
public final class KubernetesConnection {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    /** Of one request: a cycle waits for it. */
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

    private KubernetesConnection() {}

    /** Whether this process runs in a cluster, or was pointed to one. A file in the home folder is not enough. */
    public static boolean isAtHand(Function<String, @Nullable String> environment) {
        return isAtHand(environment, SERVICE_ACCOUNT);
    }

    static boolean isAtHand(Function<String, @Nullable String> environment, Path serviceAccountToken) {
        String file = environment.apply("KUBECONFIG");
        return isInCluster(environment, serviceAccountToken) || (file != null && !file.isBlank());
    }

    /** Whether this process runs in a pod that has a service account. */
    public static boolean isInCluster(Function<String, @Nullable String> environment) {
        return isInCluster(environment, SERVICE_ACCOUNT);
    }

    private static boolean isInCluster(Function<String, @Nullable String> environment, Path serviceAccountToken) {
        String host = environment.apply("KUBERNETES_SERVICE_HOST");
        return host != null && !host.isBlank() && Files.isReadable(serviceAccountToken);
    }

    /**
     * A client, which connects with its first request. Its namespace is that of the pod, or of the configuration file.
     *
     * @param identity of this replica, which logs of the API server then tell
     */
    public static KubernetesClient open(String identity) {
        Config config = new ConfigBuilder(patient(Config.autoConfigure(null)))
                .withUserAgent("prescale (%s)".formatted(identity))
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The next cycle is the retry. */
    static Config patient(Config config) {
        return new ConfigBuilder(config)
                .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
    }
}
