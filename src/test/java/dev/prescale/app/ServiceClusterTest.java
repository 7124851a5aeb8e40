package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.KubernetesServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceClusterTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> POINTED = Map.of("KUBECONFIG", "/home/me/cluster.yaml");

    @Test
    void readsAClusterWhereItIsToldTo() {
        assertThat(ServiceCluster.isUsed(KubernetesServer.Use.ON, NOTHING::get)).isTrue();
        assertThat(ServiceCluster.isUsed(KubernetesServer.Use.OFF, POINTED::get))
                .isFalse();
    }

    @Test
    void readsByItselfOnlyWhereItWasPointedToOne() {
        assertThat(ServiceCluster.isUsed(KubernetesServer.Use.AUTO, NOTHING::get))
                .isFalse();
        assertThat(ServiceCluster.isUsed(KubernetesServer.Use.AUTO, POINTED::get))
                .isTrue();
    }
}
