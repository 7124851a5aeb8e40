package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.files.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file of text that a command writes: opened before the work, so that a folder that cannot be written costs no time. */
final class TextOutput implements AutoCloseable {
    private final OutputFile file;

    private TextOutput(OutputFile file) {
        this.file = file;
    }

    /** @param option that names it, for a fault */
    static TextOutput open(String option, Path path) {
        try {
            return new TextOutput(OutputFile.open(path));
        } catch (IOException fault) {
            throw CommandFault.badInput("%s %s cannot be written: %s".formatted(option, path, fault.getMessage()));
        }
    }

    /** Writes all of it and puts it in its place. */
    void write(String text) {
        try {
            try (OutputStream stream = file.stream()) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            }
            file.commit();
        } catch (IOException fault) {
            throw CommandFault.failed("%s cannot be written: %s".formatted(file.target(), fault.getMessage()));
        }
    }

    /** Leaves nothing of a file that was not written. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException fault) {
            throw CommandFault.failed("what was written in part could not be removed: " + fault.getMessage());
        }
    }
}
