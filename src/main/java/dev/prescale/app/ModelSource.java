package dev.prescale.app;

import dev.prescale.adapter.files.ModelFile;
import dev.prescale.config.Settings;
import dev.prescale.forecast.SharedModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The shared model of this process: the file that is configured, else the one that ships. Without a usable one it goes on. */
final class ModelSource {
    /** In the jar; {@code make fit} writes it. */
    static final String BUNDLED = "/models/generated.json";

    private static final Logger LOG = Logger.getLogger(ModelSource.class);

    private ModelSource() {}

    static SharedModel of(Settings settings) {
        return of(settings, LOG::info, LOG::warn);
    }

    static SharedModel of(Settings settings, Consumer<String> info, Consumer<String> warn) {
        String configured = settings.model().orElse("");
        if (configured.equals(Settings.NO_MODEL)) {
            info.accept("No shared model: an endpoint learns from its own history alone");
            return SharedModel.NONE;
        }
        String name = settings.modelFile().map(Object::toString).orElse("that ships");
        ModelFile.Reading reading = settings.modelFile().map(ModelFile::read).orElseGet(ModelSource::bundled);
        return switch (reading) {
            case ModelFile.Model read -> {
                info.accept("Shared model %s: fitted on %d series"
                        .formatted(name, read.provenance().series().size()));
                yield read.model();
            }
            case ModelFile.Refused refused -> {
                warn.accept("The shared model %s is not used, the service goes on without it: %s"
                        .formatted(name, refused.reason()));
                yield SharedModel.NONE;
            }
        };
    }

    private static ModelFile.Reading bundled() {
        try (InputStream in = ModelSource.class.getResourceAsStream(BUNDLED)) {
            return in == null ? new ModelFile.Refused("this build has none") : ModelFile.read(in);
        } catch (IOException failed) {
            return new ModelFile.Refused("it cannot be read: " + failed.getMessage());
        }
    }
}
