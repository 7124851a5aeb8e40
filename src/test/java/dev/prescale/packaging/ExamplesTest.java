package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.prescale.config.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static boolean hasSpecification(Path file) {
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll().stream()
                    .anyMatch(document -> document.path("kind").asText().equals("PredictiveAutoscaler"));
        } catch (IOException e) {
            throw new AssertionError(file + " is no YAML", e);
        }
    }
}
