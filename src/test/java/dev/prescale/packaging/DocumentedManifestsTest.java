package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages about other autoscalers show is the text of a file in {@code k8s}, which {@link ManifestsIT} gives to an API server. */
class DocumentedManifestsTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

    @ParameterizedTest
    @ValueSource(strings = {"docs/keda.md", "docs/prometheus.md", "docs/recommender.md"})
    void everyManifestIsInAFile(Path page) throws IOException {
        List<String> files;
        try (Stream<Path> manifests = Files.walk(Path.of("k8s"))) {
            files = manifests
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .map(DocumentedManifestsTest::text)
                    .toList();
        }

        assertThat(BLOCK.matcher(Files.readString(page)).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(files).anyMatch(file -> file.contains(block)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
