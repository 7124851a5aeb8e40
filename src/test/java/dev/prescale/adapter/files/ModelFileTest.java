package dev.prescale.adapter.files;

import static dev.prescale.forecast.TreeEnsemble.LEAF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.forecast.ColdStartTrees;
import dev.prescale.forecast.ModelProvenance;
import dev.prescale.forecast.PeakTrees;
import dev.prescale.forecast.SharedModel;
import dev.prescale.forecast.TreeEnsemble;
import dev.prescale.forecast.TreeEnsemble.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    private static final Tree STUMP = new Tree(List.of(0, LEAF, LEAF), List.of(0.25, -1.5e-7, 2.0));
    private static final ModelProvenance PROVENANCE = new ModelProvenance(
            "tiny",
            List.of("a", "b"),
            "00ff",
            "0.1, abc123",
            "Smile 2.6.0, Java 21",
            42,
            List.of("peaks: 10 rows"),
            List.of(new ModelProvenance.Score(
                    "pinball loss at 0.95", 100, 0.1, List.of(new ModelProvenance.Named("persistence", 0.2)))));

    @TempDir
    private Path folder;

    private static SharedModel model() {
        int peakFeatures = PeakTrees.features().count();
        int coldStartFeatures = ColdStartTrees.features().count();
        return new SharedModel(
                Optional.of(new PeakTrees(
                        List.of(0.5, 0.95),
                        List.of(
                                TreeEnsemble.of(peakFeatures, 0.1, List.of(STUMP)),
                                TreeEnsemble.of(peakFeatures, 0.5, List.of())))),
                Optional.of(new ColdStartTrees(TreeEnsemble.of(coldStartFeatures, -0.1, List.of(STUMP, STUMP)))));
    }

    private Path written() throws IOException {
        Path file = folder.resolve("deep/tiny.json");
        ModelFile.write(file, model(), PROVENANCE);
        return file;
    }

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(ModelFile.read(written())).isInstanceOfSatisfying(ModelFile.Model.class, read -> {
            assertThat(read.provenance()).isEqualTo(PROVENANCE);
            PeakTrees peaks = read.model().peaks().orElseThrow();
            assertThat(peaks.levels()).containsExactly(0.5, 0.95);
            assertThat(peaks.ensembles())
                    .isEqualTo(model().peaks().orElseThrow().ensembles());
            assertThat(read.model().coldStart().orElseThrow().ensemble())
                    .isEqualTo(model().coldStart().orElseThrow().ensemble());
        });
    }

    @Test
    void theSameModelIsTheSameBytesAndNothingElseIsLeft() throws IOException {
        byte[] first = Files.readAllBytes(written());
        assertThat(Files.readAllBytes(written())).isEqualTo(first);
        try (var files = Files.list(folder.resolve("deep"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("tiny.json", "tiny.md");
        }
    }

    @Test
    void theCardSaysWhereTheModelComesFromAndWhatItIsWorth() throws IOException {
        assertThat(Files.readString(ModelFile.cardOf(written())))
                .contains("# Shared model tiny", "`00ff`", "0.1, abc123", "| seed | 42 |", "2 series: a, b.")
                .contains("pinball loss at 0.95, 100 rows: **0.1000**; persistence 0.2000");
    }

    @Test
    void aPartMayBeAbsent() throws IOException {
        Path file = folder.resolve("half.json");
        ModelFile.write(file, new SharedModel(model().peaks(), Optional.empty()), PROVENANCE);
        assertThat(ModelFile.read(file))
                .isInstanceOfSatisfying(
                        ModelFile.Model.class,
                        read -> assertThat(read.model().coldStart()).isEmpty());
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            "format":"prescale-shared-model" | "format":"other" | it is no shared model
            "version":1                      | "version":2      | its format is version 2, this program reads 1
            "name":"peaks"                   | "name":"pikes"   | its features are pikes
            "features":[0,-1,-1]             | "features":[0,-1] | as many values
            "features":[0,-1,-1]             | "features":[999,-1,-1] | feature 999 of
            "features":[0,-1,-1]             | "features":["0",-1,-1] | a whole number was expected, was '0'
            "levels":[0.5,0.95]              | "levels":[0.95,0.5] | levels must ascend
            "levels":[0.5,0.95]              | "levels":7       | peaks.levels must be a list
            "trees":                         | "bushes":        | trees must be a list
            0.25                             | "NaN"            | a number was expected, was 'NaN'
            """)
    void refusesADamagedOrForeignFileWithASentence(String sound, String damaged, String reason) throws IOException {
        Path file = written();
        String text = Files.readString(file);
        assertThat(text).contains(sound);
        Files.writeString(file, text.replace(sound, damaged));
        assertThat(ModelFile.read(file))
                .isInstanceOfSatisfying(
                        ModelFile.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void refusesAFileThatIsCutOff() throws IOException {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 2; length += 37) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(ModelFile.read(file)).as("%s bytes", length).isInstanceOf(ModelFile.Refused.class);
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(ModelFile.read(folder.resolve("absent.json")))
                .isEqualTo(new ModelFile.Refused("there is no such file"));
    }

    @Test
    void refusesWhatIsEndless() throws IOException {
        try (var zeros = new java.io.InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        }) {
            assertThat(ModelFile.read(zeros)).isEqualTo(new ModelFile.Refused("it is larger than 16 MiB"));
        }
    }
}
