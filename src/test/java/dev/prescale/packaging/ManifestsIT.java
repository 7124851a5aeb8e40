package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.testing.KubernetesApiServer;
import dev.prescale.testing.Requirement;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server takes all that is shipped, to the last field. */
@Tag("e2e")
class ManifestsIT {
    private static final String KEDA = "keda.sh";

    /** Their definitions belong to others and are not there: these objects are looked at as YAML only. */
    private static final Set<String> OF_OTHERS =
            new HashSet<>(Set.of("cert-manager.io", "monitoring.coreos.com", "datadoghq.com"));

    private static final Path SCRATCH = Path.of("target/kustomize");

    private static KubernetesApiServer server;
    private static KubernetesClient admin;

    @BeforeAll
    static void start() throws Exception {
        server = KubernetesApiServer.begin();
        admin = server.admin();
        for (String name : List.of("prescale", "inference", "web", "monitoring")) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        define(Path.of("k8s/base"));
        Optional<Path> keda = Requirement.cached("keda");
        if (keda.isPresent()) {
            define(keda.get().resolve("config/crd"));
        } else {
            System.out.println("no KEDA here: ScaledObjects are looked at as YAML only, see e2e/README.md");
            OF_OTHERS.add(KEDA);
        }
        System.out.println("no definition of the WatermarkPodAutoscaler here: it is looked at as YAML only");
        List<String> groups = keda.isPresent() ? List.of("prescale.dev", KEDA) : List.of("prescale.dev");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> groups.stream().allMatch(group -> admin.getApiGroup(group) != null));
    }

    private static void define(Path folder) throws IOException, InterruptedException {
        for (JsonNode object : Manifests.kustomize(folder)) {
            if (object.get("kind").asText().equals("CustomResourceDefinition")) {
                admin.resource(object.toString()).serverSideApply();
            }
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            admin.close();
            server.close();
        }
    }

    static List<Path> overlays() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(Path.of("k8s/base")));
        try (Stream<Path> overlays = Files.list(Path.of("k8s/overlays"))) {
            overlays.sorted().forEach(folders::add);
        }
        return folders;
    }

    static List<Path> components() throws IOException {
        try (Stream<Path> components = Files.list(Path.of("k8s/components"))) {
            return components.sorted().toList();
        }
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("k8s/examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overlays")
    void anOverlayIsTaken(Path folder) throws Exception {
        assertAllTaken(Manifests.kustomize(folder));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("components")
    void aComponentIsTaken(Path folder) throws Exception {
        assertAllTaken(Manifests.kustomize(folder, SCRATCH));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void anExampleIsTaken(Path file) throws Exception {
        assertAllTaken(Manifests.objects(Files.readString(file)));
    }

    @Test
    void whatIsMisspelledIsNotTaken() throws Exception {
        List<JsonNode> base = Manifests.kustomize(Path.of("k8s/base"));
        String deployment = base.stream()
                .filter(object -> object.get("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .toString();

        assertThat(catchFailure(deployment.replace("readinessProbe", "readynessProbe")))
                .contains("readynessProbe");
    }

    @Test
    void aScaledObjectThatIsMisspelledIsNotTaken() throws Exception {
        assumeThat(OF_OTHERS).doesNotContain(KEDA);
        String object = Manifests.objects(
                        Files.readString(Path.of("k8s/examples/keda-external-push/scaled-object.yaml")))
                .getFirst()
                .toString();

        assertThat(catchFailure(object)).isEmpty();
        assertThat(catchFailure(object.replace("cooldownPeriod", "coolDownPeriod")))
                .contains("coolDownPeriod");
    }

    private static void assertAllTaken(List<JsonNode> objects) {
        assertThat(objects).isNotEmpty();
        for (JsonNode object : objects) {
            String group = object.get("apiVersion").asText().split("/", 2)[0];
            if (!OF_OTHERS.contains(group)) {
                assertThatNoException().as(object.toString()).isThrownBy(() -> apply(object.toString()));
            }
        }
    }

    private static String catchFailure(String object) {
        try {
            apply(object);
            return "";
        } catch (RuntimeException refused) {
            return refused.getMessage();
        }
    }

    /** Server-side apply refuses fields that the schema does not know. */
    private static void apply(String object) {
        admin.resource(object).dryRun().serverSideApply();
    }
}
