package dev.prescale.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Tag("keda")
class KedaOperatorIT {
    @Test
    void answersForTheClusterThroughTheApiServer(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        KedaOperator.require();
        try (ControlPlane plane = ControlPlane.begin();
                KedaOperator keda = KedaOperator.begin(plane, folder);
                KubernetesClient admin = plane.server().admin()) {
            assertThat(admin.raw("/apis/external.metrics.k8s.io/v1beta1")).contains("externalmetrics");
            await().atMost(Duration.ofSeconds(30)).until(() -> keda.log().contains("Starting workers"));
        }
    }
}
