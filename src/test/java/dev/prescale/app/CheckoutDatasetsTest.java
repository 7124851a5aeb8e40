package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.BundledTraces;
import dev.prescale.config.BundledTraces.Bundled;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutDatasetsTest {
    @Test
    void aDatasetComesWithItsSpecification() {
        CheckoutDatasets datasets = new CheckoutDatasets(Path.of("."));
        assertThat(datasets.names()).contains("batch-idle", "shop-web");

        Bundled read = datasets.read("batch-idle");
        assertThat(read.trace().name()).isEqualTo("batch-idle");
        assertThat(read.trace().minutes().size()).isEqualTo(Duration.ofDays(42).toMinutes());
        assertThat(read.spec().map(EndpointSpec::mode)).contains(Mode.SCALE);
        assertThat(read.specText().orElseThrow()).startsWith("# Nearly idle");
    }

    @Test
    void theFactsOfOneAreThoseOfItsCardItsRowsAndItsSpecification(@TempDir Path home) throws IOException {
        Path folder = Files.createDirectory(home.resolve("datasets"));
        for (String file : List.of("shop-web.csv.gz", "shop-web.md", "shop-web.yaml")) {
            Files.copy(Path.of("datasets", file), folder.resolve(file));
        }
        CheckoutDatasets datasets = new CheckoutDatasets(home);
        BundledTraces.Facts facts = new BundledTraces.Facts(
                "shop-web",
                "Business web traffic of a German shop",
                Instant.parse("2024-03-04T00:00:00Z"),
                42 * 1_440,
                ZoneId.of("Europe/Berlin"));
        assertThat(datasets.facts()).containsExactly(facts);

        Files.delete(folder.resolve("shop-web.md"));
        // told from memory while the rows are the same
        assertThat(datasets.facts()).containsExactly(facts);
        assertThat(new CheckoutDatasets(home).facts().getFirst().description()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"incidents", "llm-chat", "shop-web", "two-models"})
    void everyOtherOneCanBeReadToo(String name) {
        assertThat(new CheckoutDatasets(Path.of(".")).read(name).spec()).isPresent();
    }

    @Test
    void whereThereIsNoFolderThereAreNone(@TempDir Path elsewhere) {
        assertThat(new CheckoutDatasets(elsewhere).names()).isEmpty();
        assertThat(new CheckoutDatasets(elsewhere).facts()).isEmpty();
    }
}
