package dev.prescale.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Settings that no message shows. */
final class Secrets {
    /** Every text is one, because a fault would show the value. */
    static final ValueType<String> TYPE =
            new ValueType<>("text, never shown", "-", node -> node.asText(), text -> text);

    private Secrets() {}

    /** The file of a secret, null where none is named; a fault where it cannot be read, or the secret itself stands beside it. */
    static @Nullable Path file(ObjectReader reader, Key<String> itself, Key<String> file) {
        String name = reader.find(file);
        if (name == null) {
            return null;
        }
        if (reader.has(itself)) {
            reader.refuse(file, "must not stand beside the token itself");
        }
        Path path = Path.of(name);
        if (!Files.isReadable(path)) {
            reader.refuse(file, "must be a file that can be read");
        }
        return path;
    }

    /** The text of a file, without blanks around it. */
    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the token file %s cannot be read".formatted(file), e);
        }
    }
}
