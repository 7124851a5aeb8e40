package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart and the base for kustomize install the same. */
@Tag("e2e")
class ChartIT {
    /** Helm makes the one with {@code --create-namespace}, and installs the other from {@code crds/}, which is a link to it. */
    private static final Set<String> ELSEWHERE = Set.of("Namespace", "CustomResourceDefinition");

    @Test
    void theChartIsTheBase() throws Exception {
        Map<String, JsonNode> chart = byName(Manifests.chart());
        Map<String, JsonNode> base = byName(Manifests.kustomize(Path.of("k8s/base")).stream()
                .filter(object -> !ELSEWHERE.contains(object.get("kind").asText()))
                .toList());

        assertThat(chart.keySet()).isEqualTo(base.keySet());
        assertThat(base)
                .allSatisfy((name, object) -> assertThat(chart.get(name)).isEqualTo(object));
    }

    @Test
    void theChartWithExternalMetricsIsTheComponent() throws Exception {
        Map<String, JsonNode> chart = byName(Manifests.chart("--set", "externalMetrics.enabled=true"));
        Path component = Path.of("k8s/components/external-metrics");

        assertThat(byName(Manifests.kustomize(component, Path.of("target/kustomize"))))
                .hasSizeGreaterThan(chart.size())
                .containsAllEntriesOf(chart);
    }

    @Test
    void certManagerMakesWhatTheComponentAsksFor() throws Exception {
        Map<String, JsonNode> chart = byName(
                Manifests.chart("--set", "externalMetrics.enabled=true", "--set", "externalMetrics.certManager=true"));
        Path component = Path.of("k8s/components/external-metrics-cert-manager");

        assertThat(byName(Manifests.kustomize(component, Path.of("target/kustomize"))))
                .containsAllEntriesOf(chart);
    }

    @Test
    void theChartWithTlsIsTheComponent() throws Exception {
        Map<String, JsonNode> chart = byName(Manifests.chart("--set", "tls.enabled=true"));

        assertThat(byName(Manifests.kustomize(Path.of("k8s/components/tls"), Path.of("target/kustomize"))))
                .containsAllEntriesOf(chart);
        assertThat(chart.get("Service prescale").at("/spec/ports/0/port").asInt())
                .isEqualTo(8443);
    }

    @Test
    void theChartWithTokensIsTheComponent() throws Exception {
        Map<String, JsonNode> chart = byName(Manifests.chart("--set", "tokens.enabled=true"));

        assertThat(byName(Manifests.kustomize(Path.of("k8s/components/tokens"), Path.of("target/kustomize"))))
                .containsAllEntriesOf(chart);
        assertThat(chart.get("ConfigMap prescale").at("/data/PRESCALE_OPERATOR_TOKEN_FILE"))
                .hasToString("\"/etc/prescale/tokens/operator\"");
    }

    @Test
    void theChartHasTheDefinition() throws Exception {
        assertThat(Manifests.chart("--include-crds"))
                .anySatisfy(object -> assertThat(object.at("/metadata/name").asText())
                        .isEqualTo("predictiveautoscalers.prescale.dev"));
        Manifests.output(Manifests.helm(), "lint", "--strict", "k8s/helm/prescale");
    }

    @Test
    void chosenNamespacesAreBoundOneByOne() throws Exception {
        List<JsonNode> rendered = Manifests.chart("--set", "namespaces={inference,web}");

        assertThat(byName(rendered)).doesNotContainKey("ClusterRoleBinding prescale");
        assertThat(rendered)
                .filteredOn(object -> object.at("/roleRef/kind").asText().equals("ClusterRole"))
                .extracting(object -> object.at("/metadata/namespace").asText())
                .containsExactlyInAnyOrder("inference", "web");
        assertThat(byName(rendered).get("ConfigMap prescale").at("/data/PRESCALE_KUBERNETES_NAMESPACES"))
                .hasToString("\"inference,web\"");
    }

    @Test
    void theAlertsAreThoseOfTheMonitoringFolder() throws Exception {
        Map<String, JsonNode> objects = byName(Manifests.chart("--set", "serviceMonitor.enabled=true"));
        JsonNode shipped = Manifests.kustomize(Path.of("k8s/monitoring")).get(0).get("spec");

        assertThat(objects.get("PrometheusRule prescale").get("spec")).isEqualTo(shipped);
        assertThat(objects.get("ServiceMonitor prescale").at("/spec/endpoints/0/honorLabels"))
                .hasToString("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oidc.enabled=true",
                "replicas=0",
                "influx.dialect=sql",
                "influx.url=http://user:secret@influxdb:8086",
                "env.PRESCALE_INFLUX_TOKEN=secret",
                "externalMetrics.secret=",
                "externalMetrics.caBundle=-----BEGIN",
                "tls.secret=",
                "tokens.secret=",
                "env.PRESCALE_OPERATOR_TOKEN=secret",
                "tokens.enabled=true,oidc.enabled=true,oidc.authServerUrl=https://login.example",
                "unknown=1"
            })
    void badValuesAreRefused(String value) {
        assertThatThrownBy(() -> Manifests.chart("--set", value))
                .isInstanceOf(Manifests.ProgramFailure.class)
                .hasMessageContaining("values don't meet the specifications of the schema");
    }

    /** Without what names the maker: labels, annotations, and the namespace that kustomize writes and Helm's client adds. */
    private static Map<String, JsonNode> byName(List<JsonNode> objects) {
        Map<String, JsonNode> byName = new TreeMap<>();
        for (JsonNode object : objects) {
            ObjectNode copy = object.deepCopy();
            String name = object.get("kind").asText() + " "
                    + object.at("/metadata/name").asText();
            copy.remove("metadata");
            if (copy.at("/spec/template/metadata") instanceof ObjectNode template) {
                template.remove("annotations");
            }
            byName.put(name, copy);
        }
        return byName;
    }
}
