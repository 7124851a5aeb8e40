package dev.prescale.adapter.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.forecast.FeatureSet;
import dev.prescale.forecast.ModelProvenance;
import dev.prescale.forecast.SharedModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Shared models on disk: {@code NAME.json}, the same bytes for the same model, and its card {@code NAME.md}. A file is written
 * beside its place and moved there when it is whole. A file that is damaged, of another format or over other features is
 * refused with a sentence.
 */
public final class ModelFile {
    static final String FORMAT = "prescale-shared-model";
    static final int VERSION = 1;

    private static final int MOST_BYTES = 16 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelFile() {}

    /** What came of reading. */
    public sealed interface Reading {}

    /** A model that can be used. */
    public record Model(SharedModel model, ModelProvenance provenance) implements Reading {}

    /** Why a file cannot be used. */
    public record Refused(String reason) implements Reading {}

    /** Writes the model and its card, {@code FILE.json} and {@code FILE.md}. */
    public static void write(Path file, SharedModel model, ModelProvenance provenance) throws IOException {
        byte[] json = ModelJson.of(model, provenance).getBytes(StandardCharsets.UTF_8);
        if (!(read(new ByteArrayInputStream(json)) instanceof Model readBack)
                || !readBack.provenance().equals(provenance)) {
            throw new IllegalStateException("the model cannot be read back");
        }
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        move(json, absolute);
        move(ModelCard.of(model, provenance, json.length).getBytes(StandardCharsets.UTF_8), cardOf(absolute));
    }

    /** Where the card of a model lies. */
    public static Path cardOf(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", "") + ".md");
    }

    private static void move(byte[] bytes, Path file) throws IOException {
        Path whole = file.resolveSibling("." + file.getFileName() + ".part");
        // the finally below does not run where Ctrl-C ends the process
        whole.toFile().deleteOnExit();
        try {
            Files.write(whole, bytes);
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    public static Reading read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        } catch (NoSuchFileException absent) {
            return new Refused("there is no such file");
        } catch (IOException failed) {
            return new Refused("it cannot be read: " + failed.getMessage());
        }
    }

    /** Reads a model; the caller closes the stream. */
    public static Reading read(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                return new Refused("it is larger than %d MiB".formatted(MOST_BYTES >> 20));
            }
            JsonNode json = JSON.readTree(bytes);
            if (!FORMAT.equals(json.path("format").asText())) {
                return new Refused("it is no shared model");
            }
            if (json.path("version").asInt() != VERSION) {
                return new Refused("its format is version %s, this program reads %d"
                        .formatted(json.path("version").asText("?"), VERSION));
            }
            return new Model(ModelJson.model(json), ModelJson.provenance(json));
        } catch (IOException damaged) {
            return new Refused("it is not JSON to its end");
        } catch (IllegalArgumentException foreign) {
            return new Refused(String.valueOf(foreign.getMessage()));
        }
    }

    /** The sentence about features that are not those of this program. */
    static String otherFeatures(FeatureSet read, FeatureSet known) {
        return "its features are %s (%d, %s), this program has %s (%d, %s): fit it anew with prescale fit"
                .formatted(
                        read.name(),
                        read.count(),
                        read.fingerprint(),
                        known.name(),
                        known.count(),
                        known.fingerprint());
    }
}
