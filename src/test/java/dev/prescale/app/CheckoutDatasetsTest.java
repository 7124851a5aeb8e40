package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.BundledTraces.Bundled;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import java.nio.file.Path;
import java.time.Duration;
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
    }

    @ParameterizedTest
    @ValueSource(strings = {"incidents", "llm-chat", "shop-web", "two-models"})
    void everyOtherOneCanBeReadToo(String name) {
        assertThat(new CheckoutDatasets(Path.of(".")).read(name).spec()).isPresent();
    }

    @Test
    void whereThereIsNoFolderThereAreNone(@TempDir Path elsewhere) {
        assertThat(new CheckoutDatasets(elsewhere).names()).isEmpty();
    }
}
