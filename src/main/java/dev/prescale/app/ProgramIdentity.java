package dev.prescale.app;

import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.config.Settings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * What a saved state says of the program that learnt it. Two builds of one version may compute differently, so the version is not
 * enough: size and time of the file with the code tell builds apart, and so does the shared model.
 */
final class ProgramIdentity {
    private ProgramIdentity() {}

    static String of(Settings settings) {
        String version = PrescaleCommand.class.getPackage().getImplementationVersion();
        String model = settings.model().orElse("that ships")
                + settings.modelFile().map(ProgramIdentity::stamp).orElse("");
        return "version %s, code%s, model %s".formatted(version, stampOfCode(), model);
    }

    private static String stampOfCode() {
        CodeSource source = PrescaleCommand.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? "" : stamp(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException noFile) {
            return "";
        }
    }

    private static String stamp(Path file) {
        try {
            return " of %d bytes and %s".formatted(Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException unreadable) {
            return "";
        }
    }
}
