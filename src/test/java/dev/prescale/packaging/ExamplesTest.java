package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.prescale.config.SpecText;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.SignalKind;
import dev.prescale.control.Signals;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever specification is shipped is one that {@code prescale validate} takes. */
class ExamplesTest {
    static List<Path> specifications() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith("k8s/helm"))
                    .filter(ExamplesTest::hasSpecification)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("specifications")
    void isValid(Path file) throws IOException {
        assertThat(SpecText.read(file.toString(), Files.readString(file)).faults())
                .isEmpty();
    }

    @Test
    void theFolderThatTheReadmeServesHasOneFile() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("k8s/examples"))) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(Path.of("k8s/examples/chat.yaml"));
        }
    }

    /** What another autoscaler divides by is written down beside it, and must be what the specification comes to. */
    @ParameterizedTest
    @CsvSource({
        "k8s/overlays/keda/endpoint.yaml, k8s/overlays/keda/scaled-object.yaml, /spec/triggers/0/metadata/targetValue",
        "k8s/examples/keda-prometheus/endpoint.yaml, k8s/examples/keda-prometheus/scaled-object.yaml, /spec/triggers/0/metadata/threshold",
        "k8s/examples/prometheus-adapter/endpoint.yaml, k8s/examples/prometheus-adapter/autoscaler.yaml, /spec/metrics/0/external/target/averageValue"
    })
    void theTargetIsThatOfTheEndpoint(Path specification, Path autoscaler, String pointer) throws IOException {
        EndpointSpec spec =
                Objects.requireNonNull(SpecText.read(specification.toString(), Files.readString(specification))
                        .documents()
                        .getFirst()
                        .spec());

        String target =
                new YAMLMapper().readTree(autoscaler.toFile()).at(pointer).asText();

        assertThat(Quantity.getAmountInBytes(Quantity.parse(target)).doubleValue())
                .isEqualTo(Signals.target(spec, SignalKind.DEMAND).orElseThrow(), within(1e-9));
    }

    /** Its definition cannot be had as a module. Names as in config/crd of DataDog/watermarkpodautoscaler, commit 372f4a8676b1. */
    @Test
    void theWatermarkPodAutoscalerHasOnlyKeysThatItsDefinitionKnows() throws IOException {
        JsonNode spec = new YAMLMapper()
                .readTree(Path.of("k8s/examples/watermark-pod-autoscaler/autoscaler.yaml")
                        .toFile())
                .get("spec");

        assertThat(spec.fieldNames())
                .toIterable()
                .isSubsetOf(
                        "algorithm",
                        "convergeTowardsWatermark",
                        "downscaleDelayBelowWatermarkSeconds",
                        "downscaleForbiddenWindowSeconds",
                        "dryRun",
                        "maxReplicas",
                        "metrics",
                        "minAvailableReplicaPercentage",
                        "minReplicas",
                        "readinessDelaySeconds",
                        "recommender",
                        "replicaScalingAbsoluteModulo",
                        "scaleDownLimitFactor",
                        "scaleTargetRef",
                        "scaleUpLimitFactor",
                        "tolerance",
                        "tolerateZero",
                        "upscaleDelayAboveWatermarkSeconds",
                        "upscaleForbiddenWindowSeconds");
        assertThat(spec.get("recommender").fieldNames())
                .toIterable()
                .isSubsetOf("highWatermark", "lowWatermark", "settings", "targetType", "tlsConfig", "url");
    }

    private static boolean hasSpecification(Path file) {
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll().stream()
                    .anyMatch(document -> document.path("kind").asText().equals("PredictiveAutoscaler"));
        } catch (IOException e) {
            throw new AssertionError(file + " is no YAML", e);
        }
    }
}
