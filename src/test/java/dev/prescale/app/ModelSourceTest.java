package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.files.ModelFile;
import dev.prescale.config.Settings;
import dev.prescale.forecast.SharedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSourceTest {
    /** What is fitted, committed and packaged. */
    private static final Path SHIPPED = Path.of("models/generated.json");

    private final List<String> info = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    private Path folder;

    private SharedModel modelOf(Map<String, String> values) {
        Settings settings = StartUp.settings(values::get);
        return ModelSource.of(settings, info::add, warnings::add);
    }

    @Test
    void theModelThatShipsFitsTheFeaturesOfThisProgram() {
        SharedModel model = modelOf(Map.of());
        assertThat(warnings).as("after a change of features: make fit").isEmpty();
        assertThat(model.peaks()).isPresent();
        assertThat(model.coldStart()).isPresent();
        assertThat(info).singleElement().asString().contains("that ships", "fitted on");
    }

    @Test
    void theModelThatShipsIsSmallAndItsCardIsOfTheSameFit() throws IOException {
        assertThat(Files.size(SHIPPED)).isLessThan(600_000);
        ModelFile.Model shipped = (ModelFile.Model) ModelFile.read(SHIPPED);
        assertThat(Files.readString(ModelFile.cardOf(SHIPPED)))
                .contains(shipped.provenance().dataHash())
                .contains("%,d bytes".formatted(Files.size(SHIPPED)))
                .contains(shipped.provenance().codeVersion());
    }

    @Test
    void theModelThatShipsBeatsTheNaivesOnSeriesHeldOut() {
        ModelFile.Model shipped = (ModelFile.Model) ModelFile.read(SHIPPED);
        assertThat(shipped.provenance().scores())
                .hasSize(6)
                .allSatisfy(score -> assertThat(score.naives())
                        .allSatisfy(naive -> assertThat(score.model()).isLessThan(naive.loss())));
    }

    @Test
    void noneIsNoModel() {
        assertThat(modelOf(Map.of("prescale.model", "none"))).isEqualTo(SharedModel.NONE);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aConfiguredFileTakesTheOthersPlace() throws IOException {
        Path copy = Files.copy(SHIPPED, folder.resolve("mine.json"));
        assertThat(modelOf(Map.of("prescale.model", copy.toString())).peaks()).isPresent();
        assertThat(info).singleElement().asString().contains(copy.toString());
    }

    @Test
    void aDamagedFileIsSaidAndDoneWithout() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"format\":");
        assertThat(modelOf(Map.of("prescale.model", broken.toString()))).isEqualTo(SharedModel.NONE);
        assertThat(warnings)
                .containsExactly(
                        "The shared model %s is not used, the service goes on without it: it is not JSON to its end"
                                .formatted(broken));
    }
}
