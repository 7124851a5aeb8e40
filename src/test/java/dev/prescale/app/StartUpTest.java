package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.config.Settings;
import dev.prescale.testing.CertificateAuthority;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpTest {
    private static final Map<String, String> CLUSTER = Map.of("KUBECONFIG", "config");

    @TempDir
    private Path folder;

    @Test
    void externalMetricsWithoutAClusterAreRefused() throws IOException {
        Settings settings = onPort(freePort());

        assertThatThrownBy(() -> StartUp.requireExternalMetrics(settings, Map.<String, String>of()::get))
                .hasMessage(
                        "PRESCALE_EXTERNAL_METRICS_PORT is set, and there is no Kubernetes API server that could ask."
                                + " Run it in a cluster, or set KUBECONFIG.");
        assertThatCode(() -> StartUp.requireExternalMetrics(settings, CLUSTER::get))
                .doesNotThrowAnyException();
    }

    @Test
    void aPortThatIsInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Settings settings = onPort(taken.getLocalPort());

            assertThatThrownBy(() -> StartUp.requireExternalMetrics(settings, CLUSTER::get))
                    .hasMessage(
                            "port %d is in use. Set PRESCALE_EXTERNAL_METRICS_PORT to a free one.",
                            taken.getLocalPort());
        }
    }

    @Test
    void whatIsNoCertificateIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("tls.pem"), "-");
        Settings settings = onPort(freePort(), file, file);

        assertThatThrownBy(() -> StartUp.requireExternalMetrics(settings, CLUSTER::get))
                .hasMessage("PRESCALE_EXTERNAL_METRICS_CERTIFICATE: %s holds no certificate in PEM", file);
    }

    private Settings onPort(int port) {
        CertificateAuthority.Issued issued =
                CertificateAuthority.create(folder, "ca").issue("prescale");
        return onPort(port, issued.certificate(), issued.key());
    }

    private static Settings onPort(int port, Path certificate, Path key) {
        return StartUp.settings(Map.of(
                "prescale.external-metrics.port", "" + port,
                "prescale.external-metrics.certificate", certificate.toString(),
                "prescale.external-metrics.key", key.toString())::get);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
