package dev.prescale.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesConnectionTest {
    private static final Map<String, String> IN_POD = Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1");

    @TempDir
    private Path folder;

    @Test
    void aClusterIsAtHandInAPodWithAServiceAccount() throws IOException {
        Path token = folder.resolve("token");

        assertThat(KubernetesConnection.isAtHand(IN_POD::get, token)).isFalse();
        Files.writeString(token, "t");
        assertThat(KubernetesConnection.isAtHand(IN_POD::get, token)).isTrue();
        assertThat(KubernetesConnection.isAtHand(name -> null, token)).isFalse();
    }

    @Test
    void aRequestEndsWithinFiveSecondsAndIsNotRepeated() {
        Config config = KubernetesConnection.patient(new ConfigBuilder(Config.empty())
                .withMasterUrl("https://cluster.example:6443")
                .build());

        assertThat(config.getMasterUrl()).startsWith("https://cluster.example:6443");
        assertThat(config.getConnectionTimeout()).isEqualTo(2_000);
        assertThat(config.getRequestTimeout()).isEqualTo(5_000);
        assertThat(config.getRequestRetryBackoffLimit()).isZero();
    }
}
