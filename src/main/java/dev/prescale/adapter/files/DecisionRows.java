package dev.prescale.adapter.files;

import dev.prescale.backtest.MinuteRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the minutes of a replay, one policy after another in the order in which they were asked for, though they are replayed
 * side by side: each goes to a file of its own first.
 */
public final class DecisionRows implements AutoCloseable {
    private final OutputFile file;
    private final List<Rows> policies = new ArrayList<>();

    public DecisionRows(OutputFile file) {
        this.file = file;
    }

    /** Takes the rows of the next policy; used by one thread. */
    public Rows next() throws IOException {
        Rows rows = new Rows(file.sibling(Integer.toString(policies.size())));
        policies.add(rows);
        return rows;
    }

    /** Writes the file as a whole; it is not yet put in its place. */
    public void finish() throws IOException {
        try (OutputStream whole = file.stream()) {
            whole.write((MinuteRow.CSV_HEADER + "\n").getBytes(StandardCharsets.UTF_8));
            for (Rows rows : policies) {
                rows.writer.close();
                Files.copy(rows.part, whole);
                Files.delete(rows.part);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Rows rows : policies) {
            rows.writer.close();
            Files.deleteIfExists(rows.part);
        }
    }

    /** The rows of one policy. */
    public static final class Rows {
        private final Path part;
        private final BufferedWriter writer;

        private Rows(Path part) throws IOException {
            this.part = part;
            this.writer = Files.newBufferedWriter(part);
        }

        public void add(MinuteRow row) {
            try {
                writer.append(row.toCsv()).append('\n');
            } catch (IOException full) {
                throw new UncheckedIOException("%s cannot be written: %s".formatted(part, full.getMessage()), full);
            }
        }
    }
}
