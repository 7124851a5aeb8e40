package dev.prescale.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The listener of the External Metrics API.
 *
 * @param certificate PEM file of what it shows, with those between it and its issuer
 * @param key PEM file of its key
 * @param clientCa PEM file of the issuers of front proxies' certificates; empty for what the cluster says
 */
public record ExternalMetrics(int port, Path certificate, Path key, Optional<Path> clientCa) {
    private static final ValueType<String> FILE = ValueTypes.text(4_000);

    static final Key<Integer> PORT = Key.optional(
            "prescale.external-metrics.port",
            ValueTypes.wholeNumber(1, 65_535),
            "Port on which `external.metrics.k8s.io` is served to a Kubernetes API server, by TLS; where left out it is not.");
    static final Key<String> CERTIFICATE = Key.optional(
            "prescale.external-metrics.certificate",
            FILE,
            "PEM file with the certificate of that port; required with it. A new one is seen within seconds.");
    static final Key<String> KEY = Key.optional(
            "prescale.external-metrics.key",
            FILE,
            "PEM file with the key of that certificate; required with the port.");
    static final Key<String> CLIENT_CA = Key.optional(
            "prescale.external-metrics.client-ca",
            FILE,
            "PEM file with the issuers of the certificate by which the Kubernetes API server proves itself there; where left out "
                    + "what it says in the ConfigMap `kube-system/extension-apiserver-authentication`.");

    /** Null where it is not served, or its settings are faulty. */
    static @Nullable ExternalMetrics read(ObjectReader reader, KubernetesServer kubernetes) {
        Integer port = reader.find(PORT);
        Path certificate = file(reader, CERTIFICATE, port);
        Path key = file(reader, KEY, port);
        Path clientCa = file(reader, CLIENT_CA, null);
        if (port != null && kubernetes.use() == KubernetesServer.Use.OFF) {
            reader.refuse(
                    PORT,
                    "needs a Kubernetes API server: it must not stand beside %s=off, nor where time is simulated"
                            .formatted(KubernetesServer.USE.name()));
        }
        return port == null || certificate == null || key == null
                ? null
                : new ExternalMetrics(port, certificate, key, Optional.ofNullable(clientCa));
    }

    /** @param port that asks for it, null where none does */
    private static @Nullable Path file(ObjectReader reader, Key<String> key, @Nullable Integer port) {
        String name = reader.find(key);
        if (name == null) {
            if (port != null) {
                reader.refuse(key, "is required with " + PORT.name());
            }
            return null;
        }
        Path file = Path.of(name);
        if (!Files.isReadable(file)) {
            reader.refuse(key, "must be a file that can be read");
        }
        return file;
    }
}
