package dev.prescale.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A specification file as it was read last.
 *
 * @param stamp tells whether it has to be read again, null where it could not be read
 * @param text its text, empty where it could not be read
 * @param failure why it could not be read, null where it could
 */
record EndpointFile(
        String name,
        @Nullable Stamp stamp,
        String text,
        SpecText specs,
        @Nullable SpecFault failure) {
    /** In bytes; more than any text of {@link YamlText#MOST_CHARACTERS}. */
    private static final long LARGEST = 4L * YamlText.MOST_CHARACTERS;

    /** Two writes within this time may leave the same time stamp on some file systems. */
    private static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

    /**
     * What changes when a file is written.
     *
     * @param path with links followed: a mounted ConfigMap is replaced by pointing a link elsewhere
     * @param readAt when the file was read
     */
    record Stamp(Path path, FileTime modified, long size, Instant readAt) {
        /** Whether the file is surely the same as when it was read. */
        boolean isSureToEqual(Stamp now) {
            boolean wasSettled = modified.toInstant().plus(COARSEST_CLOCK).isBefore(readAt);
            return wasSettled && path.equals(now.path) && modified.equals(now.modified) && size == now.size;
        }
    }

    /** The file as it is now: itself where it has not changed. */
    static EndpointFile read(Path file, @Nullable EndpointFile before, Instant now) {
        String name = file.getFileName().toString();
        try {
            Path path = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Stamp stamp = new Stamp(path, attributes.lastModifiedTime(), attributes.size(), now);
            if (before != null && before.stamp != null && before.stamp.isSureToEqual(stamp)) {
                return before;
            }
            if (attributes.size() > LARGEST) {
                return failed(name, "must have at most %d bytes, had %d".formatted(LARGEST, attributes.size()));
            }
            String text = Files.readString(path, StandardCharsets.UTF_8);
            SpecText specs = before != null && before.failure == null && before.text.equals(text)
                    ? before.specs
                    : SpecText.read(name, text);
            return new EndpointFile(name, stamp, text, specs, null);
        } catch (CharacterCodingException e) {
            return failed(name, "must be text in UTF-8");
        } catch (IOException e) {
            return failed(name, "cannot be read: " + e);
        }
    }

    private static EndpointFile failed(String name, String message) {
        SpecFault fault = new SpecFault(name, 0, null, new Violation("", null, message));
        return new EndpointFile(name, null, "", new SpecText(List.of()), fault);
    }
}
