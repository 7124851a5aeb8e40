package dev.prescale.adapter.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is there as a whole or as it was before: what is written goes to a hidden one beside it, which takes its place when
 * it is done.
 */
public final class OutputFile implements AutoCloseable {
    private final Path target;
    private final Path part;

    private OutputFile(Path target, Path part) {
        this.target = target;
        this.part = part;
    }

    /**
     * Makes the hidden file, so that a folder that cannot be written is found before any work is done.
     *
     * @throws IOException whose message says what is wrong with the target
     */
    public static OutputFile open(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new IOException("it is there and no file");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("there is no folder %s".formatted(folder));
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("the folder %s cannot be written".formatted(folder));
        }
        Path part = hidden(target, "");
        Files.deleteIfExists(part);
        Files.createFile(part);
        return new OutputFile(target, part);
    }

    private static Path hidden(Path target, String suffix) {
        return target.resolveSibling(".%s.%d%s.part"
                .formatted(target.getFileName(), ProcessHandle.current().pid(), suffix));
    }

    /** Another hidden file beside the target; whoever asks removes it. */
    Path sibling(String suffix) {
        return hidden(target, "." + suffix);
    }

    /** The target that is to be. */
    public Path target() {
        return target;
    }

    /** Opens the hidden file, empty; the caller closes the stream. */
    public OutputStream stream() throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    /** Puts what was written in the target's place. */
    public void commit() throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the hidden file where it was not put in place. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(part);
    }
}
