package dev.prescale.adapter.files;

import dev.prescale.control.ModelStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * What is written around a state, so that a file tells by itself whether it can be used:
 *
 * <pre>
 *   magic (8 bytes) | format (int) | program (UTF) | fingerprint (UTF) | length (int) | content | CRC-32 of all before (long)
 * </pre>
 *
 * in the encoding of {@link DataOutputStream}.
 */
final class StateEnvelope {
    static final int FORMAT = 1;

    /** A state of four weeks is below half a megabyte. */
    static final int MOST_BYTES = 16 << 20;

    private static final long MAGIC = 0x50_52_45_53_54_41_54_45L; // PRESTATE
    private static final int CHECKSUM_BYTES = Long.BYTES;

    private StateEnvelope() {}

    /** @throws IOException where the content cannot be written, or is larger than is read again */
    static byte[] seal(String program, String fingerprint, ModelStore.Content content) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        content.writeTo(new DataOutputStream(body));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.size() + 256);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(MAGIC);
        out.writeInt(FORMAT);
        out.writeUTF(program);
        out.writeUTF(fingerprint);
        out.writeInt(body.size());
        body.writeTo(out);
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        if (bytes.size() > MOST_BYTES) {
            throw new IOException("it has %,d bytes, more than %,d".formatted(bytes.size(), MOST_BYTES));
        }
        return bytes.toByteArray();
    }

    static ModelStore.Loaded open(byte[] bytes, String program, String fingerprint) {
        int end = bytes.length - CHECKSUM_BYTES;
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            if (end < 0 || in.readLong() != MAGIC) {
                return new ModelStore.Unusable("the file is no saved state");
            }
            int format = in.readInt();
            if (format != FORMAT) {
                return new ModelStore.Unusable("the file has format %d, not %d".formatted(format, FORMAT));
            }
            DataInputStream tail = new DataInputStream(new ByteArrayInputStream(bytes, end, CHECKSUM_BYTES));
            if (tail.readLong() != checksum(bytes, end)) {
                return new ModelStore.Unusable("the file is damaged");
            }
            if (!in.readUTF().equals(program)) {
                return new ModelStore.Unusable("another version of the program wrote it");
            }
            if (!in.readUTF().equals(fingerprint)) {
                return new ModelStore.Unusable("it is of another specification");
            }
            int length = in.readInt();
            int from = end - in.available() + CHECKSUM_BYTES;
            if (length != end - from) {
                return new ModelStore.Unusable("the file is damaged");
            }
            return new ModelStore.Found(new DataInputStream(new ByteArrayInputStream(bytes, from, length)));
        } catch (IOException cutShort) {
            return new ModelStore.Unusable("the file is damaged");
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
