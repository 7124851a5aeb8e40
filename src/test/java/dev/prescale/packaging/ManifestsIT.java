package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.testing.KubernetesApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    /** Their definitions belong to others and are not there. */
    private static final Set<String> OF_OTHERS = Set.of("cert-manager.io", "monitoring.coreos.com", "keda.sh");

    private static final Path SCRATCH = Path.of("target/kustomize");

    private static KubernetesApiServer server;
    private static KubernetesClient admin;

    @BeforeAll
    static void start() throws Exception {
        server = KubernetesApiServer.begin();
        admin = server.admin();
        for (String name : List.of("prescale", "inference", "web")) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        for (JsonNode object : Manifests.kustomize(Path.of("k8s/base"))) {
            if (object.get("kind").asText().equals("CustomResourceDefinition")) {
                admin.resource(object.toString()).serverSideApply();
            }
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> admin.getApiGroup("prescale.dev") != null);
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
