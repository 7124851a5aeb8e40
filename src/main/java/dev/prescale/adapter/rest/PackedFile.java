package dev.prescale.adapter.rest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A text file in memory, compressed: a report takes a tenth of its size. */
public final class PackedFile {
    private final byte[] packed;

    private PackedFile(byte[] packed) {
        this.packed = packed;
    }

    /** Writes a file. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    public static PackedFile of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            content.write(packing);
        } catch (IOException impossible) {
            throw new UncheckedIOException("what is written to memory cannot fail", impossible);
        }
        return new PackedFile(bytes.toByteArray());
    }

    /** Writes it as it was; the caller closes the stream. */
    void writeTo(OutputStream out) throws IOException {
        try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            unpacking.transferTo(out);
        }
    }

    /** What it takes in memory. */
    int bytes() {
        return packed.length;
    }
}
