package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.config.Settings;
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

    private Settings onPort(int port) throws IOException {
        Path file = Files.writeString(folder.resolve("tls.pem"), "-");
        return StartUp.settings(Map.of(
                "prescale.external-metrics.port", "" + port,
                "prescale.external-metrics.certificate", file.toString(),
                "prescale.external-metrics.key", file.toString())::get);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
